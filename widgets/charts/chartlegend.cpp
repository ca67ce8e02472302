#include "chartlegend.h"

#include "displaytext.h"

#include <algorithm>

namespace arcscope
{

ChartLegend chartLegend(const LensChart& chart, const QFontMetrics& metrics, int width)
{
    ChartLegend legend;
    const bool plain = chart.kind == LensChartKind::Tree || chart.kind == LensChartKind::Waterfall ||
                       chart.kind == LensChartKind::Heatmap;
    if (plain || chart.series.size() < 2)
        return legend;
    constexpr int pad = 10;
    const int line = metrics.height() + 2;
    const int swatch = metrics.height() * 2 / 3;
    int x = pad;
    int y = 4;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const QString name =
            metrics.elidedText(oneLine(chart.series[i].name, 80), Qt::ElideMiddle, std::max(40, width - 4 * pad));
        const int wide = swatch + 4 + metrics.horizontalAdvance(name);
        if (x > pad && x + wide + pad > width) {
            x = pad;
            y += line;
        }
        LegendEntry entry;
        entry.series = i;
        entry.swatch = QRectF(x, y + (metrics.height() - swatch) / 2.0, swatch, swatch);
        entry.text = QPointF(x + swatch + 4, y + metrics.ascent());
        entry.name = name;
        legend.entries.push_back(std::move(entry));
        x += wide + 2 * pad;
    }
    legend.height = y + line;
    return legend;
}

} // namespace arcscope
