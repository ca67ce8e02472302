// How the series of a chart look in our colours, each told apart by more than its hue.
#pragma once

#include "theme.h"

#include <QBrush>
#include <QFont>
#include <QPen>
#include <QStringView>

class QChart;

namespace arcscope
{

struct SeriesStyle {
    QColor colour;
    Qt::BrushStyle pattern = Qt::SolidPattern;
    Qt::PenStyle line = Qt::SolidLine;

    QBrush brush(const QColor& ground) const; ///< a pattern is drawn on a tint of the colour
    QPen pen(double width = 2) const;
};

/// Outcomes and the reasons for which calls stop look as they do everywhere; any other name by its number.
SeriesStyle seriesStyle(const Theme& theme, QStringView name, int number);

/// Ground and texts; animations are off.
void applyTheme(QChart& chart, const Theme& theme, const QFont& font);

} // namespace arcscope
