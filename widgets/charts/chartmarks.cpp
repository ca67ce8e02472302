#include "chartmarks.h"

#include "chartlegend.h"
#include "chartscale.h"
#include "chartstyle.h"
#include "displaytext.h"

#include <QChart>
#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("Chart", text);
}

class Painting
{
public:
    Painting(QPainter& painter, const LensChart& chart, const MadeChart& made, const std::vector<ChartPiece>& pieces,
             const Theme& theme, const QFont& font)
        : m_painter(painter)
        , m_chart(chart)
        , m_made(made)
        , m_pieces(pieces)
        , m_theme(theme)
        , m_metrics(font)
    {
        painter.setFont(font);
    }

    void body()
    {
        switch (m_chart.kind) {
        case LensChartKind::Heatmap:
            heatmap();
            break;
        case LensChartKind::Lanes:
            lanes();
            break;
        case LensChartKind::Waterfall:
            waterfall();
            break;
        case LensChartKind::Tree:
            tree();
            break;
        case LensChartKind::Lines:
            bands();
            break;
        default:
            intervals();
            labels();
        }
        legend();
        if (m_made.namesEvery > 0)
            names();
        if (m_made.carrier) {
            limit();
            markers();
        }
    }

    void selection(const ChartMarks& marks)
    {
        if (marks.hovered >= 0)
            ring(marks.hovered, QPen(m_theme.muted, 1));
        if (marks.selected >= 0) {
            ring(marks.selected, QPen(m_theme.text, 2));
            if (marks.focused)
                ring(marks.selected, QPen(m_theme.canvas, 1, Qt::DotLine));
        }
        if (!marks.box.isEmpty()) {
            QColor tint = m_theme[ColourRole::Model].fill;
            tint.setAlphaF(0.15F);
            m_painter.setPen(QPen(m_theme.text, 1, Qt::DashLine));
            m_painter.setBrush(tint);
            m_painter.drawRect(marks.box);
        }
    }

private:
    void ring(int index, const QPen& pen)
    {
        const QRectF rect = m_pieces[static_cast<std::size_t>(index)].rect;
        if (rect.isEmpty())
            return;
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(rect.adjusted(-1, -1, 1, 1));
    }

    QString fitted(const QString& text, double width) const
    {
        return m_metrics.elidedText(text, Qt::ElideRight, static_cast<int>(width));
    }

    /// Whiskers: from low to high.
    void intervals()
    {
        const bool bars = m_chart.kind == LensChartKind::Bars || m_chart.kind == LensChartKind::StackedBars;
        for (const ChartPiece& piece : m_pieces) {
            const LensPoint& point = pointOf(piece);
            if (piece.rect.isEmpty() || !std::isfinite(point.low) || !std::isfinite(point.high))
                continue;
            m_painter.setPen(QPen(bars ? m_theme.text : styleOf(piece).colour, 1));
            const QPointF centre = piece.rect.center();
            const double half = 3;
            if (m_made.lying) {
                const double from = chartPosition(m_chart, m_made, point.low, point.x).x();
                const double to = chartPosition(m_chart, m_made, point.high, point.x).x();
                m_painter.drawLine(QPointF(from, centre.y()), QPointF(to, centre.y()));
                for (const double x : {from, to})
                    m_painter.drawLine(QPointF(x, centre.y() - half), QPointF(x, centre.y() + half));
            } else {
                const double from = chartPosition(m_chart, m_made, point.x, point.low).y();
                const double to = chartPosition(m_chart, m_made, point.x, point.high).y();
                m_painter.drawLine(QPointF(centre.x(), from), QPointF(centre.x(), to));
                for (const double y : {from, to})
                    m_painter.drawLine(QPointF(centre.x() - half, y), QPointF(centre.x() + half, y));
            }
        }
    }

    /// Of lines with many points, where whiskers would hide them; broken where the line is.
    void bands()
    {
        constexpr std::size_t few = 12;
        for (std::size_t i = 0; i < m_chart.series.size(); ++i) {
            if (m_chart.series[i].points.size() <= few)
                continue;
            const QString name = QString::fromStdString(m_chart.series[i].name);
            QColor tint = seriesStyle(m_theme, name, static_cast<int>(i)).colour;
            tint.setAlphaF(0.18F);
            QPolygonF above;
            QPolygonF below;
            const auto drawStretch = [&] {
                m_painter.setPen(above.size() == 1 ? QPen(tint, 4, Qt::SolidLine, Qt::FlatCap) : QPen(Qt::NoPen));
                m_painter.setBrush(tint);
                if (above.size() == 1)
                    m_painter.drawLine(above.front(), below.front());
                else
                    m_painter.drawPolygon(above + below);
                above.clear();
                below.clear();
            };
            for (const LensPoint& point : m_chart.series[i].points) {
                if (std::isfinite(point.low) && std::isfinite(point.high)) {
                    above << chartPosition(m_chart, m_made, point.x, point.high);
                    below.prepend(chartPosition(m_chart, m_made, point.x, point.low));
                } else if (!above.isEmpty()) {
                    drawStretch();
                }
            }
            if (!above.isEmpty())
                drawStretch();
        }
        if (std::all_of(m_chart.series.begin(), m_chart.series.end(),
                        [](const LensSeries& series) { return series.points.size() <= few; }))
            intervals();
    }

    void labels()
    {
        m_painter.setPen(m_theme.muted);
        for (const ChartPiece& piece : m_pieces) {
            const LensPoint& point = pointOf(piece);
            if (piece.rect.isEmpty() || point.label.empty())
                continue;
            const QString text = oneLine(point.label, 40);
            const QRectF area = m_made.chart->plotArea();
            // Behind the bar and its interval.
            const double end = std::isfinite(point.high) ? chartPosition(m_chart, m_made, point.high, point.x).x()
                                                         : piece.rect.right();
            const double x = std::max(piece.rect.right(), end) + 6;
            if (m_made.lying && x + m_metrics.horizontalAdvance(text) < area.right())
                m_painter.drawText(QPointF(x, piece.rect.center().y() + m_metrics.ascent() / 2.0 - 1), text);
        }
    }

    void heatmap()
    {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const ChartPiece& piece : m_pieces) {
            if (const double value = pointOf(piece).value; std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
        const QColor full = m_theme[ColourRole::Model].fill;
        for (const ChartPiece& piece : m_pieces) {
            const LensPoint& point = pointOf(piece);
            if (!std::isfinite(point.value)) {
                m_painter.fillRect(piece.rect, QBrush(m_theme.rule, Qt::BDiagPattern));
                continue;
            }
            const double share = high > low ? (point.value - low) / (high - low) : 1;
            const QColor fill = mixed(m_theme.canvas, full, 0.12 + 0.88 * share);
            m_painter.fillRect(piece.rect, fill);
            const QString text = chartValueText(m_chart.valueAxis, point.value);
            if (m_metrics.horizontalAdvance(text) + 4 < piece.rect.width() &&
                m_metrics.height() < piece.rect.height()) {
                m_painter.setPen(contrast(m_theme.text, fill) >= contrast(m_theme.canvas, fill) ? m_theme.text
                                                                                                : m_theme.canvas);
                m_painter.drawText(piece.rect, Qt::AlignCenter, text);
            }
        }
        if (low <= high)
            scaleOf(low, high, full);
    }

    /// Above the cells: which colour is how much.
    void scaleOf(double low, double high, const QColor& full)
    {
        const QRectF area = m_made.chart->plotArea();
        const QString from = chartValueText(m_chart.valueAxis, low);
        const QString to = chartValueText(m_chart.valueAxis, high);
        const double wide = 90;
        const double height = 8;
        const double top = std::max(2.0, area.top() - height - 6);
        double x = area.right() - wide - m_metrics.horizontalAdvance(to) - 6;
        const QRectF strip(x, top, wide, height);
        QLinearGradient gradient(strip.topLeft(), strip.topRight());
        gradient.setColorAt(0, mixed(m_theme.canvas, full, 0.12));
        gradient.setColorAt(1, full);
        m_painter.fillRect(strip, gradient);
        m_painter.setPen(m_theme.muted);
        const double base = strip.center().y() + m_metrics.ascent() / 2.0 - 1;
        m_painter.drawText(QPointF(strip.right() + 4, base), to);
        x -= m_metrics.horizontalAdvance(from) + 4;
        m_painter.drawText(QPointF(x, base), from);
        const QString title = oneLine(m_chart.valueAxis.title, 60);
        m_painter.drawText(QPointF(x - m_metrics.horizontalAdvance(title) - 8, base), title);
    }

    void lanes()
    {
        for (const ChartPiece& piece : m_pieces) {
            const LensPoint& point = pointOf(piece);
            const SeriesStyle style = styleOf(piece);
            m_painter.fillRect(piece.rect, style.brush(m_theme.canvas));
            m_painter.setPen(QPen(style.colour, 1));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(piece.rect);
            if (piece.rect.width() > 40 && !point.label.empty() && style.pattern == Qt::SolidPattern) {
                m_painter.setPen(contrast(m_theme.text, style.colour) >= contrast(m_theme.canvas, style.colour)
                                     ? m_theme.text
                                     : m_theme.canvas);
                m_painter.drawText(piece.rect.adjusted(3, 0, -2, 0), Qt::AlignVCenter | Qt::AlignLeft,
                                   fitted(oneLine(point.label, 60), piece.rect.width() - 6));
            }
        }
    }

    /// What adds, what takes away, and the levels reached: told apart by colour, pattern and sign.
    void waterfall()
    {
        QPointF before;
        for (const ChartPiece& piece : m_pieces) {
            if (piece.rect.isNull())
                continue;
            const LensPoint& point = pointOf(piece);
            const ColourRole role = point.total    ? ColourRole::Model
                                    : point.y >= 0 ? ColourRole::Tool
                                                   : ColourRole::Committed;
            const QColor colour = m_theme[role].fill;
            const QRectF rect = piece.rect.height() < 1 ? piece.rect.adjusted(0, -0.5, 0, 0.5) : piece.rect;
            m_painter.fillRect(rect, point.total || point.y >= 0 ? QBrush(colour) : QBrush(colour, Qt::BDiagPattern));
            m_painter.setPen(QPen(colour, 1));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(rect);
            const bool down = !point.total && point.y < 0;
            const QPointF reached(rect.left(), down ? rect.bottom() : rect.top());
            if (!before.isNull()) {
                m_painter.setPen(QPen(m_theme.muted, 1, Qt::DotLine));
                m_painter.drawLine(before, QPointF(rect.left(), before.y()));
            }
            before = QPointF(rect.right(), reached.y());
            const QString sign = point.total ? QString() : down ? QStringLiteral("\u2212") : QStringLiteral("+");
            const QString text = sign + chartValueText(m_chart.yAxis, std::abs(point.y));
            m_painter.setPen(m_theme.text);
            m_painter.drawText(QPointF(rect.center().x() - m_metrics.horizontalAdvance(text) / 2.0,
                                       std::max<double>(m_metrics.ascent(), rect.top() - 3)),
                               text);
        }
    }

    void tree()
    {
        std::vector<int> depths(m_chart.nodes.size(), 0);
        for (std::size_t i = 0; i < m_chart.nodes.size(); ++i) {
            const LensNode& node = m_chart.nodes[i];
            if (node.parent >= 0)
                depths[i] = depths[static_cast<std::size_t>(node.parent)] + 1;
            const QRectF row = m_pieces[i].rect;
            const double barLeft = row.left() + row.width() * 0.62;
            const double barWidth = row.right() - barLeft - m_metrics.horizontalAdvance(QStringLiteral("100.0 %")) - 60;
            const double left = row.left() + 16.0 * depths[i];
            const double base = row.center().y() + m_metrics.ascent() / 2.0 - 1;
            m_painter.setPen(m_theme.muted);
            if (node.parent >= 0)
                m_painter.drawText(QPointF(left - 12, base), QStringLiteral("\u2514"));
            m_painter.setPen(m_theme.text);
            m_painter.drawText(QPointF(left, base), fitted(oneLine(node.label, 200), barLeft - left - 8));
            if (!std::isfinite(node.share))
                continue;
            const QRectF bar(barLeft, row.center().y() - m_metrics.height() * 0.3, std::max(1.0, barWidth * node.share),
                             m_metrics.height() * 0.6);
            m_painter.fillRect(bar, m_theme[ColourRole::Model].fill);
            m_painter.drawText(QPointF(bar.right() + 4, base),
                               tr("%1, n %2")
                                   .arg(chartValueText({{}, LensUnit::Share, {}, {}, false}, node.share),
                                        countText(static_cast<qint64>(node.n))));
        }
    }

    void legend()
    {
        const ChartLegend made = chartLegend(m_chart, m_metrics, static_cast<int>(m_made.chart->rect().width()));
        for (const LegendEntry& entry : made.entries) {
            const QString name = QString::fromStdString(m_chart.series[entry.series].name);
            const SeriesStyle style = seriesStyle(m_theme, name, static_cast<int>(entry.series));
            m_painter.fillRect(entry.swatch, style.brush(m_theme.canvas));
            m_painter.setPen(QPen(style.colour, 1));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(entry.swatch);
            m_painter.setPen(m_theme.text);
            m_painter.drawText(entry.text, entry.name);
        }
    }

    void names()
    {
        const auto& categories = (m_made.lying ? m_chart.yAxis : m_chart.xAxis).categories;
        const QRectF area = m_made.chart->plotArea();
        m_painter.setPen(m_theme.text);
        // Of a few none is left out: each is cut to its room.
        constexpr std::size_t few = 8;
        const bool all = categories.size() <= few && !categories.empty();
        const double room = all ? area.width() / static_cast<double>(categories.size()) - 6 : area.width();
        for (std::size_t i = 0; i < categories.size(); i += all ? 1 : m_made.namesEvery) {
            const QString name = fitted(oneLine(categories[i], 28), room);
            const double x = chartPosition(m_chart, m_made, static_cast<double>(i), 0).x();
            m_painter.drawText(
                QPointF(x - m_metrics.horizontalAdvance(name) / 2.0, area.bottom() + 6 + m_metrics.ascent()), name);
        }
    }

    void limit()
    {
        if (!std::isfinite(m_chart.limit))
            return;
        const QRectF area = m_made.chart->plotArea();
        m_painter.setPen(QPen(m_theme[ColourRole::Contradiction].fill, 1, Qt::DashLine));
        QPointF from = m_made.lying ? QPointF(chartPosition(m_chart, m_made, m_chart.limit, 0).x(), area.top())
                                    : QPointF(area.left(), chartPosition(m_chart, m_made, 0, m_chart.limit).y());
        m_painter.drawLine(from, m_made.lying ? QPointF(from.x(), area.bottom()) : QPointF(area.right(), from.y()));
        from += m_made.lying ? QPointF(3, m_metrics.ascent()) : QPointF(4, -3);
        m_painter.setPen(m_theme[ColourRole::Contradiction].ink);
        m_painter.drawText(from, oneLine(m_chart.limitLabel, 60));
    }

    /// Lines down, with what changed as far as there is room for it.
    void markers()
    {
        const QRectF area = m_made.chart->plotArea();
        double free = area.left();
        for (const LensMarker& marker : m_chart.markers) {
            const double x = chartPosition(m_chart, m_made, marker.x, 0).x();
            if (x < area.left() - 0.5 || x > area.right() + 0.5)
                continue;
            const bool refusal = marker.kind == "429";
            m_painter.setPen(QPen(refusal ? m_theme[ColourRole::Contradiction].fill : m_theme.muted, 1,
                                  refusal ? Qt::SolidLine : Qt::DashLine));
            m_painter.drawLine(QPointF(x, refusal ? area.bottom() - 8 : area.top()), QPointF(x, area.bottom()));
            const QString text = QStringLiteral("\u25c6 ") + oneLine(marker.label, 30);
            if (refusal || x < free || x + m_metrics.horizontalAdvance(text) > area.right())
                continue;
            QColor ground = m_theme.canvas; // an area below it may have any colour
            ground.setAlphaF(0.85F);
            m_painter.fillRect(QRectF(x + 1, area.top(), m_metrics.horizontalAdvance(text) + 4, m_metrics.height()),
                               ground);
            m_painter.setPen(m_theme.text);
            m_painter.drawText(QPointF(x + 2, area.top() + m_metrics.ascent()), text);
            free = x + m_metrics.horizontalAdvance(text) + 8;
        }
    }

    const LensPoint& pointOf(const ChartPiece& piece) const
    {
        return m_chart.series[static_cast<std::size_t>(piece.series)].points[static_cast<std::size_t>(piece.point)];
    }
    SeriesStyle styleOf(const ChartPiece& piece) const
    {
        const std::string& name = m_chart.series[static_cast<std::size_t>(piece.series)].name;
        return seriesStyle(m_theme, QString::fromStdString(name), piece.series);
    }

    QPainter& m_painter;
    const LensChart& m_chart;
    const MadeChart& m_made;
    const std::vector<ChartPiece>& m_pieces;
    const Theme& m_theme;
    QFontMetrics m_metrics;
};

} // namespace

void paintChartMarks(QPainter& painter, const LensChart& chart, const MadeChart& made,
                     const std::vector<ChartPiece>& pieces, const ChartMarks& marks, const Theme& theme,
                     const QFont& font)
{
    painter.setRenderHint(QPainter::Antialiasing);
    Painting painting(painter, chart, made, pieces, theme, font);
    painting.body();
    painting.selection(marks);
}

} // namespace arcscope
