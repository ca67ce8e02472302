// Where the marks of a chart's axis stand and how they are written.
#pragma once

#include "lensresult.h"

#include <QString>

#include <vector>

namespace arcscope
{

struct ChartTick {
    double at = 0; ///< position on the axis, see axisPosition()
    QString label;
};

struct ChartScale {
    double low = 0; ///< positions
    double high = 1;
    std::vector<ChartTick> ticks; ///< labels differ from each other
    QString base;                 ///< what every label of a time has to be added to; empty: nothing
};

/// A value as a position: its decadic logarithm on a logarithmic axis.
double axisPosition(const LensAxis& axis, double value);

/// Round marks for values from low to high, at most about `most` of them. An axis of counts, shares or money begins at
/// 0. Total: any low and high.
ChartScale chartScale(const LensAxis& axis, double low, double high, int most);

/// A value with its unit, for a tip or a screen reader.
QString chartValueText(const LensAxis& axis, double value);

/// Of an area over time, how far each of its points holds: the smallest distance between two. 0: areas lead from point
/// to point.
double binWidthOf(const LensChart& chart);

} // namespace arcscope
