// A chart of a lens as a chart of Qt: axes, series and legend. What Qt Charts has no series for is painted over it.
#pragma once

#include "lensresult.h"
#include "theme.h"

#include <QFont>

#include <vector>

class QAbstractSeries;
class QChart;

namespace arcscope
{

struct MadeChart {
    QChart* chart = nullptr;            ///< the caller owns it
    QAbstractSeries* carrier = nullptr; ///< whose axes all positions are of; null for a tree, which has none
    bool lying = false;                 ///< bars lie: categories go down
    std::size_t namesEvery = 0;         ///< so-and-so-many-th name of the axis below has to be painted; 0: none
};

/// Bars with many or long names lie.
bool barsLie(const LensChart& chart);

/// `width`, `height`: about how large it will be, for the number of marks.
MadeChart makeChart(const LensChart& chart, const Theme& theme, const QFont& font, const QSize& size);

/// The height at which all names can be read, in pixels of that font.
int chartHeight(const LensChart& chart, const QFont& font);

/// Levels before and after each step of a waterfall.
struct WaterfallStep {
    double from = 0;
    double to = 0;
};
std::vector<WaterfallStep> waterfallSteps(const LensSeries& series);

} // namespace arcscope
