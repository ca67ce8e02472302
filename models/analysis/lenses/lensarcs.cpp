#include "lensarcs.h"

#include <algorithm>

namespace arcscope
{

ArcPlaces::ArcPlaces(const Corpus& corpus, const ArcCorpus& arcs)
    : m_corpus(corpus)
    , m_spans(arcs.arcs.rows())
{
    for (std::uint32_t i = 0; i < arcs.segments.rows(); ++i) {
        const Nanos start = arcs.segments.at(ArcSegmentColumn::Start, i);
        const Nanos length = arcs.segments.at(ArcSegmentColumn::Duration, i);
        m_ofTrace[static_cast<std::uint32_t>(arcs.segments.at(ArcSegmentColumn::Trace, i))].push_back(
            {static_cast<std::uint32_t>(arcs.segments.at(ArcSegmentColumn::Arc, i)), start,
             start == noTime || length < 0 ? noTime : start + length});
    }
    for (std::uint32_t i = 0; i < arcs.events.rows(); ++i) {
        const std::int64_t row = arcs.events.at(ArcEventColumn::SpanRow, i);
        if (row >= 0 && row < static_cast<std::int64_t>(corpus.spans.rows()))
            m_spans[static_cast<std::size_t>(arcs.events.at(ArcEventColumn::Arc, i))].push_back(static_cast<Row>(row));
    }
    for (std::vector<Row>& rows : m_spans) {
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    }
}

std::optional<std::uint32_t> ArcPlaces::arcOf(Row row) const
{
    const auto found = m_ofTrace.find(static_cast<std::uint32_t>(m_corpus.spans.at(SpanColumn::Trace, row)));
    if (found == m_ofTrace.end())
        return std::nullopt;
    const Nanos start = m_corpus.spans.start(row);
    for (const Stretch& stretch : found->second) {
        if (start != noTime && stretch.start != noTime && start >= stretch.start &&
            (stretch.end == noTime || start <= stretch.end))
            return stretch.arc;
    }
    return found->second.front().arc;
}

std::vector<std::uint32_t> shownArcs(const LensInput& input, const ArcPlaces& places)
{
    const ShownRows shown(input);
    std::vector<std::uint32_t> arcs;
    for (std::uint32_t arc = 0; input.arcs && arc < input.arcs->arcs.rows(); ++arc) {
        const std::vector<Row>& rows = places.shownBy(arc);
        if (!input.shown || std::any_of(rows.begin(), rows.end(), [&](Row row) { return shown.has(row); }))
            arcs.push_back(arc);
    }
    return arcs;
}

AskedAgain::AskedAgain(const ArcCorpus& arcs)
{
    std::int64_t arc = -1;
    Row last = noRow;
    for (std::uint32_t i = 0; i < arcs.events.rows(); ++i) {
        if (arcs.events.at(ArcEventColumn::Arc, i) != arc) {
            arc = arcs.events.at(ArcEventColumn::Arc, i);
            last = noRow;
        }
        const auto step = static_cast<ArcStep>(arcs.events.at(ArcEventColumn::Step, i));
        if (step == ArcStep::Response) {
            last = static_cast<Row>(arcs.events.at(ArcEventColumn::SpanRow, i));
            m_answers.insert(last);
        } else if ((step == ArcStep::ReAsk || step == ArcStep::Regenerate) && last != noRow) {
            m_again.insert(last);
        }
    }
}

LensCell AskedAgain::shareOf(const std::vector<Row>& calls) const
{
    std::uint64_t answers = 0;
    std::uint64_t again = 0;
    for (const Row row : calls) {
        answers += m_answers.count(row);
        again += m_again.count(row);
    }
    return shareCell(again, answers);
}

} // namespace arcscope
