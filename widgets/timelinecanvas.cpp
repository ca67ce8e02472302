#include "timelinecanvas.h"

#include "canvasaccessible.h"
#include "displaytext.h"
#include "findingpainter.h"
#include "legendpainter.h"
#include "timelinetext.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace arcscope
{

namespace
{

/// Marks beyond this would cover everything anyway.
constexpr std::size_t mostMarks = 20'000;

Rect toRect(const QRect& rect)
{
    return {rect.x(), rect.y(), rect.width(), rect.height()};
}

} // namespace

TimelineCanvas::TimelineCanvas(QWidget* parent)
    : QWidget(parent)
    , m_theme(themeFor(palette()))
    , m_emptyTitle(tr("Nothing to show"))
    , m_scrollBar(new QScrollBar(Qt::Vertical, this))
{
    installTimelineAccessible();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 120);
    setAccessibleName(tr("Timeline"));
    m_scrollBar->setAccessibleName(tr("Lanes"));
    m_scrollBar->setFocusPolicy(Qt::NoFocus);
    connect(m_scrollBar, &QScrollBar::valueChanged, this, [this](int value) {
        m_view.scroll = value;
        invalidate();
    });
    updateGeometries();
}

TimelineCanvas::~TimelineCanvas() = default;

void TimelineCanvas::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_ownTheme = true;
    invalidate();
}

void TimelineCanvas::setData(std::shared_ptr<const TimelineData> data)
{
    const bool sameSource = m_data && data && m_data->trace == data->trace && m_data->ordinal == data->ordinal &&
                            !m_data->empty() && !data->empty();
    const bool wholeShown = sameSource && visibleRange() == limited(m_data->bounds, m_data->bounds, m_view.width);
    m_data = std::move(data);
    m_minimap.clear();
    if (!m_headerChosen)
        updateGeometries();
    m_hover = {};
    m_centred = noRow;
    if (!sameSource) {
        m_view.lanes.clear();
        m_view.scroll = 0;
        m_selection = noRow;
        m_range = {};
        m_measured = {};
        m_path.clear();
        m_marks.clear();
        m_findings.clear();
        m_chosenFinding.reset();
    } else if (m_selection != noRow && !m_data->place(m_selection)) {
        m_selection = noRow;
    }
    if (m_data && !m_data->empty() && (!sameSource || wholeShown))
        m_view.range = limited(m_data->bounds, m_data->bounds, m_view.width);
    invalidate();
}

void TimelineCanvas::setEmptyText(const QString& title, const QString& hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    setAccessibleDescription(!m_data || m_data->empty() ? title : QString());
    update();
}

void TimelineCanvas::setMarks(std::vector<TimelineMark> marks)
{
    m_marks = std::move(marks);
    if (m_marks.size() > mostMarks)
        m_marks.resize(mostMarks);
    invalidate();
}

void TimelineCanvas::setCriticalPath(std::vector<PathSegment> path)
{
    m_path = std::move(path);
    update();
}

void TimelineCanvas::setTickMode(TickMode mode)
{
    m_view.ticks = mode;
    invalidate();
}

std::shared_ptr<const TimelineData> TimelineCanvas::data() const
{
    return m_data;
}

Row TimelineCanvas::selection() const
{
    return m_selection;
}

TimeRange TimelineCanvas::range() const
{
    return m_range;
}

TimeRange TimelineCanvas::visibleRange() const
{
    return m_view.range;
}

const Viewport& TimelineCanvas::viewport() const
{
    return m_view;
}

void TimelineCanvas::setSelection(Row row)
{
    m_selection = m_data && m_data->place(row) ? row : noRow;
    if (m_selection != noRow)
        reveal(m_selection);
    update();
}

void TimelineCanvas::keepSelection(Row row)
{
    m_selection = m_data && m_data->place(row) ? row : noRow;
    update();
}

void TimelineCanvas::setRange(const TimeRange& range)
{
    m_range = range;
    update();
}

void TimelineCanvas::setVisibleRange(const TimeRange& range)
{
    if (!m_data || !range.recorded())
        return;
    m_view.range = limited(range, m_data->bounds, m_view.width);
    invalidate();
}

void TimelineCanvas::fitAll()
{
    if (m_data && !m_data->empty())
        userView(m_data->bounds);
}

void TimelineCanvas::zoomIn()
{
    if (m_data)
        userView(zoomed(m_view.range, timeAt(m_view.width / 2.0, m_view.range, m_view.width), 0.5, m_data->bounds,
                        m_view.width));
}

void TimelineCanvas::zoomOut()
{
    if (m_data)
        userView(zoomed(m_view.range, timeAt(m_view.width / 2.0, m_view.range, m_view.width), 2, m_data->bounds,
                        m_view.width));
}

std::vector<Row> TimelineCanvas::visibleRows() const
{
    constexpr std::size_t most = 200;
    std::vector<Row> rows;
    for (const Box& box : m_scene.boxes) {
        if (box.foldedCount == 1 && rows.size() < most)
            rows.push_back(box.row);
    }
    return rows;
}

QRect TimelineCanvas::itemRect(Row row) const
{
    const auto rect = m_data ? rectOf(*m_data, m_view, row) : std::nullopt;
    if (!rect)
        return {};
    const QRectF logical(rect->x / m_scale, rect->y / m_scale, rect->width / m_scale, rect->height / m_scale);
    return logical.translated(bodyRect().topLeft()).toAlignedRect().intersected(bodyRect());
}

void TimelineCanvas::invalidate()
{
    m_sceneDirty = true;
    update();
}

void TimelineCanvas::ensureScene()
{
    if (!m_sceneDirty || !m_data || m_data->empty())
        return;
    m_sceneDirty = false;
    m_scene = layOut(*m_data, m_view, std::move(m_scene));
    const int most = std::max(0, m_scene.contentHeight - (m_view.height - m_scene.pinnedHeight));
    const QSignalBlocker quiet(m_scrollBar);
    m_scrollBar->setRange(0, most);
    m_scrollBar->setPageStep(std::max(1, m_view.height - m_scene.pinnedHeight));
    m_scrollBar->setSingleStep(m_view.rowHeight + m_view.rowGap);
    m_scrollBar->setVisible(most > 0);
    if (m_view.scroll > most) {
        m_view.scroll = most;
        m_scene = layOut(*m_data, m_view, std::move(m_scene));
    }
    m_scrollBar->setValue(m_view.scroll);
    paintBase();
}

void TimelineCanvas::paintBase()
{
    const auto device = [this](const QRect& rect) {
        const auto px = [this](int logical) { return static_cast<int>(std::lround(logical * m_scale)); };
        return QRect(px(rect.x()), px(rect.y()), px(rect.width()), px(rect.height()));
    };
    const QSize size = (QSizeF(this->size()) * m_scale).toSize();
    if (m_base.size() != size)
        m_base = QImage(size, QImage::Format_RGB32);
    const TimelineStyle style{m_theme, *m_labels, m_scale};
    const QRect body = device(bodyRect()).intersected(m_base.rect());
    const QRect map = device(minimapRect());
    const QRect axis = device(axisRect());
    {
        QPainter painter(&m_base);
        painter.fillRect(QRect(0, 0, size.width(), body.top()), m_theme.canvas);
        painter.fillRect(QRect(body.right() + 1, 0, size.width(), size.height()), m_theme.canvas);
        painter.fillRect(QRect(0, 0, body.left(), size.height()), m_theme.canvas);
    }
    if (body.isEmpty())
        return;
    {
        QImage part(m_base.bits() + body.y() * m_base.bytesPerLine() + body.x() * 4, body.width(), body.height(),
                    m_base.bytesPerLine(), QImage::Format_RGB32);
        paintMasses(part, m_scene, style);
        QPainter painter(&part);
        paintDetails(painter, m_scene, style);
        paintArrows(painter, m_scene.arrows, false, style);
        m_legendTop = paintLegend(painter, m_scene, style);
    }
    QPainter painter(&m_base);
    if (m_minimap.size() != static_cast<std::size_t>(std::max(0, map.width())))
        m_minimap = density(*m_data, m_data->bounds, map.width());
    const auto window = std::pair(xOf(m_view.range.start, m_data->bounds, map.width()),
                                  xOf(m_view.range.end, m_data->bounds, map.width()));
    paintMinimap(painter, toRect(map), m_minimap, window, minimapMarks(map.width()), style);
    painter.translate(axis.topLeft());
    painter.setClipRect(QRect(QPoint(), axis.size()));
    paintAxis(painter, m_scene, axis.height(), style);
    painter.setClipping(false);
    painter.translate(-axis.topLeft() + device(headerRect()).topLeft());
    paintHeaders(painter, *m_data, m_scene, device(headerRect()).width(), layoutDirection() == Qt::RightToLeft, style);
    painter.resetTransform();
    painter.setFont(m_labels->font());
    painter.setPen(m_theme.muted);
    QString note = m_data->ordinal ? tr("order only: no times") : QString();
    if (!m_data->ordinal && m_data->untimed > 0)
        note = tr("%1 without time").arg(m_data->untimed);
    if (!note.isEmpty()) {
        const QRect corner =
            device(QRect(headerRect().left() + 6, axisRect().top(), m_headerWidth - 12, axisRect().height()));
        painter.drawText(corner, Qt::AlignVCenter | Qt::AlignLeading,
                         m_labels->metrics().elidedText(note, Qt::ElideRight, corner.width()));
    }
}

std::vector<std::pair<int, MarkKind>> TimelineCanvas::minimapMarks(int width) const
{
    std::vector<std::pair<int, MarkKind>> marks;
    for (const TimelineMark& mark : m_marks) {
        if (const auto place = m_data->place(mark.row))
            marks.emplace_back(static_cast<int>(xOf(m_data->starts[place->index], m_data->bounds, width)), mark.kind);
    }
    for (const TimelineFinding& finding : m_findings) {
        if (const auto place = m_data->place(finding.row))
            marks.emplace_back(static_cast<int>(xOf(m_data->starts[place->index], m_data->bounds, width)),
                               MarkKind::Finding);
    }
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    return marks;
}

TimelineOverlay TimelineCanvas::overlayIn(const Viewport& view) const
{
    TimelineOverlay over;
    if (!m_data)
        return over;
    over.selected = rectOf(*m_data, view, m_selection);
    over.arrows = arrowsOf(*m_data, view, m_selection);
    for (const TimelineMark& mark : m_marks) {
        const auto rect = rectOf(*m_data, view, mark.row);
        if (rect && rect->right() >= 0 && rect->x < view.width && rect->bottom() > 0 && rect->y < view.height)
            over.marks.push_back({*rect, mark.kind});
    }
    for (const PathSegment& segment : m_path) {
        auto rect = rectOf(*m_data, view, segment.row);
        if (!rect)
            continue;
        const double from = std::max(0.0, xOf(segment.range.start, view.range, view.width));
        const double to = std::min<double>(view.width, xOf(segment.range.end, view.range, view.width));
        if (from >= to || rect->bottom() < 0 || rect->y > view.height)
            continue;
        over.criticalPath.push_back(
            {static_cast<int>(from), rect->y, std::max(1, static_cast<int>(to - from)), rect->height});
    }
    if (m_range.recorded())
        over.range = std::pair(xOf(m_range.start, view.range, view.width), xOf(m_range.end, view.range, view.width));
    return over;
}

void TimelineCanvas::paintEvent(QPaintEvent*)
{
    QElapsedTimer timer;
    timer.start();
    if (m_scale != devicePixelRatioF())
        updateGeometries();
    QPainter painter(this);
    if (!m_data || m_data->empty()) {
        m_scrollBar->hide();
        paintEmpty(painter);
        return;
    }
    ensureScene();
    // All that follows counts device pixels.
    painter.scale(1 / m_scale, 1 / m_scale);
    painter.drawImage(0, 0, m_base);
    const TimelineStyle style{m_theme, *m_labels, m_scale};
    const QPoint origin(static_cast<int>(std::lround(bodyRect().x() * m_scale)),
                        static_cast<int>(std::lround(bodyRect().y() * m_scale)));
    painter.translate(origin);
    painter.setClipRect(0, 0, m_view.width, m_view.height);
    TimelineOverlay over = overlayIn(m_view);
    over.focused = hasFocus();
    if (m_hover.foldedCount == 1 && m_hover.row != m_selection)
        over.hovered = rectOf(*m_data, m_view, m_hover.row);
    if (m_pointer && bodyRect().contains(*m_pointer))
        over.hairline = toScene(*m_pointer).x();
    if (!m_marks.empty())
        paintVeil(painter, m_base, origin, m_scene, over.marks, style);
    painter.setClipRect(0, 0, m_view.width, std::min(m_legendTop, m_view.height));
    paintOverlay(painter, m_scene, over, style);
    paintFindings(painter, findingsIn(m_view, m_scale), style);
    if (m_measuring)
        paintMeasure(painter, style);
    painter.setClipRect(0, 0, m_view.width, m_view.height);
    if (hasFocus())
        paintFocusFrame(painter, QRect(0, 0, m_view.width, m_view.height), style);
    emit painted(timer.nsecsElapsed());
}

void TimelineCanvas::paintMeasure(QPainter& painter, const TimelineStyle& style)
{
    const bool dragging = m_measured.recorded() && m_measured.start != m_measured.end;
    if (!m_pointer || m_data->ordinal)
        return;
    const QPoint at = toScene(*m_pointer);
    const QString text =
        dragging ? QString::fromStdString(durationText(m_measured.end - m_measured.start))
                 : QString::fromStdString(
                       pointText(timeAtPos(*m_pointer), m_view.ticks,
                                 m_scene.viewport.origin != noTime ? m_scene.viewport.origin : m_data->bounds.start));
    const QFontMetrics& metrics = m_labels->metrics();
    const int pad = static_cast<int>(4 * m_scale);
    QRect chip(at.x() + 3 * pad, at.y() - metrics.height() - 3 * pad, metrics.horizontalAdvance(text) + 2 * pad,
               metrics.height() + pad);
    chip.moveRight(std::min(chip.right(), m_view.width - pad));
    chip.moveTop(std::max(chip.top(), pad));
    if (dragging) {
        const double from = xOf(m_measured.start, m_view.range, m_view.width);
        const double to = xOf(m_measured.end, m_view.range, m_view.width);
        painter.fillRect(QRectF(std::min(from, to), at.y(), std::abs(to - from), std::max(1.0, 2 * m_scale)),
                         m_theme.text);
        for (const double edge : {from, to})
            painter.fillRect(QRectF(edge, 0, std::max(1.0, m_scale), m_view.height), m_theme.text);
    }
    painter.fillRect(chip, style.theme.text);
    painter.setFont(m_labels->font());
    painter.setPen(m_theme.canvas);
    painter.drawText(chip, Qt::AlignCenter, text);
}

void TimelineCanvas::paintEmpty(QPainter& painter)
{
    painter.fillRect(rect(), m_theme.canvas);
    QFont title = font();
    title.setPointSizeF(title.pointSizeF() > 0 ? title.pointSizeF() * 1.4 : 14);
    QString text = m_emptyTitle;
    QString hint = m_emptyHint;
    if (m_data && m_data->untimed > 0 && hint.isEmpty())
        hint = counted(static_cast<std::int64_t>(m_data->untimed), tr("%1 span has no recorded time"),
                       tr("%1 spans have no recorded time"));
    const QRect middle = rect().adjusted(16, 16, -16, -16);
    painter.setPen(m_theme.text);
    painter.setFont(title);
    const int titleHeight = QFontMetrics(title).height();
    painter.drawText(middle.adjusted(0, 0, 0, -titleHeight), Qt::AlignCenter | Qt::TextWordWrap, text);
    painter.setFont(font());
    painter.setPen(m_theme.muted);
    painter.drawText(middle.adjusted(0, titleHeight, 0, 0), Qt::AlignCenter | Qt::TextWordWrap, hint);
    if (hasFocus())
        paintFocusFrame(painter, rect(), {m_theme, *m_labels, 1});
}

void TimelineCanvas::resizeEvent(QResizeEvent*)
{
    // A fitted view stays fitted.
    const bool fitted =
        m_data && !m_data->empty() && m_view.range == limited(m_data->bounds, m_data->bounds, m_view.width);
    updateGeometries();
    if (fitted)
        m_view.range = limited(m_data->bounds, m_data->bounds, m_view.width);
}

void TimelineCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !m_ownTheme)
        m_theme = themeFor(palette());
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::StyleChange)
        updateGeometries();
    QWidget::changeEvent(event);
}

} // namespace arcscope
