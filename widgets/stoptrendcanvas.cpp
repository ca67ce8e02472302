#include "stoptrendcanvas.h"

#include "displaytext.h"
#include "stopwords.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace arcscope
{

StopTrendCanvas::StopTrendCanvas(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumHeight(fontMetrics().height() * 4);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("What groups of calls stopped for"));
}

StopTrendCanvas::~StopTrendCanvas() = default;

void StopTrendCanvas::setOverview(StopOverviewPtr overview)
{
    std::optional<std::string> before;
    m_byUser = m_byUser && m_overview && overview && m_overview->by == overview->by;
    if (m_byUser && m_selected.line >= 0)
        before = line(m_selected.line).name;
    const auto bucket = m_selected.bucket;
    m_overview = std::move(overview);
    m_hovered = {};
    m_selected = {lines() > 0 ? 0 : -1, std::nullopt};
    for (int i = 0; before && i < lines(); ++i) {
        if (line(i).name == *before)
            m_selected = {i, bucket && !line(i)[*bucket].rows.empty() ? bucket : std::nullopt};
    }
    if (m_overview)
        setAccessibleName(tr("What calls stopped for, by %1").arg(groupingText(m_overview->by).toLower()));
    relayOut();
    setAccessibleDescription(textOf(m_selected));
}

void StopTrendCanvas::relayOut()
{
    if (m_overview) {
        m_layout = layOut(*m_overview, viewport()->width(), fontMetrics());
        const int room = std::max(1, viewport()->height() - m_layout.legend);
        verticalScrollBar()->setPageStep(room);
        verticalScrollBar()->setSingleStep(m_layout.row);
        verticalScrollBar()->setRange(0, std::max(0, lines() * m_layout.row - room));
    }
    viewport()->update();
}

int StopTrendCanvas::wantedHeight() const
{
    return m_overview ? m_layout.legend + lines() * m_layout.row + 2 : minimumHeight();
}

int StopTrendCanvas::topOf(int index) const
{
    return m_layout.legend + index * m_layout.row - verticalScrollBar()->value();
}

QRect StopTrendCanvas::rectOf(StopTrendPlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    if (!place.bucket)
        return {0, topOf(place.line), m_layout.header, m_layout.row};
    for (const auto& [bucket, rect] : m_layout.pieces(line(place.line), topOf(place.line))) {
        if (bucket == *place.bucket)
            return rect;
    }
    return {};
}

StopTrendPlace StopTrendCanvas::placeAt(const QPoint& pos) const
{
    if (!m_overview || pos.y() < m_layout.legend)
        return {};
    StopTrendPlace place{(pos.y() - m_layout.legend + verticalScrollBar()->value()) / m_layout.row, std::nullopt};
    if (place.line >= lines())
        return {};
    for (const auto& [bucket, rect] : m_layout.pieces(line(place.line), topOf(place.line))) {
        if (pos.x() >= rect.left() && pos.x() <= rect.right())
            place.bucket = bucket;
    }
    return place;
}

std::vector<Row> StopTrendCanvas::rowsAt(StopTrendPlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    return place.bucket ? line(place.line)[*place.bucket].rows : line(place.line).rows(false, *m_overview->of);
}

QString StopTrendCanvas::textOf(StopTrendPlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    const StopLine& of = line(place.line);
    const QString calls = counted(static_cast<qint64>(of.calls), tr("%1 call"), tr("%1 calls"));
    const auto disagreeing = [](std::uint64_t count) {
        return count == 0
                   ? QString()
                   : tr(", %1 where the vendor's word says something else").arg(countText(static_cast<qint64>(count)));
    };
    if (!place.bucket)
        return tr("%1: %2").arg(trendName(of), calls) + disagreeing(of.disagreeing);
    const StopLine::Cell& cell = of[*place.bucket];
    return tr("%1, %2: %3 of %4 (%5)")
               .arg(trendName(of), bucketText(*place.bucket), countText(static_cast<qint64>(cell.rows.size())), calls,
                    shareText(cell.rows.size(), of.calls)) +
           disagreeing(cell.disagreeing);
}

void StopTrendCanvas::setPlace(StopTrendPlace place)
{
    if (place == m_selected || place.line >= lines())
        return;
    m_selected = place;
    reveal();
    viewport()->update();
    setAccessibleDescription(textOf(m_selected));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void StopTrendCanvas::select(StopTrendPlace place)
{
    if (place.line < 0 || place == m_selected)
        return;
    m_byUser = true;
    setPlace(place);
    emit hovered(textOf(m_selected));
    emit placeChanged();
}

void StopTrendCanvas::reveal()
{
    if (m_selected.line < 0)
        return;
    const int top = m_selected.line * m_layout.row;
    QScrollBar& bar = *verticalScrollBar();
    if (top < bar.value())
        bar.setValue(top);
    else if (top + m_layout.row > bar.value() + bar.pageStep())
        bar.setValue(top + m_layout.row - bar.pageStep());
}

StopTrendPlace StopTrendCanvas::beside(int step) const
{
    const auto pieces = m_layout.pieces(line(m_selected.line), 0);
    int at = -1;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (m_selected.bucket == pieces[i].first)
            at = static_cast<int>(i);
    }
    at = std::clamp(at + step, -1, static_cast<int>(pieces.size()) - 1);
    return {m_selected.line, at < 0 ? std::nullopt : std::optional(pieces[static_cast<std::size_t>(at)].first)};
}

StopTrendPlace StopTrendCanvas::inLine(int index) const
{
    index = std::clamp(index, 0, lines() - 1);
    const bool has = m_selected.bucket && !line(index)[*m_selected.bucket].rows.empty();
    return {index, has ? m_selected.bucket : std::nullopt};
}

void StopTrendCanvas::keyPressEvent(QKeyEvent* event)
{
    if (m_selected.line < 0 || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const int page = std::max(1, verticalScrollBar()->pageStep() / std::max(1, m_layout.row));
    switch (event->key()) {
    case Qt::Key_Up:
        return select(inLine(m_selected.line - 1));
    case Qt::Key_Down:
        return select(inLine(m_selected.line + 1));
    case Qt::Key_PageUp:
        return select(inLine(m_selected.line - page));
    case Qt::Key_PageDown:
        return select(inLine(m_selected.line + page));
    case Qt::Key_Left:
        return select(beside(-1));
    case Qt::Key_Right:
        return select(beside(1));
    case Qt::Key_Home:
        return select({m_selected.line, std::nullopt});
    case Qt::Key_End:
        return select(beside(stopBucketCount));
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        emit activated();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void StopTrendCanvas::mousePressEvent(QMouseEvent* event)
{
    const StopTrendPlace place = placeAt(event->pos());
    if (event->button() != Qt::LeftButton || place.line < 0)
        return;
    if (place == m_selected)
        emit placeChanged(); // another list may be shown
    else
        select(place);
}

void StopTrendCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && placeAt(event->pos()) == m_selected && m_selected.line >= 0)
        emit activated();
}

void StopTrendCanvas::mouseMoveEvent(QMouseEvent* event)
{
    hover(placeAt(event->pos()));
}

void StopTrendCanvas::hover(StopTrendPlace place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
    emit hovered(textOf(place));
}

bool StopTrendCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        hover({});
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), textOf(placeAt(help->pos())).toHtmlEscaped(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void StopTrendCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    const Theme& theme = themeFor(palette());
    if (!m_overview) {
        painter.fillRect(viewport()->rect(), theme.canvas);
        return;
    }
    if (!m_labels || m_labels->font() != font())
        m_labels = std::make_unique<LabelCache>(font());
    const TimelineStyle style{theme, *m_labels};
    const int height = viewport()->height() - m_layout.legend;
    painter.save();
    painter.translate(0, m_layout.legend);
    painter.setClipRect(0, 0, m_layout.width, std::max(0, height));
    paintStopTrend(painter, *m_overview, m_layout, verticalScrollBar()->value(), height,
                   {m_selected, m_hovered, hasFocus()}, style);
    painter.restore();
    paintStopLegend(painter, *m_overview, m_layout, style);
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect(), style);
}

void StopTrendCanvas::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayOut();
}

void StopTrendCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        m_labels.reset();
        relayOut();
    }
}

void StopTrendCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void StopTrendCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void StopTrendCanvas::scrollContentsBy(int, int)
{
    viewport()->update();
}

} // namespace arcscope
