#include "spanglyph.h"
#include "timelinepainter.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace arcscope
{

void paintAxis(QPainter& painter, const Scene& scene, int height, const TimelineStyle& style)
{
    const QFontMetrics& metrics = style.labels.metrics();
    const Theme& theme = style.theme;
    const int line = std::max(1, static_cast<int>(style.scale));
    painter.setFont(style.labels.font());
    painter.fillRect(0, 0, scene.viewport.width, height, theme.canvas);
    painter.fillRect(0, height - line, scene.viewport.width, line, theme.rule);
    int free = 0;
    const int baseline = (height - metrics.height()) / 2 + metrics.ascent();
    if (!scene.ticks.base.empty()) {
        const QString base = QString::fromStdString(scene.ticks.base);
        painter.setPen(theme.text);
        painter.drawText(static_cast<int>(4 * style.scale), baseline, base);
        free = metrics.horizontalAdvance(base) + static_cast<int>(12 * style.scale);
    }
    for (const Tick& tick : scene.ticks.ticks) {
        const int size = static_cast<int>((tick.label.empty() ? 3 : 6) * style.scale);
        painter.fillRect(tick.x, height - size, line, size, theme.muted);
        if (tick.label.empty())
            continue;
        const QString text = QString::fromStdString(tick.label);
        const int x = tick.x + static_cast<int>(4 * style.scale);
        const int end = x + metrics.horizontalAdvance(text);
        if (x < free || end > scene.viewport.width)
            continue;
        painter.setPen(theme.muted);
        painter.drawText(x, baseline, text);
        free = end + static_cast<int>(8 * style.scale);
    }
}

void paintHeaders(QPainter& painter, const TimelineData& data, const Scene& scene, int width, bool rightToLeft,
                  const TimelineStyle& style)
{
    const Theme& theme = style.theme;
    const QFontMetrics& metrics = style.labels.metrics();
    const int line = std::max(1, static_cast<int>(style.scale));
    const int pad = static_cast<int>(6 * style.scale);
    const int icon = metrics.height() * 3 / 5;
    painter.save();
    painter.setFont(style.labels.font());
    painter.fillRect(0, 0, width, scene.viewport.height, theme.canvas);
    const auto placed = [&](int x, int size) { return rightToLeft ? width - x - size : x; };
    for (const LaneHeader& header : scene.headers) {
        const TimelineLane& lane = data.lanes[header.lane];
        const int top = header.state.pinned ? 0 : scene.pinnedHeight;
        painter.setClipRect(0, top, width, scene.viewport.height - top);
        painter.fillRect(0, header.y, width, header.height, header.lane % 2 == 1 ? theme.stripe : theme.canvas);
        // The name stays in sight while its lane is.
        const int rowHeight = scene.viewport.rowHeight;
        const int last = header.y + header.height - scene.viewport.laneGap - rowHeight;
        const int y = std::max(header.y, std::min(top, last));
        const int indent = pad + std::min(lane.level, 6) * icon;
        paintDisclosure(painter, QRectF(placed(indent, icon), y + (rowHeight - icon) / 2.0, icon, icon),
                        !header.state.collapsed, rightToLeft, theme.muted);
        int end = width - pad;
        if (header.state.pinned) {
            end -= icon + pad;
            paintPin(painter, QRectF(placed(end + pad, icon), y + (rowHeight - icon) / 2.0, icon, icon), theme.muted);
        }
        const int x = indent + icon + pad;
        const QStaticText& name =
            style.labels.label(lane.label.empty() ? std::string_view("\u2014") : lane.label, end - x);
        painter.setPen(theme.text);
        const int nameWidth = static_cast<int>(std::ceil(name.size().width()));
        painter.drawStaticText(placed(x, nameWidth), y + (rowHeight - metrics.height()) / 2, name);
        const int secondRow = y + rowHeight + scene.viewport.rowGap;
        if (!header.state.collapsed && secondRow + rowHeight <= header.y + header.height) {
            const QString count = QLocale().toString(lane.spans);
            painter.setPen(theme.muted);
            const int countWidth = metrics.horizontalAdvance(count);
            const int baseline = secondRow + (rowHeight - metrics.height()) / 2 + metrics.ascent();
            painter.drawText(placed(x, countWidth), baseline, count);
            if (lane.errors > 0) {
                const QString errors = QStringLiteral("\u2260 ") + QLocale().toString(lane.errors);
                painter.setPen(theme[ColourRole::Contradiction].ink);
                const int errorsWidth = metrics.horizontalAdvance(errors);
                painter.drawText(placed(x + countWidth + 2 * pad, errorsWidth), baseline, errors);
            }
        }
    }
    painter.setClipping(false);
    painter.fillRect(rightToLeft ? 0 : width - line, 0, line, scene.viewport.height, theme.rule);
    if (scene.pinnedHeight > 0)
        painter.fillRect(0, scene.pinnedHeight - line, width, line, theme.muted);
    painter.restore();
}

int headerWidthOf(const TimelineData& data, const TimelineStyle& style)
{
    constexpr std::size_t mostMeasured = 2'000;
    const QFontMetrics& metrics = style.labels.metrics();
    const int pad = static_cast<int>(6 * style.scale);
    const int icon = metrics.height() * 3 / 5;
    int width = 0;
    for (std::size_t i = 0; i < std::min(mostMeasured, data.lanes.size()); ++i) {
        const TimelineLane& lane = data.lanes[i];
        const int left = pad + std::min(lane.level, 6) * icon + icon + pad;
        int counts = metrics.horizontalAdvance(QLocale().toString(lane.spans));
        if (lane.errors > 0)
            counts += 2 * pad + metrics.horizontalAdvance(QStringLiteral("\u2260 ") + QLocale().toString(lane.errors));
        width = std::max({width, left + metrics.horizontalAdvance(labelText(lane.label)), left + counts});
    }
    return width + 2 * pad;
}

void paintFocusFrame(QPainter& painter, const QRect& rect, const TimelineStyle& style)
{
    const double pen = std::max(1.0, std::round(style.scale));
    painter.setClipping(false);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.theme[ColourRole::Model].ink, pen, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawRect(QRectF(rect).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2));
}

void paintMinimap(QPainter& painter, const Rect& rect, const std::vector<Cell>& cells, std::pair<double, double> window,
                  const std::vector<std::pair<int, MarkKind>>& marks, const TimelineStyle& style)
{
    const Theme& theme = style.theme;
    painter.fillRect(rect.x, rect.y, rect.width, rect.height, theme.stripe);
    const int pad = static_cast<int>(3 * style.scale);
    const int room = std::max(1, rect.height - 2 * pad);
    const int columns = std::min<int>(rect.width, static_cast<int>(cells.size()));
    for (int x = 0; x < columns;) {
        const Cell cell = cells[static_cast<std::size_t>(x)];
        int end = x + 1;
        while (end < columns && cells[static_cast<std::size_t>(end)] == cell)
            ++end;
        if (!cell.empty()) {
            const int height = std::max(2, cell.coverage() * room / 255);
            painter.fillRect(rect.x + x, rect.bottom() - pad - height, end - x, height,
                             theme[roleOf(cell.kind())].fill);
            if (cell.error())
                painter.fillRect(rect.x + x, rect.bottom() - pad, end - x, pad, theme[ColourRole::Contradiction].fill);
        }
        x = end;
    }
    for (const auto& [x, kind] : marks) {
        const QColor& fill =
            kind == MarkKind::Finding ? theme[ColourRole::Contradiction].fill : theme[ColourRole::Stall].fill;
        if (kind == MarkKind::Finding) { // another shape, too
            const QPointF tip(rect.x + x, rect.y + 2.5 * pad);
            const double half = 1.2 * pad;
            painter.setPen(Qt::NoPen);
            painter.setBrush(fill);
            painter.drawPolygon(QPolygonF({tip, tip + QPointF(-half, -2.5 * pad), tip + QPointF(half, -2.5 * pad)}));
            continue;
        }
        painter.fillRect(rect.x + x, rect.y, std::max(2, static_cast<int>(2 * style.scale)), 2 * pad, fill);
    }
    // What is not shown below is veiled.
    const double from = rect.x + std::clamp<double>(window.first, 0, rect.width);
    const double to = rect.x + std::clamp<double>(window.second, 0, rect.width);
    QColor veil = theme.canvas;
    veil.setAlphaF(0.6F);
    painter.fillRect(QRectF(rect.x, rect.y, from - rect.x, rect.height), veil);
    painter.fillRect(QRectF(to, rect.y, rect.right() - to, rect.height), veil);
    painter.setBrush(Qt::NoBrush);
    const bool whole = from <= rect.x && to >= rect.right();
    const double pen = std::max(1.0, (whole ? 1.0 : 1.5) * style.scale);
    painter.setPen(QPen(whole ? theme.rule : theme.text, pen, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawRect(QRectF(from, rect.y, std::max(to - from, 2 * pad * 1.0), rect.height)
                         .adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2));
}

} // namespace arcscope
