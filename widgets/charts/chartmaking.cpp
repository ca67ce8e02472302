#include "chartmaking.h"

#include "chartlegend.h"
#include "chartscale.h"
#include "chartstyle.h"
#include "displaytext.h"

#include <QAreaSeries>
#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QFontMetrics>
#include <QHorizontalBarSeries>
#include <QHorizontalStackedBarSeries>
#include <QLegend>
#include <QLineSeries>
#include <QScatterSeries>
#include <QSet>
#include <QStackedBarSeries>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace arcscope
{
namespace
{

constexpr int longestName = 28; ///< of a category, in characters
constexpr int pixelsForMark = 90;
constexpr double headroom = 1.08;       ///< above the steps of a waterfall, for what is written there
constexpr std::size_t mostStanding = 8; ///< bars that stand side by side with their names below

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double value)
    {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

std::size_t categoriesOf(const LensChart& chart)
{
    return chart.xAxis.categories.size();
}

class Making
{
public:
    Making(const LensChart& source, const Theme& theme, const QFont& font, const QSize& size)
        : m_source(source)
        , m_theme(theme)
        , m_font(font)
        , m_size(size)
    {
        m_made.chart = new QChart;
        m_made.lying = barsLie(source);
        applyTheme(chart(), theme, font);
    }

    MadeChart take()
    {
        switch (m_source.kind) {
        case LensChartKind::Bars:
        case LensChartKind::StackedBars:
            bars();
            break;
        case LensChartKind::Lines:
        case LensChartKind::Lorenz:
            lines();
            break;
        case LensChartKind::StackedArea:
            areas();
            break;
        case LensChartKind::Scatter:
            scatter();
            break;
        case LensChartKind::Heatmap:
        case LensChartKind::Lanes:
        case LensChartKind::Waterfall:
            carrier();
            break;
        case LensChartKind::Tree:
            break;
        }
        if (m_made.carrier)
            axes();
        const QFontMetrics metrics(m_font);
        const int line = metrics.height();
        const int above = m_source.kind == LensChartKind::Heatmap
                              ? line + 6
                              : 6 + chartLegend(m_source, metrics, m_size.width()).height;
        const QSize spare = spareRoom();
        chart().setMargins(QMargins(4, above, 2 * line + spare.width(), 4 + spare.height()));
        chart().legend()->hide(); // ours names its series in full
        return m_made;
    }

private:
    /// What few bars leave free: they grow no thicker than that.
    QSize spareRoom() const
    {
        if (m_source.kind != LensChartKind::Bars && m_source.kind != LensChartKind::StackedBars)
            return {0, 0};
        constexpr int widest = 170; // pixels of a category
        constexpr int names = 120;
        if (m_made.lying)
            return {0, std::max(0, m_size.height() - chartHeight(m_source, m_font) * 3 / 2)};
        return {std::max(0, m_size.width() - names - widest * static_cast<int>(categoriesOf(m_source))), 0};
    }

    QChart& chart() { return *m_made.chart; }
    QString nameOf(const LensSeries& series) const { return oneLine(series.name, longestName); }
    SeriesStyle styleOf(std::size_t index) const
    {
        return seriesStyle(m_theme, QString::fromStdString(m_source.series[index].name), static_cast<int>(index));
    }

    void add(QAbstractSeries* series)
    {
        chart().addSeries(series);
        if (!m_made.carrier)
            m_made.carrier = series;
    }

    void bars()
    {
        const bool stacked = m_source.kind == LensChartKind::StackedBars;
        QAbstractBarSeries* series = nullptr;
        if (m_made.lying)
            series =
                stacked ? static_cast<QAbstractBarSeries*>(new QHorizontalStackedBarSeries) : new QHorizontalBarSeries;
        else
            series = stacked ? static_cast<QAbstractBarSeries*>(new QStackedBarSeries) : new QBarSeries;
        std::vector<double> sums(categoriesOf(m_source), 0);
        for (std::size_t i = 0; i < m_source.series.size(); ++i) {
            const SeriesStyle style = styleOf(i);
            auto* set = new QBarSet(nameOf(m_source.series[i]));
            set->setBrush(style.brush(m_theme.canvas));
            set->setPen(QPen(style.colour, 1));
            std::vector<double> values(categoriesOf(m_source), 0);
            for (const LensPoint& point : m_source.series[i].points) {
                const auto at = static_cast<std::size_t>(std::max(0.0, point.x));
                if (at >= values.size() || !std::isfinite(point.y))
                    continue;
                values[m_made.lying ? values.size() - 1 - at : at] = point.y;
                sums[at] += point.y;
                m_y.take(stacked ? sums[at] : point.y);
                m_y.take(point.low);
                m_y.take(point.high);
                m_y.take(0); // bars begin there
            }
            for (const double value : values)
                set->append(value);
            series->append(set);
        }
        series->setBarWidth(0.7);
        add(series);
    }

    /// A line is broken where there is no value.
    void lines()
    {
        for (const LensMarker& marker : m_source.markers)
            m_x.take(marker.x);
        for (std::size_t i = 0; i < m_source.series.size(); ++i) {
            const SeriesStyle style = styleOf(i);
            QLineSeries* line = nullptr;
            for (const LensPoint& point : m_source.series[i].points) {
                if (!std::isfinite(point.y)) {
                    line = nullptr;
                    continue;
                }
                if (!line) {
                    line = new QLineSeries;
                    line->setName(nameOf(m_source.series[i]));
                    line->setPen(style.pen());
                    line->setPointsVisible(m_source.series[i].points.size() <= 60);
                    add(line);
                }
                line->append(position(point));
                m_x.take(point.x);
                for (const double y : {point.y, point.low, point.high})
                    m_y.take(y);
            }
        }
        if (m_source.kind == LensChartKind::Lorenz) {
            auto* even = new QLineSeries;
            even->setPen(QPen(m_theme.muted, 1, Qt::DashLine));
            even->append(0, 0);
            even->append(1, 1);
            add(even);
            m_x.take(0);
            m_x.take(1);
            m_y.take(1);
        }
    }

    void areas()
    {
        std::map<double, double> below;
        QLineSeries* lower = nullptr;
        const double width = binWidthOf(m_source);
        for (std::size_t i = 0; i < m_source.series.size(); ++i) {
            const SeriesStyle style = styleOf(i);
            auto* upper = new QLineSeries;
            double end = 0;
            for (const LensPoint& point : m_source.series[i].points) {
                double& level = below[point.x];
                level += std::isfinite(point.y) ? point.y : 0;
                if (width > 0 && upper->count() > 0 && point.x > end + width / 2) { // nothing in between
                    upper->append(axisPosition(m_source.xAxis, end), 0);
                    upper->append(axisPosition(m_source.xAxis, point.x), 0);
                }
                end = point.x + width;
                upper->append(axisPosition(m_source.xAxis, point.x), level);
                if (width > 0)
                    upper->append(axisPosition(m_source.xAxis, end), level);
                m_x.take(point.x);
                m_x.take(end);
                m_y.take(level);
            }
            auto* area = new QAreaSeries(upper, lower);
            upper->setParent(area);
            area->setName(nameOf(m_source.series[i]));
            area->setBrush(style.brush(m_theme.canvas));
            area->setPen(QPen(m_theme.canvas, 1));
            add(area);
            lower = upper;
        }
    }

    void scatter()
    {
        constexpr std::array shapes{QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle,
                                    QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapeStar,
                                    QScatterSeries::MarkerShapePentagon};
        for (std::size_t i = 0; i < m_source.series.size(); ++i) {
            const SeriesStyle style = styleOf(i);
            auto* dots = new QScatterSeries;
            dots->setName(nameOf(m_source.series[i]));
            dots->setColor(style.colour);
            dots->setBorderColor(m_theme.canvas);
            dots->setMarkerShape(shapes[i % shapes.size()]);
            dots->setMarkerSize(9);
            for (const LensPoint& point : m_source.series[i].points) {
                if (!std::isfinite(point.x) || !std::isfinite(point.y))
                    continue;
                dots->append(position(point));
                m_x.take(point.x);
                m_y.take(point.y);
            }
            add(dots);
        }
    }

    /// Has nothing to show: what is painted over it needs its axes.
    void carrier()
    {
        for (const LensSeries& series : m_source.series) {
            if (m_source.kind == LensChartKind::Waterfall) {
                for (const WaterfallStep& step : waterfallSteps(series)) {
                    m_y.take(step.from);
                    m_y.take(step.to * headroom);
                }
            }
            for (const LensPoint& point : series.points) {
                m_x.take(point.x);
                m_x.take(point.to);
            }
        }
        auto* none = new QScatterSeries;
        none->setMarkerSize(1);
        add(none);
    }

    QPointF position(const LensPoint& point) const
    {
        return {axisPosition(m_source.xAxis, point.x), axisPosition(m_source.yAxis, point.y)};
    }

    QAbstractAxis* axisOf(const LensAxis& axis, const Extent& extent, int pixels, bool downwards)
    {
        if (!axis.categories.empty()) {
            auto* names = new QBarCategoryAxis;
            QSet<QString> taken;
            const std::size_t count = axis.categories.size();
            const std::size_t every = downwards ? 1 : everyName(axis, pixels);
            m_made.namesEvery = every > 1 ? every : m_made.namesEvery;
            for (std::size_t i = 0; i < count; ++i) {
                const std::size_t at = downwards ? count - 1 - i : i;
                QString name = oneLine(axis.categories[at], longestName);
                while (taken.contains(name))
                    name += QChar(0x200b);
                taken.insert(name);
                names->append(name);
            }
            names->setGridLineVisible(false);
            dressed(names, axis, {});
            if (every > 1)
                names->setLabelsColor(Qt::transparent);
            return names;
        }
        Extent shown = extent;
        if (&axis == &m_source.yAxis && std::isfinite(m_source.limit))
            shown.take(m_source.limit);
        const ChartScale scale = chartScale(axis, shown.low, shown.high, std::max(2, pixels / pixelsForMark));
        auto* values = new QCategoryAxis;
        values->setStartValue(scale.low);
        values->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        for (const ChartTick& tick : scale.ticks)
            values->append(tick.label, tick.at);
        values->setRange(scale.low, scale.high);
        return dressed(values, axis, scale.base);
    }

    /// Qt would cut all names that do not fit beside each other: only every so-and-so-many-th is painted instead.
    std::size_t everyName(const LensAxis& axis, int pixels) const
    {
        const QFontMetrics metrics(m_font);
        int widest = 1;
        for (const std::string& category : axis.categories)
            widest = std::max(widest, metrics.horizontalAdvance(oneLine(category, longestName)) +
                                          2 * metrics.averageCharWidth());
        const double each = 0.85 * pixels / static_cast<double>(axis.categories.size());
        return static_cast<std::size_t>(std::clamp(std::ceil(widest / each), 1.0, 100.0));
    }

    QAbstractAxis* dressed(QAbstractAxis* axis, const LensAxis& source, const QString& base)
    {
        axis->setLabelsFont(m_font);
        axis->setLabelsColor(m_theme.text);
        axis->setTitleFont(m_font);
        axis->setTitleBrush(m_theme.muted);
        axis->setLinePen(QPen(m_theme.muted, 1));
        axis->setGridLinePen(QPen(m_theme.rule, 1));
        axis->setShadesVisible(false);
        QStringList title{oneLine(source.title, 60), base};
        title.removeAll(QString());
        axis->setTitleText(title.join(QStringLiteral(", ")));
        return axis;
    }

    void axes()
    {
        // Lying bars count their categories downwards, and so do the rows of heat maps and lanes.
        const LensAxis& across = m_made.lying ? m_source.yAxis : m_source.xAxis;
        const LensAxis& up = m_made.lying ? m_source.xAxis : m_source.yAxis;
        QAbstractAxis* const bottom = axisOf(across, m_made.lying ? m_y : m_x, m_size.width(), false);
        QAbstractAxis* const left = axisOf(up, m_made.lying ? m_x : m_y, 2 * m_size.height(), true);
        chart().addAxis(bottom, Qt::AlignBottom);
        chart().addAxis(left, Qt::AlignLeft);
        for (QAbstractSeries* series : chart().series()) {
            series->attachAxis(bottom);
            series->attachAxis(left);
        }
    }

    const LensChart& m_source;
    const Theme& m_theme;
    const QFont& m_font;
    QSize m_size;
    MadeChart m_made;
    Extent m_x;
    Extent m_y;
};

} // namespace

bool barsLie(const LensChart& chart)
{
    if (chart.kind != LensChartKind::Bars && chart.kind != LensChartKind::StackedBars)
        return false;
    constexpr std::size_t shortName = 10;
    return categoriesOf(chart) > mostStanding * 3 ||
           std::any_of(chart.xAxis.categories.begin(), chart.xAxis.categories.end(),
                       [&](const std::string& name) { return name.size() > shortName; });
}

MadeChart makeChart(const LensChart& chart, const Theme& theme, const QFont& font, const QSize& size)
{
    return Making(chart, theme, font, size).take();
}

int chartHeight(const LensChart& chart, const QFont& font)
{
    const int line = QFontMetrics(font).height();
    std::size_t lines = 12;
    if (chart.kind == LensChartKind::Tree)
        lines = chart.nodes.size() + 1;
    else if (barsLie(chart))
        lines = 5 + categoriesOf(chart) * (chart.kind == LensChartKind::Bars ? chart.series.size() + 1 : 2);
    else if (chart.kind == LensChartKind::Lanes || chart.kind == LensChartKind::Heatmap)
        lines = 5 + 2 * chart.yAxis.categories.size();
    return line * static_cast<int>(std::clamp<std::size_t>(lines, 14, 400));
}

std::vector<WaterfallStep> waterfallSteps(const LensSeries& series)
{
    std::vector<WaterfallStep> steps;
    double level = 0;
    for (const LensPoint& point : series.points) {
        const double to = point.total ? point.y : level + point.y;
        steps.push_back({point.total ? 0 : level, to});
        if (std::isfinite(to))
            level = to;
    }
    return steps;
}

} // namespace arcscope
