#include "tracespans.h"

#include "detector.h"

#include <algorithm>

namespace arcscope
{

TraceSpans::TraceSpans(const TraceReading& trace)
    : spans(trace.corpus().spans)
    , rows(trace.rows())
    , parent(rows.size(), none)
    , end(rows.size())
    , conversation(rows.size(), none)
    , isTurn(rows.size())
{
    m_places.reserve(rows.size());
    for (std::uint32_t place = 0; place < rows.size(); ++place) {
        m_places.emplace(rows[place], place);
        end[place] = place + 1;
        timed = timed && (start(place) != noTime || spans.flagged(rows[place], SpanFlag::Synthetic));
        const std::uint32_t above = placeOf(spans.parent(rows[place]));
        if (above == none || above >= place)
            continue;
        parent[place] = above;
        const Corpus& corpus = trace.corpus();
        isTurn[place] = kind(place) == SpanKind::Agent && kind(above) == SpanKind::Agent &&
                        corpus.text(SpanText::Agent, rows[place]).empty() &&
                        corpus.text(SpanText::Name, rows[place]).starts_with("turn");
        const SpanKind kindAbove = kind(above);
        conversation[place] = !isTurn[above] && (kindAbove == SpanKind::Agent || kindAbove == SpanKind::ToolCall)
                                  ? above
                                  : conversation[above];
    }
    for (std::size_t place = rows.size(); place-- > 0;) {
        if (parent[place] != none)
            end[parent[place]] = std::max(end[parent[place]], end[place]);
    }
    for (std::uint32_t place = 0; place < rows.size(); ++place) {
        if (kind(place) == SpanKind::ModelCall)
            m_modelCalls[conversation[place]].emplace_back(begins(place), place);
    }
    for (auto& [of, calls] : m_modelCalls)
        std::sort(calls.begin(), calls.end());
}

std::uint32_t TraceSpans::placeOf(Row row) const
{
    const auto found = m_places.find(row);
    return found == m_places.end() ? none : found->second;
}

bool TraceSpans::overlap(std::uint32_t a, std::uint32_t b) const
{
    const TimeRange one = spans.range(rows[a]);
    const TimeRange other = spans.range(rows[b]);
    return one.recorded() && other.recorded() && one.start < other.end && other.start < one.end;
}

Nanos TraceSpans::endOf(std::uint32_t place) const
{
    return spans.duration(rows[place]) < 0 ? noTime : spans.range(rows[place]).end;
}

std::int64_t TraceSpans::finishes(std::uint32_t place) const
{
    if (!timed)
        return 2 * std::int64_t(end[place]) - 1;
    const Nanos ended = endOf(place);
    return ended == noTime ? start(place) : ended;
}

std::size_t TraceSpans::modelCallsBefore(std::uint32_t of, std::int64_t moment) const
{
    const auto found = m_modelCalls.find(of);
    if (found == m_modelCalls.end())
        return 0;
    return static_cast<std::size_t>(
        std::upper_bound(found->second.begin(), found->second.end(), std::pair(moment, none)) - found->second.begin());
}

std::uint32_t TraceSpans::modelCallFrom(std::uint32_t of, std::int64_t moment, std::uint32_t asker) const
{
    const auto found = m_modelCalls.find(of);
    if (found == m_modelCalls.end())
        return none;
    auto next = std::lower_bound(found->second.begin(), found->second.end(), std::pair(moment, std::uint32_t(0)));
    if (next != found->second.end() && next->second == asker)
        ++next;
    return next == found->second.end() ? none : next->second;
}

} // namespace arcscope
