#include "chartpieces.h"

#include "chartscale.h"
#include "displaytext.h"

#include <QChart>
#include <QCoreApplication>
#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr double barWidth = 0.7; ///< of a category, as chartmaking sets it
constexpr double dot = 5;        ///< half of the side of what is no bar

QString tr(const char* text)
{
    return QCoreApplication::translate("Chart", text);
}

QRectF spanned(const QPointF& a, const QPointF& b)
{
    return QRectF(a, b).normalized();
}

class Placing
{
public:
    Placing(const LensChart& chart, const MadeChart& made)
        : m_chart(chart)
        , m_made(made)
    {
    }

    QRectF rectOf(std::size_t series, std::size_t index)
    {
        const LensPoint& point = m_chart.series[series].points[index];
        switch (m_chart.kind) {
        case LensChartKind::Bars: {
            const double each = barWidth / static_cast<double>(m_chart.series.size());
            const double from = point.x - barWidth / 2 + each * static_cast<double>(series);
            QRectF rect = barRect(from, from + each, 0, point.y);
            if (std::isfinite(point.y)) // 0 is a value, too
                rect.setSize({std::max(1.0, rect.width()), std::max(1.0, rect.height())});
            return rect;
        }
        case LensChartKind::StackedBars: {
            double& level = levelAt(point.x);
            const double from = level;
            level += std::isfinite(point.y) ? point.y : 0;
            return std::isfinite(point.y) ? barRect(point.x - barWidth / 2, point.x + barWidth / 2, from, level)
                                          : QRectF();
        }
        case LensChartKind::Waterfall: {
            if (m_steps.empty() && series == 0)
                m_steps = waterfallSteps(m_chart.series[0]);
            if (series > 0 || !std::isfinite(m_steps[index].to))
                return {};
            return barRect(point.x - barWidth / 2, point.x + barWidth / 2, m_steps[index].from, m_steps[index].to);
        }
        case LensChartKind::Heatmap:
            return spanned(at(point.x - 0.5, point.y - 0.5), at(point.x + 0.5, point.y + 0.5)).adjusted(0, 0, -1, -1);
        case LensChartKind::Lanes: {
            const double to = std::isfinite(point.to) ? point.to : point.x;
            QRectF rect = spanned(at(point.x, point.y - barWidth / 2), at(to, point.y + barWidth / 2));
            rect.setWidth(std::max(2.0, rect.width()));
            return rect;
        }
        case LensChartKind::StackedArea: {
            double& level = levelAt(point.x);
            const double from = level;
            level += std::isfinite(point.y) ? point.y : 0;
            if (const double width = binWidthOf(m_chart); width > 0)
                return level > from ? spanned(at(point.x, from), at(point.x + width, level)) : QRectF();
            return around(at(point.x, level));
        }
        default:
            return std::isfinite(point.y) ? around(at(point.x, point.y)) : QRectF();
        }
    }

    QPointF at(double x, double y) const { return chartPosition(m_chart, m_made, x, y); }

private:
    static QRectF around(const QPointF& point) { return {point.x() - dot, point.y() - dot, 2 * dot, 2 * dot}; }
    QRectF barRect(double from, double to, double low, double high) const
    {
        if (!std::isfinite(high))
            return {};
        return m_made.lying ? spanned(at(low, from), at(high, to)) : spanned(at(from, low), at(to, high));
    }
    double& levelAt(double x)
    {
        for (auto& [where, level] : m_levels) {
            if (where == x)
                return level;
        }
        return m_levels.emplace_back(x, 0).second;
    }

    const LensChart& m_chart;
    const MadeChart& m_made;
    std::vector<std::pair<double, double>> m_levels; ///< of stacks that have begun
    std::vector<WaterfallStep> m_steps;
};

QString numberOf(std::uint64_t n)
{
    return tr("n %1").arg(countText(static_cast<qint64>(n)));
}

} // namespace

QPointF chartPosition(const LensChart& chart, const MadeChart& made, double x, double y)
{
    // Of lying bars both are given as they lie.
    const LensAxis& across = made.lying ? chart.yAxis : chart.xAxis;
    const LensAxis& up = made.lying ? chart.xAxis : chart.yAxis;
    // The first category of an axis that goes up stands on top; Qt cannot turn such an axis round.
    const double upwards = up.categories.empty() ? y : static_cast<double>(up.categories.size()) - 1 - y;
    const QPointF position(axisPosition(across, x), axisPosition(up, upwards));
    return made.chart->mapToPosition(position, made.carrier);
}

std::vector<ChartPiece> chartPieces(const LensChart& chart, const MadeChart& made)
{
    std::vector<ChartPiece> pieces;
    if (chart.kind == LensChartKind::Tree) {
        const QRectF area = made.chart->rect().adjusted(8, 4, -8, -4);
        const double room = chart.nodes.empty() ? 0 : area.height() / static_cast<double>(chart.nodes.size());
        const double row = std::min(room, 2.0 * QFontMetrics(made.chart->font()).height());
        for (std::size_t i = 0; i < chart.nodes.size(); ++i)
            pieces.push_back({-1, static_cast<int>(i),
                              QRectF(area.left(), area.top() + row * static_cast<double>(i), area.width(), row)});
        return pieces;
    }
    if (!made.carrier)
        return pieces;
    Placing placing(chart, made);
    for (std::size_t series = 0; series < chart.series.size(); ++series) {
        for (std::size_t i = 0; i < chart.series[series].points.size(); ++i)
            pieces.push_back({static_cast<int>(series), static_cast<int>(i), placing.rectOf(series, i)});
    }
    return pieces;
}

QString pieceText(const LensChart& chart, const ChartPiece& piece)
{
    const auto index = static_cast<std::size_t>(piece.point);
    if (piece.series < 0) {
        const LensNode& node = chart.nodes[index];
        return tr("%1: %2, %3")
            .arg(oneLine(node.label, 120), chartValueText({{}, LensUnit::Share, {}, {}, false}, node.share),
                 numberOf(node.n));
    }
    const LensSeries& series = chart.series[static_cast<std::size_t>(piece.series)];
    const LensPoint& point = series.points[index];
    QStringList where;
    if (chart.series.size() > 1 && !series.name.empty())
        where << oneLine(series.name, 80);
    where << chartValueText(chart.xAxis, point.x);
    const bool grid = chart.kind == LensChartKind::Heatmap || chart.kind == LensChartKind::Lanes;
    if (grid)
        where << chartValueText(chart.yAxis, point.y);
    if (chart.kind == LensChartKind::Lanes && std::isfinite(point.to))
        where << tr("until %1").arg(chartValueText(chart.xAxis, point.to));
    QStringList what;
    if (chart.kind != LensChartKind::Lanes)
        what << (grid ? chartValueText(chart.valueAxis, point.value) : chartValueText(chart.yAxis, point.y));
    if (std::isfinite(point.low) && std::isfinite(point.high))
        what << tr("%1 %2 to %3")
                    .arg(oneLine(chart.band, 40), chartValueText(chart.yAxis, point.low),
                         chartValueText(chart.yAxis, point.high));
    if (point.n > 0)
        what << numberOf(point.n);
    if (!point.label.empty())
        what << oneLine(point.label, 120);
    return where.join(QStringLiteral(", ")) + (what.isEmpty() ? QString() : QStringLiteral(": ")) +
           what.join(QStringLiteral(", "));
}

const std::vector<Row>& pieceSpans(const LensChart& chart, const ChartPiece& piece)
{
    const auto index = static_cast<std::size_t>(piece.point);
    return piece.series < 0 ? chart.nodes[index].spans
                            : chart.series[static_cast<std::size_t>(piece.series)].points[index].spans;
}

} // namespace arcscope
