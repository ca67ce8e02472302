#include "timelinecanvas.h"
#include "timelinetext.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace arcscope
{

namespace
{

constexpr double zoomStep = 0.7;
constexpr double panStep = 0.15; ///< of the width

} // namespace

void TimelineCanvas::keyPressEvent(QKeyEvent* event)
{
    // What has a modifier but Shift belongs to the window.
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (!plain || !m_data || m_data->empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    ensureScene();
    if (!moveKey(event->key()) && !stepKey(event) && !commandKey(event))
        QWidget::keyPressEvent(event);
}

bool TimelineCanvas::moveKey(int key)
{
    const TimeRange& range = m_view.range;
    const int width = m_view.width;
    // Zooming by key keeps the pointer's time in place, or else the selection's, or else the middle.
    Nanos fixed = timeAt(width / 2.0, range, width);
    if (m_pointer && bodyRect().contains(*m_pointer)) {
        fixed = timeAtPos(*m_pointer);
    } else if (const auto place = m_data->place(m_selection)) {
        const Nanos start = m_data->range(*place).start;
        if (range.contains(start))
            fixed = start;
    }
    const auto length = static_cast<Nanos>(std::min<std::uint64_t>(lengthOf(range), std::uint64_t{1} << 62));
    switch (key) {
    case Qt::Key_W:
        userView(zoomed(range, fixed, zoomStep, m_data->bounds, width));
        return true;
    case Qt::Key_S:
        userView(zoomed(range, fixed, 1 / zoomStep, m_data->bounds, width));
        return true;
    case Qt::Key_A:
        userView(panned(range, -panStep * width, m_data->bounds, width));
        return true;
    case Qt::Key_D:
        userView(panned(range, panStep * width, m_data->bounds, width));
        return true;
    case Qt::Key_Home:
        userView({m_data->bounds.start, saturatingAdd(m_data->bounds.start, length)});
        return true;
    case Qt::Key_End:
        userView({saturatingAdd(m_data->bounds.end, -length), m_data->bounds.end});
        return true;
    case Qt::Key_0:
        fitAll();
        return true;
    case Qt::Key_PageUp:
        scrollTo(m_view.scroll - (m_view.height - m_scene.pinnedHeight) * 9 / 10);
        return true;
    case Qt::Key_PageDown:
        scrollTo(m_view.scroll + (m_view.height - m_scene.pinnedHeight) * 9 / 10);
        return true;
    default:
        return false;
    }
}

bool TimelineCanvas::stepKey(const QKeyEvent* event)
{
    Step step = Step::Next;
    switch (event->key()) {
    case Qt::Key_Left:
        step = Step::Previous;
        break;
    case Qt::Key_Right:
        step = Step::Next;
        break;
    case Qt::Key_Up:
        step = Step::LineAbove;
        break;
    case Qt::Key_Down:
        step = Step::LineBelow;
        break;
    case Qt::Key_Comma:
        step = Step::PreviousInLane;
        break;
    case Qt::Key_Period:
        step = Step::NextInLane;
        break;
    case Qt::Key_Less:
    case Qt::Key_Semicolon: // Shift+comma on most layouts
        step = Step::PreviousOfKind;
        break;
    case Qt::Key_Greater:
    case Qt::Key_Colon:
        step = Step::NextOfKind;
        break;
    default:
        return false;
    }
    if (event->modifiers() & Qt::ShiftModifier) {
        if (step == Step::PreviousInLane)
            step = Step::PreviousOfKind;
        else if (step == Step::NextInLane)
            step = Step::NextOfKind;
    }
    const Row next = neighbour(*m_data, m_view, m_selection, step);
    if (next != noRow) {
        userSelect(next);
        reveal(next);
    }
    return true;
}

bool TimelineCanvas::commandKey(const QKeyEvent* event)
{
    const auto place = m_data->place(m_selection);
    switch (event->key()) {
    case Qt::Key_F:
        if (place) {
            const TimeRange span = m_data->range(*place);
            const bool again = m_centred == m_selection;
            userView(again ? fitting(span, m_data->bounds, m_view.width)
                           : centred(m_view.range, saturatingAdd(span.start, static_cast<Nanos>(lengthOf(span) / 2)),
                                     m_data->bounds, m_view.width));
            m_centred = m_selection;
            reveal(m_selection);
        }
        return true;
    case Qt::Key_R:
        if (place)
            userRange(m_data->range(*place));
        return true;
    case Qt::Key_M:
        m_measuring = !m_measuring;
        m_measured = {};
        update();
        return true;
    case Qt::Key_T:
        if (place && !m_data->ordinal) {
            m_view.origin = m_data->range(*place).start;
            m_view.ticks = TickMode::SinceOrigin;
            invalidate();
        }
        return true;
    case Qt::Key_P:
    case Qt::Key_Space:
    case Qt::Key_H:
        if (event->key() == Qt::Key_H && event->modifiers() & Qt::ShiftModifier)
            showAllLanes();
        else if (const auto lane = currentLane())
            toggleLane(*lane, event->key() == Qt::Key_P   ? &LaneState::pinned
                              : event->key() == Qt::Key_H ? &LaneState::hidden
                                                          : &LaneState::collapsed);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selection != noRow)
            emit activated(m_selection);
        return true;
    case Qt::Key_Escape:
        if (!m_measuring && m_drag == Drag::None && !m_range.recorded() && m_selection == noRow &&
            m_view.origin == noTime)
            return false;
        clearStep();
        return true;
    default:
        return false;
    }
}

void TimelineCanvas::clearStep()
{
    if (m_drag != Drag::None)
        takeBackDrag();
    else if (m_measuring)
        m_measuring = false;
    else if (m_range.recorded())
        userRange({});
    else if (m_selection != noRow)
        userSelect(noRow);
    else if (m_view.origin != noTime) {
        m_view.origin = noTime;
        invalidate();
    }
    m_measured = {};
    update();
}

std::optional<std::uint32_t> TimelineCanvas::currentLane() const
{
    if (const auto place = m_data->place(m_selection))
        return m_data->lines[place->line].lane;
    if (m_pointer)
        return laneAtPos(*m_pointer);
    return {};
}

void TimelineCanvas::toggleLane(std::uint32_t lane, bool LaneState::*what)
{
    if (m_view.lanes.size() <= lane)
        m_view.lanes.resize(m_data->lanes.size());
    const bool hiding = what == &LaneState::hidden && !m_view.lanes[lane].hidden;
    const auto shown =
        std::count_if(m_view.lanes.begin(), m_view.lanes.end(), [](const LaneState& state) { return !state.hidden; });
    if (hiding && shown <= 1)
        return; // a timeline without lanes has no way back
    m_view.lanes[lane].*what = !(m_view.lanes[lane].*what);
    if (hiding) {
        if (const auto place = m_data->place(m_selection); place && m_data->lines[place->line].lane == lane)
            userSelect(noRow);
    }
    invalidate();
}

void TimelineCanvas::showAllLanes()
{
    for (LaneState& lane : m_view.lanes)
        lane.hidden = false;
    invalidate();
}

void TimelineCanvas::fillLaneMenu(QMenu& menu, std::uint32_t lane)
{
    const LaneState state = m_view.state(lane);
    const auto add = [&](const QString& text, bool LaneState::*what) {
        QAction* action = menu.addAction(text);
        connect(action, &QAction::triggered, this, [this, lane, what] { toggleLane(lane, what); });
    };
    add(state.collapsed ? tr("Expand lane\tSpace") : tr("Collapse lane\tSpace"), &LaneState::collapsed);
    add(state.pinned ? tr("Unpin lane\tP") : tr("Pin lane to the top\tP"), &LaneState::pinned);
    add(tr("Hide lane\tH"), &LaneState::hidden);
    QAction* all = menu.addAction(tr("Show all lanes\tShift+H"));
    all->setEnabled(
        std::any_of(m_view.lanes.begin(), m_view.lanes.end(), [](const LaneState& one) { return one.hidden; }));
    connect(all, &QAction::triggered, this, &TimelineCanvas::showAllLanes);
}

} // namespace arcscope
