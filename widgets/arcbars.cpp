#include "arcbars.h"

#include "accessibleitems.h"
#include "arclistmodel.h"
#include "canvasaccessible.h"
#include "displaytext.h"
#include "outcomesign.h"
#include "stopwords.h"
#include "timelinepainter.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr int cells = arcOutcomeCount;
constexpr int pad = 8;
constexpr int barHeight = 7;
/// Of a cell, in characters.
constexpr int leastWidth = 26;

} // namespace

ArcBars::ArcBars(QWidget* parent)
    : QWidget(parent)
{
    installArcAccessibles();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("What became of the arcs"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFixedHeight(heightFor(width()));
}

void ArcBars::setListing(ListingPtr listing)
{
    m_listing = std::move(listing);
    update();
}

void ArcBars::setMeasure(ArcMeasure measure)
{
    m_measure = measure;
    update();
}

int ArcBars::columns(int width) const
{
    return std::clamp((width - pad) / (leastWidth * fontMetrics().averageCharWidth() + pad), 1, cells);
}

int ArcBars::cellHeight() const
{
    return fontMetrics().height() + barHeight + 9;
}

int ArcBars::heightFor(int width) const
{
    const int across = columns(width);
    return (cells + across - 1) / across * cellHeight() + 4;
}

QSize ArcBars::sizeHint() const
{
    const int wide = cells * (leastWidth * fontMetrics().averageCharWidth() + pad) + pad;
    return {wide, heightFor(wide)};
}

QRect ArcBars::cell(int index) const
{
    const int across = columns(width());
    const int wide = (width() - pad) / across;
    return QStyle::visualRect(
        layoutDirection(), rect(),
        {pad + index % across * wide, 2 + index / across * cellHeight(), wide - pad, cellHeight()});
}

QRect ArcBars::rectOf(ArcOutcome outcome) const
{
    const auto& order = shownOutcomes();
    return cell(static_cast<int>(std::find(order.begin(), order.end(), outcome) - order.begin()));
}

int ArcBars::cellAt(const QPoint& pos) const
{
    for (int i = 0; i < cells; ++i) {
        if (cell(i).contains(pos))
            return i;
    }
    return -1;
}

QString ArcBars::valueText(ArcOutcome outcome) const
{
    const auto at = static_cast<std::size_t>(outcome);
    const ArcSums& left = m_listing->left[at];
    const QString share = shareText(left.arcs, arcsIn(m_listing->left));
    QString text = countText(static_cast<qint64>(left.arcs));
    if (!share.isEmpty())
        text += QStringLiteral("  ") + share;
    // Of what is shown, and of everything.
    if (arcsIn(m_listing->left) != arcsIn(m_listing->all))
        text += QStringLiteral(" / ") + shareText(m_listing->all[at].arcs, arcsIn(m_listing->all));
    if (m_measure != ArcMeasure::Arcs)
        text += QStringLiteral("  ") + sumText(*m_listing, left, m_measure);
    return text;
}

QString ArcBars::nameOf(ArcOutcome outcome) const
{
    if (!m_listing)
        return outcomeText(outcome);
    const ArcSums& left = m_listing->left[static_cast<std::size_t>(outcome)];
    return QStringLiteral("%1: %2").arg(outcomeText(outcome), shareOfArcs(left.arcs, arcsIn(m_listing->left)));
}

QString ArcBars::detailsOf(ArcOutcome outcome) const
{
    QStringList lines{outcomeMeaning(outcome)};
    if (!m_listing)
        return lines.front();
    const auto at = static_cast<std::size_t>(outcome);
    if (arcsIn(m_listing->left) != arcsIn(m_listing->all))
        lines << tr("Of all: %1").arg(shareOfArcs(m_listing->all[at].arcs, arcsIn(m_listing->all)));
    if (m_measure != ArcMeasure::Arcs) {
        const ArcSums& left = m_listing->left[at];
        const std::uint64_t recorded = left.recorded[static_cast<std::size_t>(m_measure)];
        lines << QStringLiteral("%1: %2").arg(measureText(m_measure), sumText(*m_listing, left, m_measure));
        if (recorded < left.arcs)
            lines << tr("not recorded of %1")
                         .arg(counted(static_cast<qint64>(left.arcs - recorded), tr("%1 arc"), tr("%1 arcs")));
    }
    if (m_listing->choice.outcome == outcome)
        lines << tr("Only these are listed: click again to list all");
    else
        lines << tr("Click to list only these");
    return lines.join(QLatin1Char('\n'));
}

void ArcBars::choose(ArcOutcome outcome)
{
    const auto& order = shownOutcomes();
    goTo(static_cast<int>(std::find(order.begin(), order.end(), outcome) - order.begin()));
    emit chosen(outcome);
}

void ArcBars::goTo(int index)
{
    m_current = std::clamp(index, 0, cells - 1);
    update();
    emit hovered(nameOf(current()));
    if (hasFocus())
        tellFocus(*this);
}

void ArcBars::hover(int index)
{
    if (std::exchange(m_hovered, index) == index)
        return;
    update();
    emit hovered(index < 0 ? QString() : nameOf(shownOutcomes()[static_cast<std::size_t>(index)]));
}

void ArcBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = themeFor(palette());
    painter.fillRect(rect(), theme.canvas);
    if (!m_listing)
        return;
    const QFontMetrics metrics = fontMetrics();
    const auto measure = static_cast<std::size_t>(m_measure);
    const std::int64_t whole = sumOf(m_listing->left, m_measure);
    for (int i = 0; i < cells; ++i) {
        const ArcOutcome outcome = shownOutcomes()[static_cast<std::size_t>(i)];
        const QRect room = cell(i);
        const auto mirrored = [&](const QRect& at) { return QStyle::visualRect(layoutDirection(), room, at); };
        const bool only = m_listing->choice.outcome == outcome;
        const bool other = m_listing->choice.outcome && !only;
        if (only)
            painter.fillRect(room, theme.tint(ColourRole::Model));
        if (m_hovered == i)
            painter.fillRect(room, mixed(theme.canvas, theme.muted, 0.12));
        const QRect line(room.left() + 3, room.top() + 2, room.width() - 6, metrics.height());
        const int side = metrics.ascent();
        paintOutcome(painter, mirrored({line.left() + 1, line.top() + (line.height() - side) / 2, side, side}), outcome,
                     ArcSource::None, theme);
        const QString value = valueText(outcome);
        const int wide = metrics.horizontalAdvance(value);
        QFont font = painter.font();
        font.setBold(only);
        painter.setFont(font);
        painter.setPen(other ? theme.muted : theme.text);
        const QRect name = line.adjusted(side + 6, 0, -std::min(wide + 6, line.width() / 2), 0);
        painter.drawText(mirrored(name), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(outcomeText(outcome), Qt::ElideRight, name.width()));
        font.setBold(false);
        painter.setFont(font);
        painter.setPen(theme.muted);
        const QRect values(name.right() + 4, line.top(), line.right() - name.right() - 4, line.height());
        painter.drawText(mirrored(values), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
                         metrics.elidedText(value, Qt::ElideRight, values.width()));
        const QRect track(line.left(), line.bottom() + 3, line.width(), barHeight);
        painter.fillRect(track, mixed(theme.canvas, theme.muted, 0.15));
        const std::int64_t sum = m_listing->left[static_cast<std::size_t>(outcome)].sums[measure];
        if (whole > 0 && sum > 0) {
            const double share = static_cast<double>(sum) / static_cast<double>(whole);
            paintOutcomeFill(painter,
                             mirrored({track.left(), track.top(),
                                       std::max(2, static_cast<int>(std::lround(track.width() * share))), barHeight}),
                             outcome, theme);
        }
        if (hasFocus() && m_current == i) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme.text, 1, Qt::DotLine));
            painter.drawRect(room.adjusted(0, 0, -1, -1));
        }
    }
}

void ArcBars::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    setFixedHeight(heightFor(width()));
}

void ArcBars::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setFixedHeight(heightFor(width()));
}

bool ArcBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const int at = m_listing ? cellAt(help->pos()) : -1;
    if (at < 0) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    const ArcOutcome outcome = shownOutcomes()[static_cast<std::size_t>(at)];
    QToolTip::showText(help->globalPos(), nameOf(outcome) + QLatin1Char('\n') + detailsOf(outcome), this);
    return true;
}

void ArcBars::mousePressEvent(QMouseEvent* event)
{
    const int at = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && m_listing && at >= 0)
        choose(shownOutcomes()[static_cast<std::size_t>(at)]);
}

void ArcBars::mouseMoveEvent(QMouseEvent* event)
{
    hover(m_listing ? cellAt(event->pos()) : -1);
}

void ArcBars::leaveEvent(QEvent*)
{
    hover(-1);
}

void ArcBars::keyPressEvent(QKeyEvent* event)
{
    if (!m_listing || (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0)
        return QWidget::keyPressEvent(event);
    const int across = columns(width());
    const int right = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return goTo(m_current - right);
    case Qt::Key_Right:
        return goTo(m_current + right);
    case Qt::Key_Up:
        return m_current >= across ? goTo(m_current - across) : event->ignore();
    case Qt::Key_Down:
        return m_current + across < cells ? goTo(m_current + across) : event->ignore();
    case Qt::Key_Home:
        return goTo(0);
    case Qt::Key_End:
        return goTo(cells - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return choose(current());
    default:
        QWidget::keyPressEvent(event);
    }
}

void ArcBars::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ArcBars::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace arcscope
