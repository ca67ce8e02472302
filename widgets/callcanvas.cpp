#include "callcanvas.h"

#include "accessibleitems.h"
#include "axis.h"
#include "callwords.h"
#include "canvasaccessible.h"
#include "timelinetext.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t mostItems = 200;

} // namespace

CallCanvas::CallCanvas(QWidget* parent)
    : QWidget(parent)
{
    installCallAccessible();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumWidth(120);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Lanes of tool calls"));
}

CallCanvas::~CallCanvas() = default;

const Theme& CallCanvas::theme() const
{
    return themeFor(palette());
}

void CallCanvas::setSubject(CallTreePtr subject, const CallRows* rows)
{
    m_subject = std::move(subject);
    m_rows = rows;
    m_hovered = m_selected = LaneRow::none;
    invalidate();
}

void CallCanvas::rowsChanged()
{
    m_hovered = LaneRow::none;
    invalidate();
}

void CallCanvas::setMatches(std::shared_ptr<const std::vector<Row>> matches)
{
    m_matches = std::move(matches);
    update();
}

void CallCanvas::setSizes(int rowHeight, int axisHeight)
{
    if (rowHeight == m_rowHeight && axisHeight == m_axisHeight)
        return;
    m_rowHeight = std::max(4, rowHeight);
    m_axisHeight = axisHeight;
    invalidate();
}

void CallCanvas::setScroll(int scroll)
{
    if (scroll == m_scroll)
        return;
    m_scroll = scroll;
    invalidate();
}

void CallCanvas::setCriticalShown(bool shown)
{
    m_view.critical = shown;
    invalidate();
}

void CallCanvas::setSelection(std::uint32_t node)
{
    if (node == m_selected)
        return;
    m_selected = node;
    update();
    if (hasFocus())
        tellFocus(*this);
}

void CallCanvas::setVisibleRange(const TimeRange& range)
{
    if (range == m_view.range && !m_folding)
        return;
    m_view.range = range;
    m_folding = false;
    invalidate();
}

QRect CallCanvas::bodyRect() const
{
    return {0, m_axisHeight, std::max(1, width()), std::max(1, height() - m_axisHeight)};
}

CallMarks CallCanvas::marks() const
{
    CallMarks marks;
    marks.selected = m_selected;
    marks.hovered = m_hovered;
    if (m_matches)
        marks.dimmed = [this](std::uint32_t row) {
            return !std::binary_search(m_matches->begin(), m_matches->end(), m_subject->rowFor(row));
        };
    if (m_subject && !m_subject->lanes.ordinal)
        marks.label = [this](std::uint32_t row) {
            const Nanos run = m_subject->node(row).run;
            return run < 0 ? QString() : QString::fromStdString(durationText(run));
        };
    return marks;
}

void CallCanvas::invalidate()
{
    m_dirty = true;
    update();
}

void CallCanvas::ensureScene()
{
    const double scale = devicePixelRatioF();
    if (!m_dirty && scale == m_scale)
        return;
    if (!m_labels || scale != m_scale) {
        m_scale = scale;
        m_labels = std::make_unique<LabelCache>(scaledFont(font(), m_scale));
    }
    const auto pixels = [&](int logical) { return static_cast<int>(std::lround(logical * m_scale)); };
    const QRect body = bodyRect();
    m_view.width = pixels(body.width());
    m_view.height = pixels(body.height());
    m_view.rowHeight = pixels(m_rowHeight);
    m_view.scroll = pixels(m_scroll);
    m_view.fold = m_folding ? m_labels->metrics().height() + pixels(7) : 0;
    m_view.tickSpacing = m_labels->metrics().averageCharWidth() * 15;
    m_scene = layOut(m_subject->lanes, *m_rows, m_view);
    m_dirty = false;
}

void CallCanvas::paintEvent(QPaintEvent*)
{
    QElapsedTimer timer;
    timer.start();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto); // time goes from left to right, words as they are read
    painter.fillRect(rect(), theme().canvas);
    if (empty())
        return;
    ensureScene();
    painter.save();
    painter.scale(1 / m_scale, 1 / m_scale);
    const TimelineStyle style{theme(), *m_labels, m_scale};
    const int axis = static_cast<int>(std::lround(m_axisHeight * m_scale));
    painter.translate(0, axis);
    paintCalls(painter, m_scene, m_subject->lanes, *m_rows, marks(), style);
    // What bars mean, where rows leave room for it.
    const int legend = paintCallLegend(nullptr, m_scene, m_subject->lanes, style);
    const int used = contentHeight(*m_rows, m_view) - m_view.scroll;
    if (used + legend + axis / 2 <= m_view.height) {
        painter.translate(0, m_view.height - legend);
        painter.fillRect(0, 0, m_view.width, legend, theme().canvas);
        paintCallLegend(&painter, m_scene, m_subject->lanes, style);
        painter.translate(0, legend - m_view.height);
    }
    painter.translate(0, -axis);
    paintCallAxis(painter, m_scene, axis, style);
    painter.restore();
    if (hasFocus())
        paintFocusFrame(painter, rect(), {theme(), *m_labels, 1});
    emit painted(timer.nsecsElapsed());
}

void CallCanvas::userRange(const TimeRange& range)
{
    if (range == m_view.range && !m_folding)
        return;
    setVisibleRange(range);
    emit visibleRangeChanged(range);
}

void CallCanvas::fitAll()
{
    if (!empty())
        userRange(fitted(m_subject->lanes.calls));
}

void CallCanvas::fitSelection()
{
    if (!empty() && m_selected < m_subject->lanes.rows.size())
        userRange(fitted(storyOf(m_subject->lanes, m_selected)));
}

TimeRange CallCanvas::rowsRange() const
{
    TimeRange seen;
    for (const std::uint32_t node : visibleNodes()) {
        const TimeRange story = storyOf(m_subject->lanes, node);
        if (!story.recorded())
            continue;
        seen.start = seen.recorded() ? std::min(seen.start, story.start) : story.start;
        seen.end = seen.end != noTime ? std::max(seen.end, story.end) : story.end;
    }
    return seen;
}

void CallCanvas::fitRows()
{
    const TimeRange seen = rowsRange();
    if (!seen.recorded())
        return;
    const TimeRange range = fitted(seen);
    if (m_folding && range == m_view.range)
        return;
    m_view.range = range;
    m_folding = true;
    invalidate();
}

TimeRange CallCanvas::unfolded(double x)
{
    ensureScene();
    if (!m_folding || m_scene.axis.scale() <= 0)
        return m_view.range;
    const auto before = static_cast<Nanos>(x / m_scene.axis.scale());
    const auto whole = static_cast<Nanos>(m_view.width / m_scene.axis.scale());
    const Nanos start = m_scene.axis.timeAt(x) - before;
    return {start, start + whole};
}

QString CallCanvas::foldAt(const QPoint& pos) const
{
    if (empty() || !bodyRect().contains(pos))
        return {};
    const double x = toScene(pos).x();
    for (const FoldedAxis::Fold& fold : m_scene.axis.folds()) {
        if (x >= fold.from && x < fold.to)
            return tr("Nothing happens in these rows for %1: folded.")
                .arg(QString::fromStdString(durationText(fold.pause.length())));
    }
    return {};
}

TimeRange CallCanvas::fitted(const TimeRange& range) const
{
    return range.recorded() ? fitting(range, m_subject->lanes.bounds, std::max(1, m_view.width)) : m_view.range;
}

void CallCanvas::zoom(double factor)
{
    if (empty())
        return;
    ensureScene();
    // The start of what is selected stays in place where it is seen, else the middle.
    Nanos fixed = m_scene.axis.timeAt(m_view.width / 2.0);
    if (m_selected < m_subject->lanes.rows.size()) {
        const LaneRow& lane = m_subject->lanes.rows[m_selected];
        if (m_view.range.contains(lane.run.start))
            fixed = lane.run.start;
    }
    userRange(
        zoomed(unfolded(m_scene.axis.x(fixed)), fixed, factor, m_subject->lanes.bounds, std::max(1, m_view.width)));
}

void CallCanvas::panBy(double share)
{
    if (!empty())
        userRange(panned(unfolded(m_view.width / 2.0), share * m_view.width, m_subject->lanes.bounds,
                         std::max(1, m_view.width)));
}

QPoint CallCanvas::toScene(const QPoint& pos) const
{
    const QPoint inBody = pos - bodyRect().topLeft();
    return {static_cast<int>(inBody.x() * m_scale), static_cast<int>(inBody.y() * m_scale)};
}

CallHit CallCanvas::hitAt(const QPoint& pos) const
{
    if (empty() || !bodyRect().contains(pos))
        return {};
    const QPoint at = toScene(pos);
    return hitTest(m_subject->lanes, *m_rows, m_view, at.x(), at.y(), static_cast<int>(2 * m_scale));
}

std::vector<std::uint32_t> CallCanvas::visibleNodes() const
{
    std::vector<std::uint32_t> nodes;
    if (empty())
        return nodes;
    const auto first = static_cast<std::size_t>(m_scroll / m_rowHeight);
    const auto count = static_cast<std::size_t>(bodyRect().height() / m_rowHeight + 1);
    for (std::size_t i = first; i < std::min({m_rows->size(), first + count, first + mostItems}); ++i)
        nodes.push_back(m_rows->visible()[i]);
    return nodes;
}

QRect CallCanvas::itemRect(std::uint32_t node) const
{
    const auto place = empty() ? std::nullopt : m_rows->place(node);
    if (!place)
        return {};
    const QRect body = bodyRect();
    return QRect(body.x(), body.y() + static_cast<int>(*place) * m_rowHeight - m_scroll, body.width(), m_rowHeight) &
           body;
}

void CallCanvas::chooseByUser(std::uint32_t node)
{
    setSelection(node);
    emit nodeChosen(node);
}

QString CallCanvas::detailsOf(std::uint32_t node) const
{
    return callDetails(*m_subject, node, m_remarkOf ? m_remarkOf(node) : QString());
}

bool CallCanvas::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const QString fold = foldAt(help->pos()); !fold.isEmpty()) {
        QToolTip::showText(help->globalPos(), fold, this);
        return true;
    }
    const CallHit hit = hitAt(help->pos());
    if (!hit.part) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    QToolTip::showText(help->globalPos(), tooltipText(detailsOf(hit.row)), this);
    return true;
}

void CallCanvas::resizeEvent(QResizeEvent*)
{
    invalidate();
}

void CallCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::StyleChange) {
        m_labels.reset();
        invalidate();
    }
    QWidget::changeEvent(event);
}

void CallCanvas::mousePressEvent(QMouseEvent* event)
{
    if (empty())
        return;
    if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton) {
        m_pressed = event->pos();
        m_pressedRange = unfolded(toScene(event->pos()).x());
        m_panning = event->button() == Qt::MiddleButton;
        emit panBegan();
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (const CallHit hit = hitAt(event->pos()); hit.row != LaneRow::none)
        chooseByUser(hit.row);
}

void CallCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (empty())
        return;
    if (m_pressed && !m_panning)
        m_panning = std::abs(event->pos().x() - m_pressed->x()) >= QApplication::startDragDistance();
    if (m_pressed && m_panning) {
        setCursor(Qt::ClosedHandCursor);
        userRange(panned(m_pressedRange, (m_pressed->x() - event->pos().x()) * m_scale, m_subject->lanes.bounds,
                         std::max(1, m_view.width)));
        return;
    }
    const CallHit hit = hitAt(event->pos());
    if (hit.row != m_hovered) {
        m_hovered = hit.row;
        emit hovered(hit.row == LaneRow::none ? QString() : callSummary(*m_subject, hit.row));
        update();
    }
}

void CallCanvas::mouseReleaseEvent(QMouseEvent*)
{
    endPan();
}

void CallCanvas::endPan()
{
    m_pressed.reset();
    m_panning = false;
    unsetCursor();
}

void CallCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const CallHit hit = hitAt(event->pos()); hit.row != LaneRow::none && event->button() == Qt::LeftButton)
        emit activated(hit.row);
}

void CallCanvas::wheelEvent(QWheelEvent* event)
{
    if (empty())
        return;
    const QPoint turned = event->angleDelta();
    const QPoint pos = event->position().toPoint();
    ensureScene();
    if (event->modifiers() & Qt::ControlModifier)
        userRange(zoomed(unfolded(toScene(pos).x()), m_scene.axis.timeAt(toScene(pos).x()),
                         std::pow(2.0, -turned.y() / 360.0), m_subject->lanes.bounds, std::max(1, m_view.width)));
    else if (event->modifiers() & Qt::ShiftModifier || std::abs(turned.x()) > std::abs(turned.y()))
        userRange(panned(unfolded(toScene(pos).x()), -(turned.x() != 0 ? turned.x() : turned.y()) * m_scale / 2,
                         m_subject->lanes.bounds, std::max(1, m_view.width)));
    else
        emit wheelTurned(-turned.y() * 3 * m_rowHeight / 120);
    event->accept();
}

void CallCanvas::leaveEvent(QEvent*)
{
    if (m_hovered != LaneRow::none)
        emit hovered({});
    m_hovered = LaneRow::none;
    update();
}

void CallCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_panning) {
        userRange(m_pressedRange);
        endPan();
        emit panTakenBack();
        return;
    }
    event->ignore();
    emit keyPressed(event);
}

void CallCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    if (empty())
        return;
    if (event->reason() != QContextMenuEvent::Mouse) {
        if (m_selected != LaneRow::none)
            emit contextMenuRequested(m_selected, mapToGlobal(itemRect(m_selected).center()));
        return;
    }
    const CallHit hit = hitAt(event->pos());
    if (hit.row == LaneRow::none)
        return;
    chooseByUser(hit.row);
    emit contextMenuRequested(hit.row, event->globalPos());
}

void CallCanvas::focusInEvent(QFocusEvent*)
{
    update();
}

void CallCanvas::focusOutEvent(QFocusEvent*)
{
    update();
}

} // namespace arcscope
