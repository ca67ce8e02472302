// Which look is which series: entries that flow in lines above a chart, with as much of their names as there is room
// for.
#pragma once

#include "lensresult.h"

#include <QFontMetrics>
#include <QRectF>
#include <QString>

#include <vector>

namespace arcscope
{

struct LegendEntry {
    std::size_t series = 0;
    QRectF swatch; ///< in pixels of the chart
    QPointF text;  ///< the left end of its base line
    QString name;
};

struct ChartLegend {
    std::vector<LegendEntry> entries;
    int height = 0; ///< 0: the chart needs none
};

ChartLegend chartLegend(const LensChart& chart, const QFontMetrics& metrics, int width);

} // namespace arcscope
