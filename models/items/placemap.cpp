#include "placemap.h"

#include <tuple>

namespace arcscope
{
namespace
{

using SpanKey = std::tuple<std::uint32_t, std::uint64_t, std::uint64_t, IdForm>;

/// The id as the other corpus has it: texts have numbers of their own there.
Id translated(const Id& id, const Corpus& from, const Corpus& to)
{
    if (id.form != IdForm::Text)
        return id;
    const StringId found = to.strings.find(from.strings[StringId{static_cast<std::uint32_t>(id.low)}]);
    return found ? Id{id.high, found.value, IdForm::Text} : Id{};
}

Id traceId(const Corpus& corpus, std::uint32_t trace)
{
    return {static_cast<std::uint64_t>(corpus.traces.at(TraceColumn::IdHigh, trace)),
            static_cast<std::uint64_t>(corpus.traces.at(TraceColumn::IdLow, trace)),
            static_cast<IdForm>(corpus.traces.at(TraceColumn::IdForm, trace))};
}

} // namespace

PlaceMap::PlaceMap(const Corpus& before, const Corpus& after, std::span<const Row> rows,
                   std::span<const std::uint32_t> traces)
{
    std::map<std::tuple<std::uint64_t, std::uint64_t, IdForm>, std::uint32_t> wantedTraces;
    const auto want = [&](std::uint32_t trace) {
        const Id id = trace < before.traces.rows() ? translated(traceId(before, trace), before, after) : Id{};
        if (id)
            wantedTraces[{id.high, id.low, id.form}] = trace;
    };
    for (const std::uint32_t trace : traces)
        want(trace);
    for (const Row row : rows) {
        if (row < before.spans.rows())
            want(static_cast<std::uint32_t>(before.spans.at(SpanColumn::Trace, row)));
    }
    for (std::uint32_t trace = 0; trace < after.traces.rows() && !wantedTraces.empty(); ++trace) {
        const Id id = traceId(after, trace);
        const auto found = wantedTraces.find({id.high, id.low, id.form});
        if (found != wantedTraces.end())
            m_traces[found->second] = trace;
    }
    std::map<SpanKey, Row> wantedRows;
    for (const Row row : rows) {
        if (row >= before.spans.rows())
            continue;
        const auto trace = m_traces.find(static_cast<std::uint32_t>(before.spans.at(SpanColumn::Trace, row)));
        const Id id = translated(before.spans.spanId(row), before, after);
        if (trace != m_traces.end() && id)
            wantedRows[{trace->second, id.high, id.low, id.form}] = row;
    }
    for (Row row = 0; row < after.spans.rows() && !wantedRows.empty(); ++row) {
        if (after.spans.flagged(row, SpanFlag::Superseded))
            continue;
        const Id id = after.spans.spanId(row);
        const auto found = wantedRows.find(
            {static_cast<std::uint32_t>(after.spans.at(SpanColumn::Trace, row)), id.high, id.low, id.form});
        if (found != wantedRows.end())
            m_rows[found->second] = row;
    }
}

Row PlaceMap::row(Row before) const
{
    const auto found = m_rows.find(before);
    return found == m_rows.end() ? noRow : found->second;
}

std::optional<std::uint32_t> PlaceMap::trace(std::uint32_t before) const
{
    const auto found = m_traces.find(before);
    return found == m_traces.end() ? std::nullopt : std::optional(found->second);
}

} // namespace arcscope
