#include "streamcorpuscanvas.h"

#include "displaytext.h"
#include "streamlistmodel.h"

#include <QAccessible>
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

/// What the streams of a group add up to, where the metric has a sum.
QString totalText(const StreamTotals& totals, StreamMetric metric)
{
    const auto percent = [](double share) { return QString::number(std::lround(share * 100)); };
    if (const auto share = totals.stalledShare(); share && metric == StreamMetric::LongestStall)
        return StreamCorpusCanvas::tr(", stalled for %1 % of the time").arg(percent(*share));
    if (const auto share = totals.acceptance(); share && metric == StreamMetric::Acceptance)
        return StreamCorpusCanvas::tr(", %1 % of all that was drafted").arg(percent(*share));
    if (const auto bytes = totals.withdrawnPerThousand(); bytes && metric == StreamMetric::Withdrawn)
        return StreamCorpusCanvas::tr(", %1 of 1,000 bytes").arg(*bytes, 0, 'f', 1);
    return {};
}

} // namespace

StreamCorpusCanvas::StreamCorpusCanvas(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumHeight(110);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("All streams"));
}

StreamCorpusCanvas::~StreamCorpusCanvas() = default;

void StreamCorpusCanvas::setOverview(std::shared_ptr<const StreamOverview> overview)
{
    QString before;
    if (m_overview && overview && m_selected.line >= 0 && m_overview->by == overview->by)
        before = groupName(*m_overview, m_overview->lines[static_cast<std::size_t>(m_selected.line)].group);
    m_overview = std::move(overview);
    m_hovered = {};
    m_selected = {lines() > 0 ? 0 : -1, -1};
    for (int i = 0; i < lines(); ++i) {
        if (!before.isEmpty() && groupName(*m_overview, m_overview->lines[static_cast<std::size_t>(i)].group) == before)
            m_selected.line = i;
    }
    if (m_overview)
        setAccessibleName(tr("All streams: %1").arg(metricName(m_overview->metric)));
    relayOut();
    reveal();
    setAccessibleDescription(textOf(m_selected));
}

void StreamCorpusCanvas::relayOut()
{
    if (m_overview) {
        m_layout = layOut(*m_overview, viewport()->width(), fontMetrics());
        const int room = std::max(1, viewport()->height() - m_layout.axis);
        verticalScrollBar()->setPageStep(room);
        verticalScrollBar()->setSingleStep(std::max(1, m_layout.row / 3));
        verticalScrollBar()->setRange(0, std::max(0, lines() * m_layout.row - room));
    }
    viewport()->update();
}

int StreamCorpusCanvas::wantedHeight() const
{
    return m_overview ? m_layout.axis + lines() * m_layout.row + 2 : minimumHeight();
}

int StreamCorpusCanvas::bars(int line) const
{
    return static_cast<int>(m_overview->lines[static_cast<std::size_t>(line)].distribution.buckets.size());
}

QRect StreamCorpusCanvas::rectOf(StreamCorpusPlace place) const
{
    if (!m_overview || place.line < 0 || place.line >= lines())
        return {};
    const int top = m_layout.axis + place.line * m_layout.row - verticalScrollBar()->value();
    if (place.bucket < 0)
        return {0, top, m_layout.header, m_layout.row};
    const Distribution& made = m_overview->lines[static_cast<std::size_t>(place.line)].distribution;
    return m_layout.bucketRect(made.buckets[static_cast<std::size_t>(place.bucket)].number, top);
}

StreamCorpusPlace StreamCorpusCanvas::placeAt(const QPoint& pos) const
{
    if (!m_overview || pos.y() < m_layout.axis)
        return {};
    StreamCorpusPlace place{(pos.y() - m_layout.axis + verticalScrollBar()->value()) / m_layout.row, -1};
    if (place.line >= lines())
        return {};
    if (pos.x() < m_layout.header)
        return place;
    for (int i = 0; i < bars(place.line); ++i) {
        const QRect rect = rectOf({place.line, i});
        if (pos.x() >= rect.x() - 1 && pos.x() <= rect.right() + 1) {
            place.bucket = i;
            break;
        }
    }
    return place;
}

std::vector<std::uint32_t> StreamCorpusCanvas::streamsAt(StreamCorpusPlace place) const
{
    if (!m_overview || place.line < 0)
        return {};
    const StreamLine& line = m_overview->lines[static_cast<std::size_t>(place.line)];
    if (place.bucket >= 0)
        return line.distribution.buckets[static_cast<std::size_t>(place.bucket)].indices;
    std::vector<std::uint32_t> all;
    all.reserve(line.group.streams.size());
    for (const Bucket& bucket : line.distribution.buckets)
        all.insert(all.end(), bucket.indices.begin(), bucket.indices.end());
    for (const std::uint32_t index : line.group.streams) {
        if (!valueOf(m_overview->sample(index), m_overview->metric))
            all.push_back(index);
    }
    return all;
}

QString StreamCorpusCanvas::textOf(StreamCorpusPlace place) const
{
    if (!m_overview || place.line < 0)
        return {};
    const StreamLine& line = m_overview->lines[static_cast<std::size_t>(place.line)];
    const Distribution& made = line.distribution;
    const auto streams = [](std::size_t count) {
        return counted(static_cast<std::int64_t>(count), tr("%1 stream"), tr("%1 streams"));
    };
    const auto valueText = [&](double value) { return QString::fromStdString(metricText(m_overview->metric, value)); };
    QString text = groupName(*m_overview, line.group) + QStringLiteral(": ");
    const auto sources = [&](const std::array<std::uint32_t, provenanceCount>& bySource) {
        for (const Provenance each : {Provenance::Declared, Provenance::Inferred}) {
            if (const auto count = bySource[static_cast<std::size_t>(each)]; count > 0)
                text += tr(", %1 %2").arg(countText(count), provenanceText(each).toLower());
        }
    };
    if (place.bucket >= 0) {
        const Bucket& bucket = made.buckets[static_cast<std::size_t>(place.bucket)];
        text += tr("%1, %2 %3")
                    .arg(streams(bucket.indices.size()), metricName(m_overview->metric).toLower(),
                         boundsText(m_overview->metric, made, bucket));
        sources(bucket.bySource);
        return text;
    }
    text += streams(line.totals.streams);
    if (made.count == 0)
        return text + tr(", %1 not recorded").arg(metricName(m_overview->metric).toLower());
    text += tr(", %1 p50 %2, p90 %3, p99 %4, from %5 to %6")
                .arg(metricName(m_overview->metric).toLower(), valueText(made.p50), valueText(made.p90),
                     valueText(made.p99), valueText(made.min), valueText(made.max));
    sources(made.bySource);
    text += totalText(line.totals, m_overview->metric);
    if (made.notRecorded > 0)
        text += tr(", %1 not recorded").arg(countText(static_cast<std::int64_t>(made.notRecorded)));
    return text;
}

void StreamCorpusCanvas::setPlace(StreamCorpusPlace place)
{
    if (place == m_selected || !m_overview || place.line >= lines())
        return;
    m_selected = place;
    reveal();
    viewport()->update();
    setAccessibleDescription(textOf(m_selected));
}

void StreamCorpusCanvas::select(StreamCorpusPlace place)
{
    if (place.line < 0 || place == m_selected)
        return;
    setPlace(place);
    emit hovered(textOf(m_selected));
    emit placeChanged();
}

void StreamCorpusCanvas::reveal()
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

StreamCorpusPlace StreamCorpusCanvas::besides(int line) const
{
    if (line < 0 || line >= lines())
        return m_selected;
    StreamCorpusPlace nearest{line, -1};
    if (m_selected.bucket < 0)
        return nearest;
    const int centre = rectOf(m_selected).center().x();
    int least = 0;
    for (int i = 0; i < bars(line); ++i) {
        const int off = std::abs(rectOf({line, i}).center().x() - centre);
        if (nearest.bucket < 0 || off < least) {
            least = off;
            nearest.bucket = i;
        }
    }
    return nearest;
}

void StreamCorpusCanvas::keyPressEvent(QKeyEvent* event)
{
    if (!m_overview || m_selected.line < 0 || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return QAbstractScrollArea::keyPressEvent(event);
    const int line = m_selected.line;
    const int last = bars(line) - 1;
    const int page = std::max(1, verticalScrollBar()->pageStep() / std::max(1, m_layout.row));
    switch (event->key()) {
    case Qt::Key_Up:
        return select(besides(line - 1));
    case Qt::Key_Down:
        return select(besides(line + 1));
    case Qt::Key_PageUp:
        return select(besides(std::max(0, line - page)));
    case Qt::Key_PageDown:
        return select(besides(std::min(lines() - 1, line + page)));
    case Qt::Key_Left:
        return select({line, std::max(-1, m_selected.bucket - 1)});
    case Qt::Key_Right:
        return select({line, std::min(last, m_selected.bucket + 1)});
    case Qt::Key_Home:
        return select({line, -1});
    case Qt::Key_End:
        return select({line, last});
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        emit activated();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void StreamCorpusCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        select(placeAt(event->pos()));
}

void StreamCorpusCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && placeAt(event->pos()) == m_selected && m_selected.line >= 0)
        emit activated();
}

void StreamCorpusCanvas::mouseMoveEvent(QMouseEvent* event)
{
    hover(placeAt(event->pos()));
}

void StreamCorpusCanvas::hover(StreamCorpusPlace place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
    emit hovered(textOf(place));
}

bool StreamCorpusCanvas::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        hover({});
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = textOf(placeAt(help->pos()));
        QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void StreamCorpusCanvas::paintEvent(QPaintEvent*)
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
    const int height = viewport()->height() - m_layout.axis;
    painter.save();
    painter.translate(0, m_layout.axis);
    painter.setClipRect(0, 0, m_layout.width, std::max(0, height));
    paintStreamRows(painter, *m_overview, m_layout, verticalScrollBar()->value(), height,
                    {m_selected, m_hovered, hasFocus()}, style);
    painter.restore();
    paintStreamCorpusAxis(painter, *m_overview, m_layout, style);
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect(), style);
}

void StreamCorpusCanvas::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    relayOut();
}

void StreamCorpusCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        m_labels.reset();
        relayOut();
    }
}

void StreamCorpusCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void StreamCorpusCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void StreamCorpusCanvas::scrollContentsBy(int, int)
{
    viewport()->update();
}

} // namespace arcscope
