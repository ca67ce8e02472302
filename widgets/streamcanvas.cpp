#include "streamcanvas.h"

#include "accessibleitems.h"
#include "axis.h"
#include "canvasaccessible.h"
#include "streamwords.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <limits>

namespace arcscope
{
namespace
{

constexpr int pagePixels = 80; ///< that A and D move
constexpr std::size_t mostTold = 200;

} // namespace

StreamCanvas::StreamCanvas(QWidget* parent)
    : QWidget(parent)
    , m_scrollBar(new QScrollBar(Qt::Vertical, this))
{
    installStreamAccessible();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumHeight(120);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Stream"));
    m_scrollBar->setCursor(Qt::ArrowCursor);
    m_scrollBar->hide();
    connect(m_scrollBar, &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
}

StreamCanvas::~StreamCanvas() = default;

void StreamCanvas::setTimeline(std::shared_ptr<const StreamTimeline> timeline)
{
    m_timeline = std::move(timeline);
    m_scrollBar->setValue(0);
    m_limits = m_timeline ? m_timeline->bounds : TimeRange();
    if (m_timeline)
        m_place = m_timeline->bounds.end;
    fitAll();
}

std::uint32_t StreamCanvas::event() const
{
    return m_timeline ? m_timeline->eventAt(m_place) : noEvent;
}

void StreamCanvas::setPlace(Nanos place)
{
    if (!m_timeline)
        return;
    m_place = std::clamp(place, m_limits.start, m_limits.end);
    if (m_place < m_view.range.start || m_place > m_view.range.end)
        setRange(centred(m_view.range, m_place, m_limits, bodyRect().width()));
    update();
}

void StreamCanvas::setEvent(std::uint32_t event)
{
    if (m_timeline && event < m_timeline->model->events().size())
        setPlace(m_timeline->at(event));
}

int StreamCanvas::axisHeight() const
{
    return fontMetrics().height() + 8;
}

int StreamCanvas::headerWidth() const
{
    return std::min(width() / 4, fontMetrics().averageCharWidth() * 18);
}

QRect StreamCanvas::bodyRect() const
{
    const int right = m_scrollBar->isVisible() ? m_scrollBar->width() : 0;
    return {headerWidth(), axisHeight(), std::max(1, width() - headerWidth() - right),
            std::max(1, height() - axisHeight())};
}

int StreamCanvas::wantedHeight()
{
    if (!m_timeline)
        return minimumHeight();
    ensureScene();
    return axisHeight() + static_cast<int>(std::ceil(m_scene.height / m_scale)) + 8;
}

void StreamCanvas::fitAll()
{
    if (m_timeline)
        setRange(fitting(m_limits, m_limits, bodyRect().width()));
    invalidate();
}

void StreamCanvas::setLimits(const TimeRange& limits)
{
    m_limits = limits;
    fitAll();
}

void StreamCanvas::setVisibleRange(const TimeRange& range)
{
    if (range == m_view.range)
        return;
    m_view.range = range;
    invalidate();
}

void StreamCanvas::setRange(const TimeRange& range)
{
    if (range == m_view.range)
        return;
    setVisibleRange(range);
    emit visibleRangeChanged(range);
}

void StreamCanvas::zoom(double factor)
{
    if (m_timeline)
        setRange(zoomed(m_view.range, m_place, factor, m_limits, bodyRect().width()));
}

void StreamCanvas::step(int events)
{
    if (!m_timeline || m_timeline->model->events().empty())
        return;
    const auto count = static_cast<std::int64_t>(m_timeline->model->events().size());
    const std::uint32_t now = event();
    std::int64_t next = (now == noEvent ? -1 : static_cast<std::int64_t>(now)) + events;
    // Of events at one moment the playhead shows the last: it goes on to another moment.
    const auto same = [&](std::int64_t at) {
        return now != noEvent && at >= 0 && at < count &&
               m_timeline->at(static_cast<std::uint32_t>(at)) == m_timeline->at(now);
    };
    while (same(next))
        next += events < 0 ? -1 : 1;
    userPlace(next < 0 ? m_timeline->bounds.start
                       : m_timeline->at(static_cast<std::uint32_t>(std::min(next, count - 1))));
}

void StreamCanvas::userPlace(Nanos place)
{
    const std::uint32_t before = event();
    setPlace(place);
    emit placeChanged(m_place);
    if (hasFocus() && event() != before)
        tellFocus(*this);
}

void StreamCanvas::chooseByUser(std::uint32_t event)
{
    if (m_timeline && event < m_timeline->model->events().size())
        userPlace(m_timeline->at(event));
}

QRect StreamCanvas::eventRect(std::uint32_t event) const
{
    if (!m_timeline || event >= m_timeline->model->events().size())
        return {};
    const Nanos at = m_timeline->at(event);
    const QRect body = bodyRect();
    if (at < m_view.range.start || at > m_view.range.end)
        return {};
    const int x = body.x() + static_cast<int>(std::lround(xOf(at, m_view.range, body.width())));
    return QRect(x - 2, body.y(), 5, body.height()) & rect();
}

std::vector<std::uint32_t> StreamCanvas::visibleEvents() const
{
    std::vector<std::uint32_t> events;
    if (!m_timeline)
        return events;
    const auto count = static_cast<std::uint32_t>(m_timeline->model->events().size());
    int last = std::numeric_limits<int>::min();
    for (std::uint32_t event = 0; event < count; ++event) {
        const QRect place = eventRect(event);
        if (place.isEmpty())
            continue;
        if (place.x() == last)
            events.back() = event;
        else if (events.size() == mostTold)
            break;
        else
            events.push_back(event);
        last = place.x();
    }
    return events;
}

void StreamCanvas::invalidate()
{
    m_dirty = true;
    update();
}

void StreamCanvas::ensureScene()
{
    const double scale = devicePixelRatioF();
    if (!m_dirty && scale == m_scale)
        return;
    if (!m_labels || scale != m_scale) {
        m_scale = scale;
        m_labels = std::make_unique<LabelCache>(scaledFont(font(), m_scale));
    }
    const Theme& theme = themeFor(palette());
    const TimelineStyle style{theme, *m_labels, m_scale};
    const auto pixels = [&](int logical) { return static_cast<int>(std::lround(logical * m_scale)); };
    for (const bool again : {false, true}) { // the scroll bar takes room where it is needed
        const QRect body = bodyRect();
        m_view.width = pixels(body.width());
        setSizes(m_view, style);
        m_scene = layOut(*m_timeline, m_view);
        const int over = static_cast<int>(std::ceil(m_scene.height / m_scale)) - body.height();
        m_scrollBar->setRange(0, std::max(0, over));
        m_scrollBar->setPageStep(body.height());
        const bool shown = over > 0;
        m_scrollBar->setGeometry(width() - m_scrollBar->sizeHint().width(), axisHeight(),
                                 m_scrollBar->sizeHint().width(), body.height());
        if (again || shown == m_scrollBar->isVisible())
            break;
        m_scrollBar->setVisible(shown);
    }
    const QRect body = bodyRect();
    const int header = pixels(body.x());
    m_base = QImage(header + m_view.width, pixels(axisHeight()) + std::max(m_scene.height, 1), QImage::Format_RGB32);
    m_base.fill(theme.canvas);
    QPainter painter(&m_base);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    painter.translate(header, 0);
    paintStreamAxis(painter, m_scene, pixels(axisHeight()), style);
    painter.translate(0, pixels(axisHeight()));
    paintStream(painter, m_scene, *m_timeline, style);
    painter.translate(-header, 0);
    paintStreamHeaders(painter, m_scene, *m_timeline, header, style);
    m_dirty = false;
}

void StreamCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeFor(palette());
    painter.fillRect(rect(), theme.canvas);
    if (!m_timeline)
        return;
    ensureScene();
    const QRect body = bodyRect();
    const auto pixels = [&](int logical) { return static_cast<int>(std::lround(logical * m_scale)); };
    const int axis = pixels(axisHeight());
    painter.drawImage(QRectF(0, 0, m_base.width() / m_scale, axisHeight()), m_base, QRectF(0, 0, m_base.width(), axis));
    const int visible = std::min(pixels(body.height()), m_base.height() - axis - pixels(m_scrollBar->value()));
    painter.drawImage(QRectF(0, axisHeight(), m_base.width() / m_scale, visible / m_scale), m_base,
                      QRectF(0, axis + pixels(m_scrollBar->value()), m_base.width(), visible));
    const double x = body.x() + xOf(m_place, m_view.range, m_view.width) / m_scale;
    if (x >= body.x() - 1 && x <= body.right() + 1) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.text, 1.5));
        painter.drawLine(QPointF(x, axisHeight() - 6), QPointF(x, height()));
        painter.setBrush(theme.text);
        painter.drawPolygon(
            QPolygonF({{x - 5, axisHeight() - 10.0}, {x + 5, axisHeight() - 10.0}, {x, axisHeight() - 2.0}}));
    }
    if (hasFocus())
        paintFocusFrame(painter, rect(), {theme, *m_labels, 1});
}

Nanos StreamCanvas::placeAt(const QPoint& pos) const
{
    return timeAt((pos.x() - bodyRect().x()) * m_scale, m_view.range, m_view.width);
}

QString StreamCanvas::describe(const QPoint& pos) const
{
    if (!m_timeline || m_dirty || !bodyRect().contains(pos))
        return {};
    const std::string where =
        pointText(placeAt(pos), m_timeline->ordinal ? TickMode::Ordinal : TickMode::SinceOrigin, m_timeline->origin);
    const int x = static_cast<int>((pos.x() - bodyRect().x()) * m_scale);
    const int y = static_cast<int>((pos.y() - bodyRect().y() + m_scrollBar->value()) * m_scale);
    const QString what = textAt(*m_timeline, m_scene, x, y, static_cast<int>(4 * m_scale));
    return QString::fromStdString(where) + (what.isEmpty() ? QString() : QStringLiteral("  ") + what);
}

void StreamCanvas::resizeEvent(QResizeEvent*)
{
    invalidate();
}

void StreamCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::StyleChange) {
        m_labels.reset();
        invalidate();
    }
    QWidget::changeEvent(event);
}

void StreamCanvas::mousePressEvent(QMouseEvent* event)
{
    if (!m_timeline)
        return;
    if (event->button() == Qt::MiddleButton) {
        m_panFrom = event->pos();
        m_panRange = m_view.range;
    } else if (event->button() == Qt::LeftButton && event->pos().x() >= bodyRect().x()) {
        m_dragging = true;
        m_pressedPlace = m_place;
        userPlace(placeAt(event->pos()));
    }
}

void StreamCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging)
        userPlace(std::clamp(placeAt(event->pos()), m_view.range.start, m_view.range.end));
    else if (m_panFrom)
        setRange(panned(m_panRange, (m_panFrom->x() - event->pos().x()) * m_scale, m_limits, m_view.width));
    emit hovered(describe(event->pos()));
}

/// Everything is as it was before the button was pressed. False: nothing is dragged.
bool StreamCanvas::takeBackDrag()
{
    if (!m_dragging && !m_panFrom)
        return false;
    if (std::exchange(m_dragging, false))
        userPlace(m_pressedPlace);
    if (std::exchange(m_panFrom, std::nullopt))
        setRange(m_panRange);
    return true;
}

void StreamCanvas::mouseReleaseEvent(QMouseEvent*)
{
    m_dragging = false;
    m_panFrom.reset();
}

void StreamCanvas::wheelEvent(QWheelEvent* event)
{
    if (!m_timeline)
        return;
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        const double factor = std::pow(0.8, turned.y() / 120.0);
        setRange(zoomed(m_view.range, placeAt(event->position().toPoint()), factor, m_limits, m_view.width));
    } else if (event->modifiers() & Qt::ShiftModifier || turned.x() != 0) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        setRange(panned(m_view.range, -by * m_scale / 2, m_limits, m_view.width));
    } else {
        m_scrollBar->setValue(m_scrollBar->value() - turned.y() / 3);
    }
    event->accept();
}

void StreamCanvas::leaveEvent(QEvent*)
{
    emit hovered({});
}

void StreamCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    if (!m_timeline || event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!takeBackDrag())
            QWidget::keyPressEvent(event);
        break;
    case Qt::Key_Left:
        step(shift ? -10 : -1);
        break;
    case Qt::Key_Right:
        step(shift ? 10 : 1);
        break;
    case Qt::Key_Home:
        userPlace(m_timeline->bounds.start);
        break;
    case Qt::Key_End:
        userPlace(m_timeline->bounds.end);
        break;
    case Qt::Key_Up:
        m_scrollBar->setValue(m_scrollBar->value() - m_view.laneHeight);
        break;
    case Qt::Key_Down:
        m_scrollBar->setValue(m_scrollBar->value() + m_view.laneHeight);
        break;
    case Qt::Key_W:
    case Qt::Key_Plus:
        zoomIn();
        break;
    case Qt::Key_S:
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_A:
        setRange(panned(m_view.range, -pagePixels * m_scale, m_limits, m_view.width));
        break;
    case Qt::Key_D:
        setRange(panned(m_view.range, pagePixels * m_scale, m_limits, m_view.width));
        break;
    case Qt::Key_0:
        fitAll();
        break;
    case Qt::Key_BracketRight:
    case Qt::Key_BracketLeft:
        emit findingRequested(event->key() == Qt::Key_BracketRight);
        break;
    case Qt::Key_Space:
        emit playRequested();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void StreamCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void StreamCanvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace arcscope
