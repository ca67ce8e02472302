#include "lenschartview.h"

#include "accessibleitems.h"
#include "canvasaccessible.h"
#include "chartlegend.h"
#include "displaytext.h"

#include <QChart>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace arcscope
{
namespace
{

/// A press that moves less than this is a click.
constexpr int leastBox = 6;

} // namespace

LensChartView::LensChartView(QWidget* parent)
    : QChartView(parent)
{
    installChartAccessible();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setRenderHint(QPainter::Antialiasing);
    setRubberBand(QChartView::NoRubberBand);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
}

LensChartView::~LensChartView() = default;

void LensChartView::setSource(LensChart chart, const QString& sentence)
{
    m_source = std::move(chart);
    m_marks = {};
    m_marks.focused = hasFocus();
    setAccessibleName(oneLine(m_source.title, 120));
    setAccessibleDescription(sentence);
    remake();
    updateGeometry();
}

void LensChartView::remake()
{
    QChart* const before = chart();
    m_made = makeChart(m_source, themeFor(palette()), font(), size());
    setChart(m_made.chart);
    delete before;
    setBackgroundBrush(themeFor(palette()).canvas);
    m_placed = {};
    viewport()->update();
}

const std::vector<ChartPiece>& LensChartView::pieces() const
{
    if (!m_made.chart)
        return m_pieces;
    const QRectF area = m_made.carrier ? m_made.chart->plotArea() : m_made.chart->rect();
    if (area != m_placed) {
        m_pieces = chartPieces(m_source, m_made);
        m_placed = area;
    }
    return m_pieces;
}

void LensChartView::drawForeground(QPainter* painter, const QRectF&)
{
    if (!m_made.chart)
        return;
    painter->save();
    painter->translate(m_made.chart->pos());
    paintChartMarks(*painter, m_source, m_made, pieces(), m_marks, themeFor(palette()), font());
    painter->restore();
}

QPointF LensChartView::inChart(const QPoint& pos) const
{
    return mapToScene(pos) - (m_made.chart ? m_made.chart->pos() : QPointF());
}

int LensChartView::pieceAt(const QPoint& pos) const
{
    const QPointF at = inChart(pos);
    int nearest = -1;
    double least = 0;
    for (std::size_t i = 0; i < pieces().size(); ++i) {
        const QRectF& rect = m_pieces[i].rect;
        if (rect.isEmpty() || !rect.adjusted(-2, -2, 2, 2).contains(at))
            continue;
        const double distance = QLineF(rect.center(), at).length();
        if (nearest < 0 || distance < least) {
            nearest = static_cast<int>(i);
            least = distance;
        }
    }
    return nearest;
}

QRect LensChartView::rectOf(int piece) const
{
    const QRectF rect = pieces()[static_cast<std::size_t>(piece)].rect.translated(m_made.chart->pos());
    return QRect(mapFromScene(rect.topLeft()), mapFromScene(rect.bottomRight()));
}

void LensChartView::select(int piece)
{
    m_marks.selected = piece;
    if (piece >= 0) {
        const QString text = pieceText(m_source, m_pieces[static_cast<std::size_t>(piece)]);
        setAccessibleDescription(text);
        if (hasFocus())
            tellFocus(*this);
        emit hovered(text);
    }
    viewport()->update();
}

void LensChartView::step(int by)
{
    const int count = static_cast<int>(pieces().size());
    int next = m_marks.selected < 0 ? (by > 0 ? -1 : count) : m_marks.selected;
    do
        next += by > 0 ? 1 : -1;
    while (next >= 0 && next < count && m_pieces[static_cast<std::size_t>(next)].rect.isEmpty());
    if (next >= 0 && next < count)
        select(next);
}

std::vector<int> LensChartView::piecesIn(const QRectF& box) const
{
    std::vector<int> touched;
    for (std::size_t i = 0; i < pieces().size(); ++i) {
        if (!m_pieces[i].rect.isEmpty() && m_pieces[i].rect.intersects(box))
            touched.push_back(static_cast<int>(i));
    }
    return touched;
}

std::vector<Row> LensChartView::spansOf(const std::vector<int>& wanted) const
{
    std::vector<Row> spans;
    for (const int piece : wanted) {
        const std::vector<Row>& its = pieceSpans(m_source, pieces()[static_cast<std::size_t>(piece)]);
        spans.insert(spans.end(), its.begin(), its.end());
    }
    std::sort(spans.begin(), spans.end());
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
    return spans;
}

std::vector<Row> LensChartView::spansIn(const QRectF& box) const
{
    return spansOf(piecesIn(box));
}

std::vector<Row> LensChartView::allSpans() const
{
    std::vector<int> all(pieces().size());
    std::iota(all.begin(), all.end(), 0);
    return spansOf(all);
}

void LensChartView::clearBox()
{
    m_marks.box = {};
    viewport()->update();
}

QSize LensChartView::sizeHint() const
{
    return {480, chartHeight(m_source, font())};
}

QSize LensChartView::minimumSizeHint() const
{
    // A long legend leaves the chart its room.
    const int line = fontMetrics().height();
    const int legend = std::max(0, chartLegend(m_source, fontMetrics(), std::max(240, width())).height - 3 * line);
    // Below 200 pixels Qt leaves out the names of axes.
    return {240, std::max(200, chartHeight(m_source, font())) + legend};
}

void LensChartView::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
    // Another size has room for another number of marks.
    const QSize now = event->size() / 40;
    if (m_made.chart && now != event->oldSize() / 40)
        remake();
}

void LensChartView::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (m_made.chart && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)) {
        remake();
        updateGeometry();
    }
}

void LensChartView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        step(-1);
        return;
    case Qt::Key_Right:
    case Qt::Key_Down:
        step(1);
        return;
    case Qt::Key_Home:
        m_marks.selected = -1;
        step(1);
        return;
    case Qt::Key_End:
        m_marks.selected = -1;
        step(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_marks.selected >= 0)
            emit activated(m_marks.selected);
        return;
    case Qt::Key_D:
        if (m_marks.selected >= 0 && event->modifiers() == Qt::NoModifier) {
            const QRectF around = pieces()[static_cast<std::size_t>(m_marks.selected)].rect;
            m_marks.box = around.width() > 6 && around.height() > 6 ? around.adjusted(2, 2, -2, -2) : around;
            viewport()->update();
            tellBox();
            return;
        }
        break;
    case Qt::Key_Escape:
        if (std::exchange(m_pressing, false)) {
            m_marks.box = m_pressedBox;
            viewport()->update();
            return;
        }
        if (!m_marks.box.isEmpty()) {
            clearBox();
            return;
        }
        break;
    default:
        break;
    }
    event->ignore(); // it is for the view around; QGraphicsView would scroll
}

/// What Escape takes back here comes before what it is a shortcut for around it.
bool LensChartView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape &&
        (m_pressing || !m_marks.box.isEmpty())) {
        event->accept();
        return true;
    }
    return QChartView::event(event);
}

void LensChartView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason);
    m_pressed = event->pos();
    m_pressedBox = m_marks.box;
    m_pressing = true;
    m_dragging = false;
}

void LensChartView::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) {
        if (!m_pressing)
            return;
        m_dragging = m_dragging || (event->pos() - m_pressed).manhattanLength() >= leastBox;
        if (m_dragging) {
            m_marks.box = QRectF(inChart(m_pressed), inChart(event->pos())).normalized();
            viewport()->update();
        }
        return;
    }
    const int piece = pieceAt(event->pos());
    if (piece == m_marks.hovered)
        return;
    m_marks.hovered = piece;
    const QString text = piece < 0 ? QString() : pieceText(m_source, m_pieces[static_cast<std::size_t>(piece)]);
    viewport()->setToolTip(text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()));
    emit hovered(text);
    viewport()->update();
}

void LensChartView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_pressing, false))
        return;
    if (!m_dragging) {
        m_marks.box = {};
        select(pieceAt(event->pos()));
        return;
    }
    m_dragging = false;
    tellBox();
}

void LensChartView::tellBox()
{
    const std::vector<int> touched = piecesIn(m_marks.box);
    emit boxDrawn(spansOf(touched),
                  counted(static_cast<qint64>(touched.size()), tr("%1 value of “%2”"), tr("%1 values of “%2”"))
                      .arg(oneLine(m_source.title, 60)));
}

void LensChartView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int piece = pieceAt(event->pos()); piece >= 0) {
        select(piece);
        emit activated(piece);
    }
}

void LensChartView::leaveEvent(QEvent* event)
{
    QChartView::leaveEvent(event);
    m_marks.hovered = -1;
    viewport()->update();
    emit hovered({});
}

void LensChartView::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    m_marks.focused = true;
    viewport()->update();
}

void LensChartView::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    m_marks.focused = false;
    viewport()->update();
}

} // namespace arcscope
