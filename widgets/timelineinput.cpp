#include "accessibleitems.h"
#include "timelinecanvas.h"
#include "timelinetext.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace arcscope
{

namespace
{

constexpr int edgeReach = 4; ///< logical pixels around the edge of the range that can be dragged

Nanos originOf(const TimelineData& data, const Viewport& view)
{
    return view.origin != noTime && !data.ordinal ? view.origin : data.bounds.start;
}

} // namespace

QPoint TimelineCanvas::toScene(const QPoint& pos) const
{
    const QPointF inBody = QPointF(pos - bodyRect().topLeft()) * m_scale;
    return {static_cast<int>(std::floor(inBody.x())), static_cast<int>(std::floor(inBody.y()))};
}

Nanos TimelineCanvas::timeAtPos(const QPoint& pos) const
{
    return timeAt(toScene(pos).x(), m_view.range, m_view.width);
}

Hit TimelineCanvas::hitAt(const QPoint& pos) const
{
    const QPoint at = toScene(pos);
    return hitTest(*m_data, m_view, at.x(), at.y(), std::max(2, static_cast<int>(2 * m_scale)));
}

std::optional<std::uint32_t> TimelineCanvas::laneAtPos(const QPoint& pos) const
{
    const int y = toScene(pos).y();
    for (const LaneHeader& header : m_scene.headers) {
        if (y >= header.y && y < header.y + header.height && (header.state.pinned || y >= m_scene.pinnedHeight))
            return header.lane;
    }
    return {};
}

void TimelineCanvas::userView(const TimeRange& range)
{
    const TimeRange before = m_view.range;
    setVisibleRange(range);
    if (m_view.range != before)
        emit visibleRangeChanged(m_view.range);
}

void TimelineCanvas::userSelect(Row row)
{
    if (row == m_selection)
        return;
    m_selection = row;
    m_centred = noRow;
    update();
    tellFocus(*this);
    emit selectionChanged(row);
}

void TimelineCanvas::userRange(const TimeRange& range)
{
    if (range == m_range)
        return;
    m_range = range;
    update();
    emit rangeSelected(range);
}

void TimelineCanvas::scrollTo(int scroll)
{
    const int most = std::max(0, m_scene.contentHeight - (m_view.height - m_scene.pinnedHeight));
    const int wanted = std::clamp(scroll, 0, most);
    if (wanted == m_view.scroll)
        return;
    m_view.scroll = wanted;
    invalidate();
}

void TimelineCanvas::reveal(Row row)
{
    const auto place = m_data->place(row);
    if (!place)
        return;
    const std::uint32_t lane = m_data->lines[place->line].lane;
    if (m_view.state(lane).hidden)
        m_view.lanes[lane].hidden = false;
    m_view.scroll = scrollShowing(*m_data, m_view, row);
    const TimeRange span = m_data->range(*place);
    if (span.end < m_view.range.start || span.start > m_view.range.end)
        userView(centred(m_view.range, span.start, m_data->bounds, m_view.width));
    invalidate();
}

TimelineCanvas::Drag TimelineCanvas::dragFor(const QMouseEvent* event) const
{
    const QPoint pos = event->pos();
    const QRect header = headerRect();
    const int edge = layoutDirection() == Qt::RightToLeft ? header.left() : header.right();
    if (event->button() == Qt::LeftButton && std::abs(pos.x() - edge) <= edgeReach)
        return Drag::HeaderWidth;
    if (minimapRect().contains(pos))
        return event->button() == Qt::LeftButton ? Drag::Minimap : Drag::None;
    if (!bodyRect().contains(pos) && !axisRect().contains(pos))
        return Drag::None;
    if (event->button() == Qt::MiddleButton ||
        (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier))
        return Drag::Pan;
    if (event->button() != Qt::LeftButton)
        return Drag::None;
    if (m_measuring)
        return Drag::Measure;
    if (m_range.recorded()) {
        const int x = toScene(pos).x();
        const double reach = edgeReach * m_scale;
        if (std::abs(x - xOf(m_range.start, m_view.range, m_view.width)) <= reach)
            return Drag::RangeStart;
        if (std::abs(x - xOf(m_range.end, m_view.range, m_view.width)) <= reach)
            return Drag::RangeEnd;
    }
    return Drag::Pressed;
}

void TimelineCanvas::mousePressEvent(QMouseEvent* event)
{
    if (!m_data || m_data->empty())
        return;
    ensureScene();
    m_pressed = event->pos();
    m_pressedView = m_view.range;
    m_pressedScroll = m_view.scroll;
    m_pressedTime = timeAtPos(event->pos());
    m_pressedRange = m_range;
    m_pressedHeader = m_headerChosen;
    m_drag = dragFor(event);
    if (m_drag == Drag::Minimap)
        drag(event->pos());
    else if (m_drag == Drag::Measure)
        m_measured = {m_pressedTime, m_pressedTime};
    else if (m_drag == Drag::None && event->button() == Qt::LeftButton && headerRect().contains(event->pos())) {
        if (const auto lane = laneAtPos(event->pos()))
            toggleLane(*lane, &LaneState::collapsed);
    }
}

void TimelineCanvas::drag(const QPoint& pos)
{
    const Nanos time = timeAtPos(pos);
    switch (m_drag) {
    case Drag::None:
    case Drag::Pressed:
        break;
    case Drag::Range:
        userRange({std::min(m_pressedTime, time), std::max(m_pressedTime, time)});
        break;
    case Drag::RangeStart:
    case Drag::RangeEnd: {
        const Nanos other = m_drag == Drag::RangeStart ? m_range.end : m_range.start;
        if (time != other && (time > other) == (m_drag == Drag::RangeStart))
            m_drag = m_drag == Drag::RangeStart ? Drag::RangeEnd : Drag::RangeStart;
        userRange({std::min(other, time), std::max(other, time)});
        break;
    }
    case Drag::Measure:
        m_measured.end = time;
        update();
        break;
    case Drag::Pan:
        userView(panned(m_pressedView, (m_pressed.x() - pos.x()) * m_scale, m_data->bounds, m_view.width));
        scrollTo(m_pressedScroll + static_cast<int>((m_pressed.y() - pos.y()) * m_scale));
        break;
    case Drag::Minimap: {
        const QRect map = minimapRect();
        const Nanos middle = timeAt(pos.x() - map.left() + 0.5, m_data->bounds, map.width());
        userView(centred(m_view.range, middle, m_data->bounds, m_view.width));
        break;
    }
    case Drag::HeaderWidth:
        m_headerChosen = std::max(1, layoutDirection() == Qt::RightToLeft ? width() - pos.x() : pos.x());
        updateGeometries();
        break;
    }
}

/// Everything is as it was before the button was pressed; letting go of it does nothing any more.
void TimelineCanvas::takeBackDrag()
{
    const Drag ended = std::exchange(m_drag, Drag::None);
    if (ended == Drag::Range || ended == Drag::RangeStart || ended == Drag::RangeEnd) {
        userRange(m_pressedRange);
    } else if (ended == Drag::Pan || ended == Drag::Minimap) {
        userView(m_pressedView);
        scrollTo(m_pressedScroll);
    } else if (ended == Drag::HeaderWidth) {
        m_headerChosen = m_pressedHeader;
        updateGeometries();
    }
    unsetCursor();
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_data || m_data->empty())
        return;
    if (m_drag == Drag::Pressed && std::abs(event->pos().x() - m_pressed.x()) >= QApplication::startDragDistance())
        m_drag = Drag::Range;
    drag(event->pos());
    setHover(event->pos());
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag ended = m_drag;
    m_drag = Drag::None;
    if (ended == Drag::Pressed && m_data)
        releaseAt(event->pos());
    update();
}

void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!m_data || m_data->empty() || event->button() != Qt::LeftButton || !bodyRect().contains(event->pos()))
        return;
    const Hit hit = hitAt(event->pos());
    if (hit.row == noRow)
        return;
    if (hit.foldedCount > 1) {
        userView(fitting(hit.range, m_data->bounds, m_view.width));
        return;
    }
    userSelect(hit.row);
    emit activated(hit.row);
}

void TimelineCanvas::wheelEvent(QWheelEvent* event)
{
    if (!m_data || m_data->empty())
        return;
    ensureScene();
    const QPoint delta = event->angleDelta();
    const QPoint pos = event->position().toPoint();
    if (event->modifiers() & Qt::ControlModifier) {
        const Nanos fixed = minimapRect().contains(pos)
                                ? timeAt(pos.x() - minimapRect().left(), m_data->bounds, minimapRect().width())
                                : timeAtPos(pos);
        const int steps = delta.y() != 0 ? delta.y() : delta.x();
        userView(zoomed(m_view.range, fixed, std::pow(2.0, -steps / 360.0), m_data->bounds, m_view.width));
    } else if (event->modifiers() & Qt::ShiftModifier || std::abs(delta.x()) > std::abs(delta.y())) {
        const int steps = delta.x() != 0 ? delta.x() : delta.y();
        userView(panned(m_view.range, -steps * m_scale / 2, m_data->bounds, m_view.width));
    } else {
        scrollTo(m_view.scroll - delta.y() * 3 * (m_view.rowHeight + m_view.rowGap) / 120);
    }
    setHover(pos);
    event->accept();
}

void TimelineCanvas::setHover(const QPoint& pos)
{
    m_pointer = pos;
    const bool inBody = bodyRect().contains(pos);
    const Row before = m_hover.row;
    m_hover = inBody ? hitAt(pos) : Hit{};
    const QRect header = headerRect();
    const int edge = layoutDirection() == Qt::RightToLeft ? header.left() : header.right();
    const int x = toScene(pos).x();
    const bool onEdge =
        m_range.recorded() && (std::abs(x - xOf(m_range.start, m_view.range, m_view.width)) <= edgeReach * m_scale ||
                               std::abs(x - xOf(m_range.end, m_view.range, m_view.width)) <= edgeReach * m_scale);
    if (m_drag == Drag::Pan)
        setCursor(Qt::ClosedHandCursor);
    else if (std::abs(pos.x() - edge) <= edgeReach || m_drag == Drag::HeaderWidth || (inBody && onEdge))
        setCursor(Qt::SplitHCursor);
    else if (inBody && m_measuring)
        setCursor(Qt::CrossCursor);
    else
        unsetCursor();
    if (m_hover.row != before)
        emit hovered(m_hover.row == noRow ? QString() : summaryOf(m_hover.row));
    update();
}

void TimelineCanvas::leaveEvent(QEvent*)
{
    m_pointer.reset();
    if (m_hover.row != noRow)
        emit hovered(QString());
    m_hover = {};
    update();
}

bool TimelineCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (!m_data || m_data->empty() || !bodyRect().contains(help->pos())) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    if (const QString finding = findingText(help->pos()); !finding.isEmpty()) {
        QToolTip::showText(help->globalPos(), tooltipText(finding), this);
        return true;
    }
    const Hit hit = hitAt(help->pos());
    if (hit.row == noRow) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    const Nanos origin = originOf(*m_data, m_view);
    QToolTip::showText(
        help->globalPos(),
        tooltipText(hit.foldedCount > 1 ? foldDetails(*m_data, hit, m_view.ticks, origin) : detailsOf(hit.row, origin)),
        this);
    return true;
}

void TimelineCanvas::focusInEvent(QFocusEvent*)
{
    update();
}

void TimelineCanvas::focusOutEvent(QFocusEvent*)
{
    update();
}

void TimelineCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_data || m_data->empty())
        return;
    if (event->reason() != QContextMenuEvent::Mouse) {
        const auto rect = rectOf(*m_data, m_view, m_selection);
        QPoint at = bodyRect().center();
        if (rect)
            at = bodyRect().topLeft() + QPoint(static_cast<int>(std::clamp(rect->x, 0, m_view.width) / m_scale),
                                               static_cast<int>(rect->bottom() / m_scale));
        emit contextMenuRequested(m_selection, mapToGlobal(at));
        return;
    }
    if (headerRect().contains(event->pos())) {
        if (const auto lane = laneAtPos(event->pos())) {
            QMenu menu(this);
            fillLaneMenu(menu, *lane);
            menu.exec(event->globalPos());
        }
        return;
    }
    if (!bodyRect().contains(event->pos()))
        return;
    const Hit hit = hitAt(event->pos());
    if (hit.row != noRow)
        userSelect(hit.row);
    emit contextMenuRequested(hit.row, event->globalPos());
}

} // namespace arcscope
