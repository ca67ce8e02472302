#include "timelinepainter.h"

#include "spanglyph.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace arcscope
{

namespace
{

QRect toQt(const Rect& rect)
{
    return {rect.x, rect.y, rect.width, rect.height};
}

bool outlined(const SpanLook& look)
{
    return look.kind() == SpanKind::Agent || look.kind() == SpanKind::Workflow || look.has(SpanLook::NotExecuted) ||
           look.has(SpanLook::Synthetic);
}

/// Text on a box: on a solid fill the role's own colour for that, else that of the canvas.
QColor textOn(const Theme& theme, const SpanLook& look)
{
    return outlined(look) ? theme.text : theme[roleOf(look.kind())].onFill;
}

/// Only pixels inside of the clip of the lanes are painted: pinned ones cover those that scroll.
class LaneClip
{
public:
    LaneClip(QPainter& painter, const Scene& scene)
        : m_painter(painter)
        , m_scene(scene)
    {
        m_painter.save();
    }
    ~LaneClip() { m_painter.restore(); }
    LaneClip(const LaneClip&) = delete;
    LaneClip& operator=(const LaneClip&) = delete;

    void enter(int y)
    {
        if (m_scene.pinnedHeight == 0)
            return;
        const bool pinned = y >= 0 && y < m_scene.pinnedHeight && m_pinnedFirst;
        if (m_set && pinned == m_pinned)
            return;
        m_set = true;
        m_pinned = pinned;
        m_painter.setClipRect(0, pinned ? 0 : m_scene.pinnedHeight, m_scene.viewport.width,
                              m_scene.viewport.height - (pinned ? 0 : m_scene.pinnedHeight));
    }
    /// Boxes of pinned lanes come first in a scene.
    void leavePinned() { m_pinnedFirst = false; }

private:
    QPainter& m_painter;
    const Scene& m_scene;
    bool m_set = false;
    bool m_pinned = false;
    bool m_pinnedFirst = true;
};

/// A frame inside of a rectangle: much cheaper than a pen.
void paintFrame(QPainter& painter, const QRect& rect, int pen, const QColor& colour)
{
    painter.fillRect(rect.x(), rect.y(), rect.width(), pen, colour);
    painter.fillRect(rect.x(), rect.bottom() + 1 - pen, rect.width(), pen, colour);
    painter.fillRect(rect.x(), rect.y(), pen, rect.height(), colour);
    painter.fillRect(rect.right() + 1 - pen, rect.y(), pen, rect.height(), colour);
}

void paintHatch(QPainter& painter, const QRect& rect, const QColor& colour, double scale)
{
    // Own lines: brush patterns neither scale nor survive every export.
    painter.setPen(QPen(colour, std::max(1.0, scale)));
    const int step = std::max(4, static_cast<int>(6 * scale));
    for (int x = rect.left() - rect.height(); x < rect.right(); x += step) {
        const int from = std::max(x, rect.left());
        const int to = std::min(x + rect.height(), rect.right());
        if (from < to)
            painter.drawLine(from, rect.bottom() - (from - x), to, rect.bottom() - (to - x));
    }
}

void paintCorner(QPainter& painter, const QRect& rect, bool left, const QColor& colour, double scale)
{
    const int size = std::max(3, static_cast<int>(4 * scale));
    const int pen = std::max(1, static_cast<int>(std::lround(1.5 * scale)));
    const int x = left ? rect.left() : rect.right() + 1 - size;
    painter.fillRect(x, rect.top(), size, pen, colour);
    painter.fillRect(left ? rect.left() : rect.right() + 1 - pen, rect.top(), pen, size, colour);
}

void paintDecoration(QPainter& painter, const Box& box, const TimelineStyle& style)
{
    const SpanLook look = box.look;
    const RoleColours& colours = style.theme[roleOf(look.kind())];
    const int gap = box.cutRight ? 0 : std::max(1, static_cast<int>(std::lround(style.scale)));
    const QRect rect = toQt(box.rect).adjusted(0, 0, -gap, 0);
    const int pen = std::max(1, static_cast<int>(style.scale));
    if (look.has(SpanLook::NotExecuted))
        paintHatch(painter, rect, colours.fill, style.scale);
    if (look.has(SpanLook::Synthetic)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.fill, pen, Qt::DashLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawRect(QRectF(rect).adjusted(pen / 2.0, pen / 2.0, -pen / 2.0, -pen / 2.0));
    } else if (outlined(look)) {
        paintFrame(painter, rect, pen, colours.fill);
    }
    if (look.error()) {
        const QColor error = style.theme[ColourRole::Contradiction].fill;
        paintFrame(painter, rect, 2 * pen, error);
        if (rect.width() > 10 * pen && rect.height() > 10 * pen) // the frame stands apart from any fill
            paintFrame(painter, rect.adjusted(2 * pen, 2 * pen, -2 * pen, -2 * pen), pen, style.theme.canvas);
        if (!box.cutLeft) {
            const int flag = std::min(rect.height() / 2, rect.width());
            painter.setPen(Qt::NoPen);
            painter.setBrush(error);
            painter.drawPolygon(
                QPolygon({rect.topLeft(), rect.topLeft() + QPoint(flag, 0), rect.topLeft() + QPoint(0, flag)}));
        }
    }
    if (look.has(SpanLook::InferredStart) && !box.cutLeft)
        paintCorner(painter, rect, true, style.theme.text, style.scale);
    if (look.has(SpanLook::InferredEnd) && !box.cutRight)
        paintCorner(painter, rect, false, style.theme.text, style.scale);
}

/// No end is recorded: dots lead away from the start.
void paintOpenEnd(QPainter& painter, const Box& box, const TimelineStyle& style)
{
    const int dot = std::max(2, static_cast<int>(2 * style.scale));
    const QColor colour = style.theme[roleOf(box.look.kind())].ink;
    const int y = box.rect.y + (box.rect.height - dot) / 2;
    for (int i = 1; i <= 3; ++i)
        painter.fillRect(box.rect.right() + (2 * i - 1) * dot, y, dot, dot, colour);
}

void paintSpanLabel(QPainter& painter, const Label& label, const Box& box, const TimelineStyle& style)
{
    const QColor colour = textOn(style.theme, box.look);
    const int pad = std::max(3, static_cast<int>(4 * style.scale));
    const int glyph = std::min(label.rect.height - 4, style.labels.metrics().height() * 3 / 5);
    const int left = label.rect.x + pad + (box.look.error() && !box.cutLeft ? glyph / 2 : 0);
    style.labels.paintGlyph(painter, QPoint(left, label.rect.y + (label.rect.height - glyph) / 2), glyph,
                            box.look.kind(), colour);
    const int textLeft = left + glyph + pad;
    const int room = label.rect.right() - pad - textLeft;
    if (room < 2 * style.labels.metrics().averageCharWidth())
        return;
    painter.setPen(colour);
    painter.drawStaticText(textLeft, label.rect.y + (label.rect.height - style.labels.metrics().height()) / 2,
                           style.labels.label(label.text, room));
}

void paintCount(QPainter& painter, const Label& label, const Box& box, const TimelineStyle& style)
{
    const QColor& colour = box.look.error() ? style.theme[ColourRole::Contradiction].ink : style.theme.text;
    const int pad = std::max(2, static_cast<int>(3 * style.scale));
    const int width = style.labels.countWidth(box.foldedCount) + 2 * pad;
    if (width + 4 * pad > label.rect.width)
        return;
    const int height = style.labels.metrics().height();
    const QRect chip(label.rect.x + (label.rect.width - width) / 2, label.rect.y + 1, width, label.rect.height - 2);
    painter.fillRect(chip, style.theme.canvas);
    style.labels.paintCount(painter, QPoint(chip.x() + pad, label.rect.y + (label.rect.height - height) / 2),
                            box.foldedCount, colour, style.theme.canvas);
}

} // namespace

void paintDetails(QPainter& painter, const Scene& scene, const TimelineStyle& style)
{
    LaneClip clip(painter, scene);
    painter.setFont(style.labels.font());
    const int least = std::max(6, static_cast<int>(6 * style.scale));
    std::size_t firstScrolling = 0;
    for (const Strip& strip : scene.strips) {
        while (strip.pinned && firstScrolling < scene.boxes.size() && scene.boxes[firstScrolling].line == strip.line)
            ++firstScrolling;
    }
    std::size_t label = 0;
    for (std::size_t i = 0; i < scene.boxes.size(); ++i) {
        const Box& box = scene.boxes[i];
        if (i == firstScrolling)
            clip.leavePinned();
        const bool single = box.foldedCount == 1;
        const bool plain = !box.look.error() && !outlined(box.look) && !box.look.has(SpanLook::InferredStart) &&
                           !box.look.has(SpanLook::InferredEnd);
        if (single && !plain && box.rect.width >= least) {
            clip.enter(box.rect.y);
            paintDecoration(painter, box, style);
        }
        if (single && box.look.has(SpanLook::OpenEnd)) {
            clip.enter(box.rect.y);
            paintOpenEnd(painter, box, style);
        }
        if (label < scene.labels.size() && scene.labels[label].box == i) {
            clip.enter(box.rect.y);
            if (single)
                paintSpanLabel(painter, scene.labels[label], box, style);
            else
                paintCount(painter, scene.labels[label], box, style);
            ++label;
        }
    }
}

void paintSwatch(QPainter& painter, const Rect& rect, SpanLook look, bool markOnly, const TimelineStyle& style)
{
    const ColourRole role = roleOf(look.kind());
    const bool light = markOnly || outlined(look);
    painter.fillRect(toQt(rect), light ? style.theme.tint(role) : style.theme[role].fill);
    Box box;
    box.rect = rect;
    box.look = look;
    if (look.has(SpanLook::OpenEnd)) {
        box.rect.width /= 2;
        painter.fillRect(toQt(rect), style.theme.canvas);
        painter.fillRect(toQt(box.rect), style.theme[role].fill);
        paintOpenEnd(painter, box, style);
        return;
    }
    paintDecoration(painter, box, style);
    if (markOnly)
        return;
    const int glyph = std::min(rect.width, rect.height) * 7 / 10;
    paintGlyph(painter, QRectF(rect.x + (rect.width - glyph) / 2.0, rect.y + (rect.height - glyph) / 2.0, glyph, glyph),
               look.kind(), textOn(style.theme, look));
}

void paintArrows(QPainter& painter, const std::vector<Arrow>& arrows, bool strong, const TimelineStyle& style)
{
    if (arrows.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = strong ? style.theme.text : style.theme.muted;
    const double pen = (strong ? 1.6 : 1.0) * style.scale;
    const double head = (strong ? 4.5 : 3.5) * style.scale;
    for (const Arrow& arrow : arrows) {
        // Down beside the start of the child, then into it.
        const double bend = std::min<double>(arrow.fromX, arrow.toX) - 4 * style.scale;
        QPainterPath path(QPointF(arrow.fromX, arrow.fromY));
        path.cubicTo(QPointF(bend, arrow.fromY), QPointF(bend, arrow.toY), QPointF(arrow.toX - head / 2, arrow.toY));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, pen));
        painter.drawPath(path);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF({QPointF(arrow.toX, arrow.toY), QPointF(arrow.toX - head, arrow.toY - head * 0.6),
                                       QPointF(arrow.toX - head, arrow.toY + head * 0.6)}));
    }
    painter.restore();
}

void paintVeil(QPainter& painter, const QImage& base, const QPoint& origin, const Scene& scene,
               const std::vector<PaintedMark>& marks, const TimelineStyle& style)
{
    const int lanes = std::min(scene.viewport.height, scene.pinnedHeight + scene.contentHeight);
    QColor veil = style.theme.canvas;
    veil.setAlphaF(veilStrength);
    painter.fillRect(0, 0, scene.viewport.width, lanes, veil);
    const QRect room(0, 0, scene.viewport.width, lanes);
    const int least = std::max(1, static_cast<int>(2 * style.scale));
    for (const PaintedMark& mark : marks) {
        QRect rect = toQt(mark.rect);
        rect.setWidth(std::max(rect.width(), least));
        rect &= room;
        if (!rect.isEmpty())
            painter.drawImage(rect.topLeft(), base, rect.translated(origin));
    }
}

void paintOverlay(QPainter& painter, const Scene& scene, const TimelineOverlay& overlay, const TimelineStyle& style)
{
    const double scale = style.scale;
    const Theme& theme = style.theme;
    painter.save();
    painter.setClipRect(0, 0, scene.viewport.width, scene.viewport.height, Qt::IntersectClip);
    for (const Rect& part : overlay.criticalPath) {
        const int height = std::max(2, static_cast<int>(2 * scale));
        painter.fillRect(part.x, part.bottom(), part.width, height, theme.text);
    }
    for (const PaintedMark& mark : overlay.marks) {
        const double size = 5 * scale;
        if (mark.kind == MarkKind::SearchHit && mark.rect.width > 3 * size)
            continue; // it stands out by itself
        const QPointF top(mark.rect.x + std::min<double>(mark.rect.width / 2.0, size), mark.rect.y);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.canvas, scale));
        painter.setBrush(mark.kind == MarkKind::Finding ? theme[ColourRole::Contradiction].fill
                                                        : theme[ColourRole::Stall].fill);
        painter.drawPolygon(QPolygonF({top + QPointF(0, size * 0.7), top + QPointF(-size * 0.7, -size * 0.5),
                                       top + QPointF(size * 0.7, -size * 0.5)}));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    if (overlay.range) {
        const double from = std::clamp<double>(overlay.range->first, -2, scene.viewport.width + 2);
        const double to = std::clamp<double>(overlay.range->second, -2, scene.viewport.width + 2);
        QColor veil = theme[ColourRole::Model].fill;
        veil.setAlphaF(theme.dark ? 0.12F : 0.08F);
        painter.fillRect(QRectF(from, 0, to - from, scene.viewport.height), veil);
        for (const double edge : {from, to}) {
            painter.fillRect(QRectF(edge - scale / 2, 0, std::max(1.0, scale), scene.viewport.height),
                             theme[ColourRole::Model].ink);
            painter.fillRect(QRectF(edge - 2.5 * scale, 0, 5 * scale, 10 * scale),
                             theme[ColourRole::Model].ink); // to be dragged
        }
    }
    if (overlay.hairline)
        painter.fillRect(QRectF(*overlay.hairline, 0, std::max(1.0, scale), scene.viewport.height), theme.muted);
    const auto ring = [&](const Rect& rect, double pen, double gap, const QColor& colour) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, pen, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        const double out = gap + pen / 2;
        painter.drawRect(QRectF(toQt(rect)).adjusted(-out, -out, out, out));
    };
    if (overlay.hovered)
        ring(*overlay.hovered, scale, 0, theme.muted);
    if (overlay.selected) {
        ring(*overlay.selected, scale, 0, theme.canvas);
        ring(*overlay.selected, 2 * scale, scale, theme.text);
        if (overlay.focused) {
            painter.setPen(QPen(theme.canvas, scale, Qt::DotLine));
            painter.drawRect(QRectF(toQt(*overlay.selected)).adjusted(-2 * scale, -2 * scale, 2 * scale, 2 * scale));
        }
    }
    painter.restore();
    paintArrows(painter, overlay.arrows, true, style);
}

} // namespace arcscope
