#include "streampainter.h"

#include "displaytext.h"
#include "streamwords.h"

#include <QCoreApplication>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t longestLabel = 160;

QString tr(const char* text)
{
    return QCoreApplication::translate("StreamPainter", text);
}

QRect rectOf(const Rect& rect)
{
    return {rect.x, rect.y, rect.width, rect.height};
}

ColourRole roleOf(StreamLook look)
{
    switch (look) {
    case StreamLook::Shown:
        return ColourRole::Model;
    case StreamLook::Reasoning:
        return ColourRole::System;
    case StreamLook::Arguments:
        return ColourRole::Tool;
    case StreamLook::Accepted:
        return ColourRole::Committed;
    case StreamLook::Open:
        return ColourRole::Speculative;
    case StreamLook::Withdrawn:
        break;
    }
    return ColourRole::Retracted;
}

ColourRole roleOf(StreamPhaseKind kind)
{
    switch (kind) {
    case StreamPhaseKind::Answering:
    case StreamPhaseKind::Decoding:
    case StreamPhaseKind::Receiving:
        return ColourRole::Model;
    case StreamPhaseKind::Reasoning:
    case StreamPhaseKind::Prefill:
        return ColourRole::System;
    case StreamPhaseKind::Waiting:
    case StreamPhaseKind::Queueing:
    case StreamPhaseKind::Answered:
        return ColourRole::Stall;
    default:
        return ColourRole::User;
    }
}

class Painting
{
public:
    Painting(QPainter& painter, const StreamScene& scene, const StreamTimeline& timeline, const TimelineStyle& style)
        : m_painter(painter)
        , m_scene(scene)
        , m_timeline(timeline)
        , m_style(style)
        , m_line(std::max(1, static_cast<int>(style.scale)))
    {
    }

    void run()
    {
        m_painter.setFont(m_style.labels.font());
        m_painter.fillRect(0, 0, m_scene.viewport.width, m_scene.height, m_style.theme.canvas);
        for (const Tick& tick : m_scene.ticks.ticks)
            m_painter.fillRect(tick.x, 0, m_line, m_scene.height, m_style.theme.stripe);
        for (const PhaseBox& box : m_scene.phases)
            phase(m_timeline.marks.phases[box.phase], box);
        for (const PhaseBox& box : m_scene.stated)
            phase(m_timeline.marks.stated[box.phase], box);
        for (const StretchBox& box : m_scene.stretches) {
            if (of(box).kind == StreamStretch::Kind::Stall)
                stall(box);
        }
        for (const StreamBox& box : m_scene.boxes)
            chunk(box);
        for (const StretchBox& box : m_scene.stretches) {
            if (of(box).kind == StreamStretch::Kind::Loop)
                loop(box);
        }
        for (const ExposureLine& line : m_scene.exposures)
            exposure(line);
        for (const LinkArc& link : m_scene.links)
            arc(link);
        for (const EventMark& mark : m_scene.marks)
            event(mark);
        if (!m_scene.gaps.empty())
            gaps();
    }

private:
    const RoleColours& colours(ColourRole role) const { return m_style.theme[role]; }

    void text(std::string_view utf8, const QRect& rect, const QColor& colour, bool struck = false)
    {
        const int pad = static_cast<int>(3 * m_style.scale);
        const int room = std::min(rect.right(), m_scene.viewport.width) - std::max(rect.x(), 0) - 2 * pad;
        if (room < m_scene.viewport.minLabel)
            return;
        const QStaticText& label = m_style.labels.label(utf8, room);
        const int x = std::max(rect.x(), 0) + pad;
        const int y = rect.y() + (rect.height() - m_style.labels.metrics().height()) / 2;
        m_painter.setPen(colour);
        m_painter.drawStaticText(x, y, label);
        if (struck)
            m_painter.fillRect(x, rect.y() + rect.height() / 2, static_cast<int>(std::ceil(label.size().width())),
                               m_line, colour);
    }

    /// A box that is drawn as outline with a tint, hatched where `hatched`.
    void outline(const QRect& rect, ColourRole role, Qt::PenStyle pen, bool hatched)
    {
        m_painter.fillRect(rect, m_style.theme.tint(role));
        if (hatched)
            m_painter.fillRect(rect, QBrush(mixed(m_style.theme.canvas, colours(role).fill, 0.45), Qt::BDiagPattern));
        if (rect.width() > 2 * m_line) {
            m_painter.setPen(QPen(colours(role).fill, m_line, pen));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(rect.adjusted(0, 0, -1, -1));
        }
    }

    void phase(const StreamPhase& phase, const PhaseBox& box)
    {
        const ColourRole role = roleOf(phase.kind);
        const QRect rect = rectOf(box.rect);
        outline(rect, role, phase.source == PhaseSource::Measured ? Qt::SolidLine : Qt::DashLine, false);
        const QString said = phaseText(phase);
        text(said.toStdString(), rect, m_style.theme.text);
    }

    const StreamStretch& of(const StretchBox& box) const { return m_timeline.marks.stretches[box.stretch]; }

    /// A word or two on the ground of the picture, where the box has room for it.
    void sign(const QString& said, const QRect& rect, Qt::Alignment side, const QColor& colour)
    {
        const QFontMetrics& metrics = m_style.labels.metrics();
        QRect label(0, 0, metrics.horizontalAdvance(said) + 6 * m_line, metrics.height());
        label.moveCenter(rect.center());
        if (side == Qt::AlignRight)
            label.moveRight(rect.right() - m_line);
        if (!rect.contains(label))
            return;
        m_painter.fillRect(label, m_style.theme.canvas);
        m_painter.setPen(colour);
        m_painter.drawText(label, Qt::AlignCenter, said);
    }

    void stall(const StretchBox& box)
    {
        const QColor colour = mixed(m_style.theme.canvas, colours(ColourRole::Stall).fill, 0.5);
        m_painter.fillRect(rectOf(box.rect), QBrush(colour, Qt::VerPattern));
        sign(tr("stall %1").arg(QString::fromStdString(durationText(of(box).range.length()))), rectOf(box.rect),
             Qt::AlignHCenter, m_style.theme.text);
    }

    void loop(const StretchBox& box)
    {
        const QRect rect = rectOf(box.rect);
        m_painter.setPen(QPen(colours(ColourRole::Contradiction).fill, 2 * m_line));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(rect.adjusted(-m_line, -m_line, m_line, m_line));
        sign(tr("%1 \u00d7 %2").arg(of(box).repeats).arg(of(box).period), rect, Qt::AlignRight,
             colours(ColourRole::Contradiction).ink);
    }

    /// Flat, so that it stays in the gap above its lane; a dot at each end.
    void arc(const LinkArc& link)
    {
        const QColor colour = colours(ColourRole::Contradiction).fill;
        const int rise = m_scene.viewport.laneGap + m_line;
        const int dot = static_cast<int>(2.5 * m_style.scale);
        QPainterPath path(QPointF(link.fromX, link.y));
        path.cubicTo(link.fromX, link.y - rise, link.toX, link.y - rise, link.toX, link.y);
        m_painter.setPen(QPen(colour, 1.5 * m_line));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(path);
        m_painter.setBrush(colour);
        m_painter.drawEllipse(QPoint(link.fromX, link.y), dot, dot);
        m_painter.drawEllipse(QPoint(link.toX, link.y), dot, dot);
    }

    void chunk(const StreamBox& box)
    {
        const QRect rect = rectOf(box.rect);
        const ColourRole role = roleOf(box.look);
        const bool struck = box.look == StreamLook::Withdrawn;
        QColor ink = m_style.theme.text;
        if (struck || box.look == StreamLook::Open) {
            outline(rect, role, struck ? Qt::SolidLine : Qt::DashLine, struck);
            ink = colours(role).ink;
        } else if (box.count > 1) {
            m_painter.fillRect(rect, mixed(m_style.theme.canvas, colours(role).fill, 0.75));
            ink = colours(role).onFill;
        } else {
            m_painter.fillRect(rect, m_style.theme.tint(role));
            m_painter.fillRect(rect.x(), rect.y(), std::min(rect.width(), 2 * m_line), rect.height(),
                               colours(role).fill);
        }
        if (rect.width() >= m_scene.viewport.minLabel)
            text(box.count > 1 ? countText(box.count).toStdString() + " \u00d7" : textOf(m_timeline, box, longestLabel),
                 rect, ink, struck);
    }

    void exposure(const ExposureLine& line)
    {
        const QColor colour = colours(ColourRole::Retracted).fill;
        m_painter.fillRect(line.fromX, line.y - m_line, std::max(line.toX - line.fromX, m_line), 2 * m_line, colour);
        const int arm = static_cast<int>(4 * m_style.scale);
        m_painter.setPen(QPen(colour, m_line * 1.5));
        m_painter.drawLine(line.toX - arm, line.y - arm, line.toX + arm, line.y + arm);
        m_painter.drawLine(line.toX - arm, line.y + arm, line.toX + arm, line.y - arm);
    }

    void event(const EventMark& mark)
    {
        const StreamEventKind kind = m_timeline.model->events()[mark.event].kind;
        const ColourRole role = kind == StreamEventKind::Error ? ColourRole::Contradiction
                                : kind == StreamEventKind::End || kind == StreamEventKind::Commit
                                    ? ColourRole::Committed
                                : kind == StreamEventKind::Stop ? ColourRole::Model
                                                                : ColourRole::System;
        const int size = static_cast<int>(5 * m_style.scale);
        const int y = m_scene.marksTop + size + m_line;
        const QColor colour = colours(role).fill;
        m_painter.setPen(QPen(colour, 2 * m_line));
        m_painter.setBrush(colour);
        if (kind == StreamEventKind::Error) {
            m_painter.drawLine(mark.x - size, y - size, mark.x + size, y + size);
            m_painter.drawLine(mark.x - size, y + size, mark.x + size, y - size);
        } else if (kind == StreamEventKind::End) {
            m_painter.fillRect(mark.x - size, y - size, 2 * size, 2 * size, colour);
        } else if (kind == StreamEventKind::Stop) {
            m_painter.drawEllipse(QPoint(mark.x, y), size - m_line, size - m_line);
        } else if (kind == StreamEventKind::Commit) {
            m_painter.drawLine(mark.x - size, y, mark.x - size / 3, y + size);
            m_painter.drawLine(mark.x - size / 3, y + size, mark.x + size, y - size);
        } else {
            m_painter.fillRect(mark.x, y - size / 2, m_line, size, colour);
        }
    }

    /// Columns on a logarithmic scale from a millisecond to the longest gap in sight.
    void gaps()
    {
        const int height = m_scene.viewport.latencyHeight;
        const int bottom = m_scene.latencyTop + height - m_line;
        const double most = std::log(std::max(2.0, static_cast<double>(m_scene.longestGap) / millisecond));
        m_painter.fillRect(0, bottom, m_scene.viewport.width, m_line, m_style.theme.rule);
        for (int x = 0; x < m_scene.viewport.width; ++x) {
            const double gap = static_cast<double>(m_scene.gaps[static_cast<std::size_t>(x)]) / millisecond;
            if (gap <= 0)
                continue;
            const double share = std::clamp(std::log(std::max(gap, 1.0)) / most, 0.04, 1.0);
            const int column = std::max(m_line, static_cast<int>(share * (height - 4 * m_line)));
            m_painter.fillRect(x, bottom - column, m_line, column, colours(ColourRole::System).fill);
        }
    }

    QPainter& m_painter;
    const StreamScene& m_scene;
    const StreamTimeline& m_timeline;
    const TimelineStyle& m_style;
    int m_line;
};

} // namespace

void setSizes(StreamViewport& view, const TimelineStyle& style)
{
    const int line = style.labels.metrics().height();
    const auto pixels = [&](int logical) { return static_cast<int>(std::lround(logical * style.scale)); };
    view.phaseHeight = line + pixels(6);
    view.laneHeight = line + pixels(8);
    view.draftHeight = line + pixels(4);
    view.laneGap = pixels(6);
    view.latencyHeight = pixels(40);
    view.minLabel = pixels(24);
    view.tickSpacing = style.labels.metrics().averageCharWidth() * 15;
}

void paintStream(QPainter& painter, const StreamScene& scene, const StreamTimeline& timeline,
                 const TimelineStyle& style)
{
    Painting(painter, scene, timeline, style).run();
}

void paintStreamAxis(QPainter& painter, const StreamScene& scene, int height, const TimelineStyle& style)
{
    Scene ruled;
    ruled.viewport.width = scene.viewport.width;
    ruled.ticks = scene.ticks;
    paintAxis(painter, ruled, height, style);
}

void paintStreamHeaders(QPainter& painter, const StreamScene& scene, const StreamTimeline& timeline, int width,
                        const TimelineStyle& style)
{
    const int pad = static_cast<int>(6 * style.scale);
    const QFontMetrics& metrics = style.labels.metrics();
    painter.setFont(style.labels.font());
    painter.fillRect(0, 0, width, scene.height, style.theme.canvas);
    const auto name = [&](const QString& text, int y, int height, const QColor& colour) {
        painter.setPen(colour);
        painter.drawText(QRect(pad, y, width - 2 * pad, height), Qt::AlignVCenter | Qt::AlignRight,
                         metrics.elidedText(text, Qt::ElideRight, width - 2 * pad));
    };
    if (!scene.phases.empty())
        name(tr("phases"), 0, scene.viewport.phaseHeight, style.theme.muted);
    if (!scene.stated.empty())
        name(tr("stated"), scene.statedTop, scene.viewport.phaseHeight, style.theme.muted);
    for (const StreamLaneBox& lane : scene.lanes)
        name(laneName(timeline, lane.lane), lane.y, lane.height,
             timeline.lanes[lane.lane].drafts ? style.theme.muted : style.theme.text);
    if (!scene.marks.empty())
        name(tr("events"), scene.marksTop, scene.latencyTop - scene.marksTop, style.theme.muted);
    if (!scene.gaps.empty())
        name(tr("gaps to %1").arg(QString::fromStdString(durationText(scene.longestGap))), scene.latencyTop,
             scene.viewport.latencyHeight, style.theme.muted);
}

} // namespace arcscope
