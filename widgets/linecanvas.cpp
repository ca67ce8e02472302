#include "linecanvas.h"

#include "accessibleitems.h"
#include "lineaccessible.h"
#include "plaintip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t mostPlaces = 200;

} // namespace

LineCanvas::LineCanvas(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    LineAccessible::install();
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
}

LineCanvas::~LineCanvas() = default;

void LineCanvas::linesChanged(LinePlace selected)
{
    m_hovered = {};
    m_selected = selected;
    relayOut();
    setAccessibleDescription(textOf(m_selected));
}

void LineCanvas::relayOut()
{
    if (subject()) {
        m_sizes = laidOut(viewport()->width());
        const int room = std::max(1, viewport()->height() - m_sizes.head);
        verticalScrollBar()->setPageStep(room);
        verticalScrollBar()->setSingleStep(m_sizes.scroll > 0 ? m_sizes.scroll : m_sizes.line);
        verticalScrollBar()->setRange(0, std::max(0, lines() * m_sizes.line - room));
    } else {
        verticalScrollBar()->setRange(0, 0);
    }
    viewport()->update();
}

int LineCanvas::wantedHeight() const
{
    return subject() ? m_sizes.head + lines() * m_sizes.line + 2 : minimumHeight();
}

int LineCanvas::topOf(int line) const
{
    return m_sizes.head + line * m_sizes.line - verticalScrollBar()->value();
}

QRect LineCanvas::rectOf(LinePlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    if (place.piece < 0)
        return {0, topOf(place.line), m_sizes.name > 0 ? m_sizes.name : viewport()->width(), m_sizes.line};
    for (const Piece& piece : pieces(place.line)) {
        if (piece.number == place.piece)
            return piece.rect.translated(0, topOf(place.line));
    }
    return {};
}

std::vector<LinePlace> LineCanvas::visiblePlaces() const
{
    std::vector<LinePlace> places;
    const int bottom = viewport()->height();
    for (int line = verticalScrollBar()->value() / m_sizes.line; line < lines() && topOf(line) < bottom; ++line) {
        places.push_back({line, -1});
        for (const Piece& piece : pieces(line))
            places.push_back({line, piece.number});
        if (places.size() >= mostPlaces) {
            places.resize(mostPlaces);
            break;
        }
    }
    return places;
}

LinePlace LineCanvas::placeAt(const QPoint& pos) const
{
    if (pos.y() < m_sizes.head)
        return {};
    LinePlace place{(pos.y() - m_sizes.head + verticalScrollBar()->value()) / m_sizes.line, -1};
    if (place.line >= lines())
        return {};
    if (pos.x() < m_sizes.name)
        return place;
    for (const Piece& piece : pieces(place.line)) {
        const int off = std::max(piece.rect.left() - pos.x(), pos.x() - piece.rect.right());
        if (off <= 1) // narrow ones can be met, too
            place.piece = piece.number;
        if (off <= 0)
            break;
    }
    return place;
}

void LineCanvas::setPlace(LinePlace place)
{
    if (place == m_selected || place.line >= lines())
        return;
    m_selected = place;
    reveal();
    viewport()->update();
    setAccessibleDescription(textOf(m_selected));
    if (hasFocus())
        tellFocus(*this);
}

void LineCanvas::chooseByUser(LinePlace place)
{
    if (place.line < 0)
        return;
    if (place != m_selected) {
        setPlace(place);
        emit hovered(textOf(m_selected));
    }
    emit placeChanged();
}

void LineCanvas::select(LinePlace place)
{
    if (place != m_selected)
        chooseByUser(place);
}

void LineCanvas::reveal()
{
    if (m_selected.line < 0)
        return;
    const int top = m_selected.line * m_sizes.line;
    QScrollBar& bar = *verticalScrollBar();
    if (top < bar.value())
        bar.setValue(top);
    else if (top + m_sizes.line > bar.value() + bar.pageStep())
        bar.setValue(top + m_sizes.line - bar.pageStep());
}

int LineCanvas::pieceLike(int line) const
{
    const std::vector<Piece> there = pieces(line);
    const auto same = [this](const Piece& piece) { return piece.number == m_selected.piece; };
    return std::any_of(there.begin(), there.end(), same) ? m_selected.piece : -1;
}

LinePlace LineCanvas::beside(int step) const
{
    const std::vector<Piece> here = pieces(m_selected.line);
    const int last = static_cast<int>(here.size()) - 1;
    int at = last;
    while (at >= 0 && here[static_cast<std::size_t>(at)].number != m_selected.piece)
        --at;
    at = std::clamp(at + step, -1, last);
    return {m_selected.line, at < 0 ? -1 : here[static_cast<std::size_t>(at)].number};
}

LinePlace LineCanvas::inLine(int line) const
{
    line = std::clamp(line, 0, lines() - 1);
    return line == m_selected.line ? m_selected : LinePlace{line, m_selected.piece < 0 ? -1 : pieceLike(line)};
}

void LineCanvas::keyPressEvent(QKeyEvent* event)
{
    if (m_selected.line < 0 || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const int line = m_selected.line;
    const int page = std::max(1, verticalScrollBar()->pageStep() / m_sizes.line);
    switch (event->key()) {
    case Qt::Key_Up:
        return select(inLine(line - 1));
    case Qt::Key_Down:
        return select(inLine(line + 1));
    case Qt::Key_PageUp:
        return select(inLine(line - page));
    case Qt::Key_PageDown:
        return select(inLine(line + page));
    case Qt::Key_Left:
        return select(beside(-1));
    case Qt::Key_Right:
        return select(beside(1));
    case Qt::Key_Home:
        return select({line, -1});
    case Qt::Key_End: {
        const std::vector<Piece> here = pieces(line);
        return select({line, here.empty() ? -1 : here.back().number});
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        emit activated();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LineCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton || event->button() == Qt::RightButton) // whose menu is of what is there
        chooseByUser(placeAt(event->pos()));
}

void LineCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && placeAt(event->pos()) == m_selected && m_selected.line >= 0)
        emit activated();
}

void LineCanvas::mouseMoveEvent(QMouseEvent* event)
{
    hover(placeAt(event->pos()));
}

void LineCanvas::hover(LinePlace place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
    emit hovered(textOf(place));
}

bool LineCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        hover({});
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), plainTip(textOf(placeAt(help->pos()))), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LineCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    const Theme& theme = themeFor(palette());
    if (!subject()) {
        painter.fillRect(viewport()->rect(), theme.canvas);
        painter.setPen(theme.muted);
        const int inset = fontMetrics().height();
        painter.drawText(viewport()->rect().adjusted(inset, 0, -inset, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         textOf({}));
        return;
    }
    if (!m_labels || m_labels->font() != font())
        m_labels = std::make_unique<LabelCache>(font());
    const TimelineStyle style{theme, *m_labels};
    const int height = viewport()->height() - m_sizes.head;
    painter.save();
    painter.translate(0, m_sizes.head);
    painter.setClipRect(0, 0, viewport()->width(), std::max(0, height));
    paintLines(painter, verticalScrollBar()->value(), height, {m_selected, m_hovered, hasFocus()}, style);
    painter.restore();
    paintHead(painter, style);
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect(), style);
}

void LineCanvas::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayOut();
}

void LineCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        m_labels.reset();
        relayOut();
    }
}

void LineCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LineCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LineCanvas::scrollContentsBy(int, int)
{
    viewport()->update();
}

} // namespace arcscope
