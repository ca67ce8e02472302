#include "streamcorpuscanvas.h"

#include "displaytext.h"
#include "streamlistmodel.h"

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
    : LineCanvas(parent)
{
    setMinimumHeight(110);
    setAccessibleName(tr("All streams"));
}

void StreamCorpusCanvas::setOverview(std::shared_ptr<const StreamOverview> overview)
{
    QString before;
    if (m_overview && overview && place().line >= 0 && m_overview->by == overview->by)
        before = groupName(*m_overview, line(place().line).group);
    m_overview = std::move(overview);
    LinePlace selected{lines() > 0 ? 0 : -1, -1};
    for (int i = 0; !before.isEmpty() && i < lines(); ++i) {
        if (groupName(*m_overview, line(i).group) == before)
            selected.line = i;
    }
    if (m_overview)
        setAccessibleName(tr("All streams: %1").arg(metricName(m_overview->metric)));
    linesChanged(selected);
    reveal();
}

LineCanvas::Sizes StreamCorpusCanvas::laidOut(int width)
{
    m_layout = layOut(*m_overview, width, fontMetrics());
    return {m_layout.axis, m_layout.row, m_layout.header, std::max(1, m_layout.row / 3)};
}

std::vector<LineCanvas::Piece> StreamCorpusCanvas::pieces(int index) const
{
    std::vector<Piece> pieces;
    for (const Bucket& bucket : line(index).distribution.buckets)
        pieces.push_back({static_cast<int>(pieces.size()), m_layout.bucketRect(bucket.number, 0)});
    return pieces;
}

int StreamCorpusCanvas::pieceLike(int index) const
{
    const int centre = rectOf(place()).center().x();
    int nearest = -1;
    int least = 0;
    for (const Piece& piece : pieces(index)) {
        const int off = std::abs(piece.rect.center().x() - centre);
        if (nearest < 0 || off < least) {
            least = off;
            nearest = piece.number;
        }
    }
    return nearest;
}

std::vector<std::uint32_t> StreamCorpusCanvas::streamsAt(LinePlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    const StreamLine& line = this->line(place.line);
    if (place.piece >= 0)
        return line.distribution.buckets[static_cast<std::size_t>(place.piece)].indices;
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

QString StreamCorpusCanvas::textOf(LinePlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    const StreamLine& line = this->line(place.line);
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
    if (place.piece >= 0) {
        const Bucket& bucket = made.buckets[static_cast<std::size_t>(place.piece)];
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

void StreamCorpusCanvas::paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                                    const TimelineStyle& style)
{
    paintStreamRows(painter, *m_overview, m_layout, scroll, height, marks, style);
}

void StreamCorpusCanvas::paintHead(QPainter& painter, const TimelineStyle& style)
{
    paintStreamCorpusAxis(painter, *m_overview, m_layout, style);
}

} // namespace arcscope
