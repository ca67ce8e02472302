#include "arccanvas.h"

#include "accessibleitems.h"
#include "arcwords.h"
#include "canvasaccessible.h"
#include "displaytext.h"
#include "timelinetext.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr double mostZoom = 64;
constexpr std::size_t mostItems = 200;
/// Proposed stitches that are drawn; all are listed.
constexpr std::size_t mostLanes = 4;
constexpr int bandHeight = 28;
constexpr int bendHeight = 14;
constexpr int stepSide = 16;
/// Pixels that are drawn without being zoomed to.
constexpr int mostNatural = 30'000;

} // namespace

ArcCanvas::ArcCanvas(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    installArcAccessibles();
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setMinimumHeight(fontMetrics().height() * 3);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Steps of the arc"));
}

ArcCanvas::~ArcCanvas() = default;

void ArcCanvas::setArc(ArcsPtr of, std::uint32_t arc)
{
    const std::string key = of ? arcKey(of->arcs, arc) : std::string();
    const bool same = !key.empty() && key == m_key;
    m_of = std::move(of);
    m_arc = arc;
    m_key = key;
    m_ribbons.clear();
    m_links.clear();
    m_reading.reset();
    m_hovered = RibbonPiece::none;
    if (!same) {
        m_zoom = 1;
        m_step = RibbonPiece::none;
    }
    if (m_of) {
        m_ribbons.push_back(ribbonOf(m_of->arcs, arc));
        for (const LensMarker& mark : m_of->marks)
            m_ribbons.front().changes.push_back(static_cast<Nanos>(mark.x));
        for (std::uint32_t i = 0; i < m_of->arcs.stitches.size(); ++i) {
            const ArcStitch& stitch = m_of->arcs.stitches[i];
            if (stitch.earlier != arc && stitch.later != arc)
                continue;
            const bool later = stitch.earlier == arc;
            RibbonLink link{i, RibbonPiece::none, later};
            if (m_ribbons.size() <= mostLanes) {
                link.lane = static_cast<std::uint32_t>(m_ribbons.size());
                m_ribbons.push_back(ribbonOf(m_of->arcs, later ? stitch.later : stitch.earlier));
            }
            m_links.push_back(link);
        }
        if (m_step >= m_ribbons.front().steps.size())
            m_step = RibbonPiece::none;
    }
    relayOut();
}

void ArcCanvas::setReading(ArcReadingPtr reading)
{
    if (!m_of || !reading || reading->arc != m_arc)
        return;
    m_reading = std::move(reading);
    relayOut();
}

void ArcCanvas::setScale(RibbonScale scale)
{
    m_scale = scale;
    relayOut();
}

void ArcCanvas::relayOut()
{
    const int line = fontMetrics().height();
    RibbonViewport view;
    view.scale = m_scale;
    view.laneHeight = bandHeight + bendHeight;
    view.bendRoom = bendHeight;
    view.laneGap = (m_reading && !m_reading->words.empty() ? 4 : 3) * line + 6;
    view.step = stepSide;
    view.fold = 40;
    view.slot = std::max(46, fontMetrics().averageCharWidth() * 11);
    view.margin = 10;
    view.width = std::max(60, static_cast<int>(naturalWidth() * m_zoom));
    m_scene = layOut(m_ribbons, m_links, view);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(40);
    horizontalScrollBar()->setRange(0, std::max(0, view.width - viewport()->width()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(line);
    verticalScrollBar()->setRange(0, std::max(0, wantedHeight() - viewport()->height()));
    viewport()->update();
}

/// Of time what is in sight; in order as much as tells all steps apart, to be scrolled.
int ArcCanvas::naturalWidth() const
{
    if (m_ribbons.empty() || (m_scale != RibbonScale::Turns && m_ribbons.front().timed))
        return viewport()->width();
    RibbonViewport view;
    view.slot = stepSide + 6;
    view.step = stepSide;
    return std::max(viewport()->width(), std::min(wantedWidth(m_ribbons, view), mostNatural));
}

double ArcCanvas::leastZoom() const
{
    return std::min(1.0, static_cast<double>(viewport()->width()) / std::max(1, naturalWidth()));
}

int ArcCanvas::wantedHeight() const
{
    const int line = fontMetrics().height();
    return line + 4 + m_scene.height + m_scene.viewport.laneGap;
}

QPoint ArcCanvas::origin() const
{
    return {-horizontalScrollBar()->value(), fontMetrics().height() + 4 - verticalScrollBar()->value()};
}

std::uint32_t ArcCanvas::stepCount() const
{
    return m_ribbons.empty() ? 0 : static_cast<std::uint32_t>(m_ribbons.front().steps.size());
}

std::uint32_t ArcCanvas::eventOf(std::uint32_t step) const
{
    return m_ribbons.front().steps[step].event;
}

std::uint32_t ArcCanvas::stepOf(std::uint32_t event) const
{
    for (std::uint32_t i = 0; i < stepCount(); ++i) {
        if (eventOf(i) == event)
            return i;
    }
    return RibbonPiece::none;
}

void ArcCanvas::setStep(std::uint32_t step)
{
    if (step == m_step || (step != RibbonPiece::none && step >= stepCount()))
        return;
    m_step = step;
    reveal(step);
    viewport()->update();
    if (hasFocus())
        tellFocus(*this);
}

void ArcCanvas::chooseByUser(std::uint32_t step)
{
    if (step >= stepCount())
        return;
    setStep(step);
    emit hovered(stepName(step));
    emit stepChosen(step);
}

void ArcCanvas::reveal(std::uint32_t step)
{
    const RibbonPiece* const piece = step == RibbonPiece::none ? nullptr : pieceOf(m_scene, 0, step);
    if (!piece)
        return;
    QScrollBar& bar = *horizontalScrollBar();
    if (piece->rect.x - 20 < bar.value())
        bar.setValue(piece->rect.x - 20);
    else if (piece->rect.right() + 20 > bar.value() + bar.pageStep())
        bar.setValue(piece->rect.right() + 20 - bar.pageStep());
}

QRect ArcCanvas::stepRect(std::uint32_t step) const
{
    const RibbonPiece* const piece = pieceOf(m_scene, 0, step);
    if (!piece)
        return {};
    const Rect& r = piece->rect;
    return QRect(r.x, r.y, r.width, r.height).translated(origin()) & viewport()->rect();
}

QRect ArcCanvas::stitchRect(std::uint32_t stitch) const
{
    for (const RibbonPiece& piece : m_scene.pieces) {
        if (piece.part == RibbonPart::Stitch && piece.to == stitch)
            return QRect(piece.rect.x, piece.rect.y, piece.rect.width, piece.rect.height).translated(origin());
    }
    return {};
}

std::vector<std::uint32_t> ArcCanvas::visibleSteps() const
{
    std::vector<std::uint32_t> steps;
    for (const RibbonPiece& piece : m_scene.pieces) {
        if ((piece.part != RibbonPart::Step && piece.part != RibbonPart::Block) || piece.lane != 0 ||
            stepRect(piece.first).isEmpty())
            continue;
        for (std::uint32_t i = 0; i < piece.count && steps.size() < mostItems; ++i)
            steps.push_back(piece.first + i);
    }
    return steps;
}

QString ArcCanvas::stepName(std::uint32_t step) const
{
    return step < stepCount() ? eventSummary(*m_of, eventOf(step)) : QString();
}

QString ArcCanvas::stepDetails(std::uint32_t step) const
{
    if (step >= stepCount())
        return {};
    QStringList lines;
    const RibbonStep& at = m_ribbons.front().steps[step];
    if (const QString where = stretchText(*m_of, m_ribbons.front().stretches[at.stretch].row); !where.isEmpty())
        lines << where;
    if (const std::uint32_t to = takenUp(m_ribbons.front(), step); to != RibbonPiece::none)
        lines << tr("takes up step %1, %2").arg(to + 1).arg(stepText(m_ribbons.front().steps[to].step));
    if (m_reading) {
        for (const ArcQuote& quote : m_reading->quotes) {
            if (quote.event == at.event && !quote.text.isEmpty())
                lines << oneLine(quote.text.toStdString());
        }
        for (const ArcWords& words : m_reading->words) {
            if (words.event == at.event)
                lines << tr("signal of frustration: \u201c%1\u201d (%2)").arg(words.words, words.rule);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString ArcCanvas::summary() const
{
    return m_of ? arcSummary(*m_of, m_arc) : QString();
}

const RibbonPiece* ArcCanvas::pieceAt(const QPoint& pos) const
{
    const QPoint at = pos - origin();
    return hitTest(m_scene, at.x(), at.y(), 3);
}

/// Of a block the step that lies nearest, as far as the block is wide.
std::uint32_t ArcCanvas::stepAt(const RibbonPiece& piece, const QPoint& pos) const
{
    const int x = pos.x() - origin().x() - piece.rect.x;
    const auto nth = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(std::int64_t{x} * piece.count / std::max(1, piece.rect.width), 0, piece.count - 1));
    return piece.first + nth;
}

QString ArcCanvas::textOf(const RibbonPiece& piece) const
{
    const auto length = [](Nanos of) { return of < 0 ? tr("not recorded") : QString::fromStdString(durationText(of)); };
    if (piece.part == RibbonPart::Stitch && piece.to < m_of->arcs.stitches.size())
        return stitchText(*m_of, m_of->arcs.stitches[piece.to], m_arc);
    if (piece.lane >= m_ribbons.size())
        return {};
    const ArcRibbon& ribbon = m_ribbons[piece.lane];
    const QString before = piece.lane == 0 ? QString() : tr("Proposed: %1\n").arg(arcName(*m_of, ribbon.arc));
    switch (piece.part) {
    case RibbonPart::Stretch: {
        const RibbonStretch& stretch = ribbon.stretches[piece.first];
        const QString name = stretchText(*m_of, stretch.row);
        return before + tr("%1, %2: %3")
                            .arg(name.isEmpty() ? tr("session and device not recorded") : name, joinText(stretch.join),
                                 timeText(stretch.time.start));
    }
    case RibbonPart::Pause:
        return before + tr("pause of %1").arg(length(piece.length));
    case RibbonPart::Fold:
        return before +
               (m_scene.ordinal ? tr("pause of %1") : tr("pause of %1, not to scale")).arg(length(piece.length));
    case RibbonPart::Work:
        return before + tr("%1 until the answer").arg(length(piece.length));
    case RibbonPart::Handover:
        return before + (piece.otherDevice ? tr("goes on on another device: %1") : tr("goes on in another session: %1"))
                            .arg(stretchText(*m_of, ribbon.stretches[piece.first + 1].row));
    case RibbonPart::Bend:
    case RibbonPart::Step:
        return before + eventSummary(*m_of, ribbon.steps[piece.first].event) +
               (piece.untimed ? QLatin1Char('\n') + tr("Its place between the steps beside it is not recorded.")
                              : QString());
    case RibbonPart::Block:
        return before + tr("%1 steps, too close to be drawn: zoom in with W").arg(piece.count);
    case RibbonPart::End:
        return before + outcomeWithSource(*m_of, ribbon.arc) + QLatin1Char('\n') + outcomeMeaning(ribbon.outcome);
    case RibbonPart::Change: {
        const LensMarker& mark = m_of->marks[piece.first];
        return tr("%1 %2 is new from %3 on")
            .arg(oneLine(mark.kind, 20), oneLine(mark.label, 80), timeText(static_cast<Nanos>(mark.x)));
    }
    case RibbonPart::Stitch:
        break;
    }
    return {};
}

void ArcCanvas::zoomBy(double factor)
{
    if (!m_of)
        return;
    const double wide = std::max(1, m_scene.viewport.width);
    // What is selected stays in place where it is seen, else the middle.
    double fixed = horizontalScrollBar()->value() + viewport()->width() / 2.0;
    if (const QRect rect = m_step == RibbonPiece::none ? QRect() : stepRect(m_step); !rect.isEmpty())
        fixed = horizontalScrollBar()->value() + rect.center().x();
    const double share = fixed / wide;
    const double at = fixed - horizontalScrollBar()->value();
    const double before = m_zoom;
    m_zoom = std::clamp(m_zoom * factor, leastZoom(), mostZoom);
    if (m_zoom == before)
        return;
    relayOut();
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(share * m_scene.viewport.width - at)));
}

void ArcCanvas::fit()
{
    m_zoom = leastZoom();
    relayOut();
}

void ArcCanvas::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayOut();
}

void ArcCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        m_labels.reset();
        relayOut();
    }
}

void ArcCanvas::mousePressEvent(QMouseEvent* event)
{
    const RibbonPiece* const piece = event->button() == Qt::LeftButton && m_of ? pieceAt(event->pos()) : nullptr;
    if (!piece)
        return;
    if (piece->part == RibbonPart::Stitch)
        emit stitchChosen(piece->to);
    else if (piece->lane > 0 && piece->lane <= m_links.size())
        emit stitchChosen(m_links[piece->lane - 1].stitch);
    else if (piece->part == RibbonPart::Step || piece->part == RibbonPart::Block)
        chooseByUser(stepAt(*piece, event->pos()));
    else if (piece->part == RibbonPart::Bend || piece->part == RibbonPart::Work)
        chooseByUser(piece->first);
}

void ArcCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const RibbonPiece* const piece = event->button() == Qt::LeftButton && m_of ? pieceAt(event->pos()) : nullptr;
    if (piece && piece->lane == 0 && m_step != RibbonPiece::none &&
        (piece->part == RibbonPart::Step || piece->part == RibbonPart::Block))
        emit activated(m_step);
}

void ArcCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const RibbonPiece* const piece = m_of ? pieceAt(event->pos()) : nullptr;
    const bool step = piece && piece->lane == 0 && piece->part == RibbonPart::Step;
    const std::uint32_t before = std::exchange(m_hovered, step ? piece->first : RibbonPiece::none);
    if (before != m_hovered)
        viewport()->update();
    emit hovered(piece ? textOf(*piece).replace(QLatin1Char('\n'), QStringLiteral("  \u00b7  ")) : QString());
}

bool ArcCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        m_hovered = RibbonPiece::none;
        viewport()->update();
        emit hovered({});
    } else if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const RibbonPiece* const piece = m_of ? pieceAt(help->pos()) : nullptr;
        if (piece)
            QToolTip::showText(help->globalPos(), tooltipText(textOf(*piece)), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ArcCanvas::wheelEvent(QWheelEvent* event)
{
    if ((event->modifiers() & Qt::ControlModifier) != 0) {
        zoomBy(event->angleDelta().y() > 0 ? 1.25 : 0.8);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void ArcCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!m_of || stepCount() == 0 || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const std::uint32_t last = stepCount() - 1;
    const std::uint32_t at = m_step == RibbonPiece::none ? 0 : m_step;
    QScrollBar& bar = *horizontalScrollBar();
    switch (event->key()) {
    case Qt::Key_Left:
        return chooseByUser(m_step == RibbonPiece::none || at == 0 ? 0 : at - 1);
    case Qt::Key_Right:
        return chooseByUser(m_step == RibbonPiece::none ? 0 : std::min(at + 1, last));
    case Qt::Key_Home:
        return chooseByUser(0);
    case Qt::Key_End:
        return chooseByUser(last);
    case Qt::Key_W:
        return zoomBy(1.5);
    case Qt::Key_S:
        return zoomBy(1 / 1.5);
    case Qt::Key_0:
        return fit();
    case Qt::Key_A:
        return bar.setValue(bar.value() - viewport()->width() / 4);
    case Qt::Key_D:
        return bar.setValue(bar.value() + viewport()->width() / 4);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_step != RibbonPiece::none)
            emit activated(m_step);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void ArcCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ArcCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void ArcCanvas::scrollContentsBy(int, int)
{
    viewport()->update();
}

QString scaleText(RibbonScale scale)
{
    switch (scale) {
    case RibbonScale::Time:
        return ArcCanvas::tr("To scale");
    case RibbonScale::Folded:
        return ArcCanvas::tr("Pauses folded");
    case RibbonScale::Turns:
        break;
    }
    return ArcCanvas::tr("By turn");
}

} // namespace arcscope
