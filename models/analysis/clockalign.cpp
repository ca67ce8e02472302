#include "clockskew.h"
#include "spanindex.h"
#include "traceorder.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// A child may begin and end this much outside its parent.
constexpr Nanos outsideTolerance = millisecond;

void replaceColumn(SpanTable& spans, SpanColumn column, const std::vector<std::int64_t>& values)
{
    for (std::size_t chunk = 0, first = 0; chunk < spans.chunks().size(); ++chunk) {
        const std::uint32_t rows = spans.chunks()[chunk].rows;
        spans.set(chunk, column, std::make_shared<Column>(encode(std::span(values).subspan(first, rows))));
        first += rows;
    }
}

template <typename Name, int count>
void replaceTable(Table<Name, count>& table, Name column, const std::vector<std::int64_t>& values)
{
    for (std::size_t chunk = 0, first = 0; chunk < table.chunks().size(); ++chunk) {
        const std::uint32_t rows = table.chunks()[chunk].rows;
        table.set(chunk, column, std::make_shared<Column>(encode(std::span(values).subspan(first, rows))));
        first += rows;
    }
}

/// Shifts starts and marks what was shifted. True where anything was.
bool shift(SpanTable& spans, const ClockOffsets& clocks)
{
    std::vector<std::int64_t> starts = spans.values(SpanColumn::Start);
    std::vector<std::int64_t> flags = spans.values(SpanColumn::Flags);
    std::vector<std::int64_t> provenances = spans.values(SpanColumn::Provenance);
    bool any = false;
    for (Row row = 0; row < spans.rows(); ++row) {
        const Nanos offset = offsetOf(clocks, spans.text(SpanText::Service, row));
        Nanos start = 0;
        Nanos end = 0;
        if (offset == 0 || starts[row] == noTime || __builtin_add_overflow(starts[row], offset, &start) ||
            __builtin_add_overflow(start, std::max<Nanos>(spans.duration(row), 0), &end) || start == noTime)
            continue;
        any = true;
        starts[row] = start;
        flags[row] |= bit(SpanFlag::ClockAligned);
        ProvenanceSet provenance(static_cast<std::uint32_t>(provenances[row]));
        provenance.set(Fact::Start, Provenance::Inferred);
        if (spans.duration(row) >= 0)
            provenance.set(Fact::End, Provenance::Inferred);
        provenances[row] = provenance.bits();
    }
    if (!any)
        return false;
    replaceColumn(spans, SpanColumn::Start, starts);
    replaceColumn(spans, SpanColumn::Flags, flags);
    replaceColumn(spans, SpanColumn::Provenance, provenances);
    return true;
}

std::uint32_t outsideParent(const SpanTable& spans, Row row, std::int32_t parentRow)
{
    if (parentRow < 0 || spans.start(row) == noTime)
        return 0;
    const auto parent = static_cast<Row>(parentRow);
    if (spans.start(parent) == noTime || spans.duration(parent) < 0)
        return 0;
    const TimeRange mine = spans.range(row);
    const TimeRange its = spans.range(parent);
    const bool outside = mine.start < its.start - outsideTolerance || mine.end > its.end + outsideTolerance;
    return outside ? bit(SpanFlag::OutsideParent) : 0;
}

/// Siblings by their new starts, and from when to when each trace is.
void reorder(Corpus& corpus, std::vector<std::int32_t>& parentRow, std::vector<std::uint32_t>& flags)
{
    const PatchedColumns columns(corpus.spans);
    cutCycles(parentRow, flags);
    const TreeLinks links = linkTrees(columns, corpus.traces.rows(), parentRow, flags);
    std::vector<std::int64_t> order;
    order.reserve(corpus.order.rows());
    std::vector<std::int64_t> starts;
    std::vector<std::int64_t> durations;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        Nanos start = noTime;
        Nanos end = noTime;
        walkTrace(links, parentRow, trace, [&](Row row, std::uint32_t) {
            order.push_back(row);
            const Nanos from = corpus.spans.start(row);
            const Nanos length = corpus.spans.duration(row);
            if (from == noTime)
                return;
            start = start == noTime ? from : std::min(start, from);
            end = length < 0 ? end : std::max(end, from + length);
        });
        starts.push_back(start);
        durations.push_back(start == noTime || end == noTime ? -1 : std::max<Nanos>(end - start, 0));
    }
    replaceTable(corpus.order, OrderColumn::SpanRow, order);
    replaceTable(corpus.traces, TraceColumn::Start, starts);
    replaceTable(corpus.traces, TraceColumn::Duration, durations);
}

} // namespace

Corpus alignClocks(const Corpus& recorded, const ClockOffsets& clocks)
{
    Corpus corpus = recorded;
    corpus.clocks.clear();
    if (!shift(corpus.spans, clocks))
        return corpus;
    corpus.clocks = clocks;
    const std::uint32_t rows = corpus.spans.rows();
    std::vector<std::int32_t> parentRow(rows);
    std::vector<std::uint32_t> flags(rows);
    for (Row row = 0; row < rows; ++row) {
        parentRow[row] = static_cast<std::int32_t>(corpus.spans.at(SpanColumn::ParentRow, row));
        flags[row] =
            static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Flags, row)) & ~bit(SpanFlag::OutsideParent);
        flags[row] |= flags[row] & bit(SpanFlag::Superseded) ? 0 : outsideParent(corpus.spans, row, parentRow[row]);
    }
    replaceColumn(corpus.spans, SpanColumn::Flags, {flags.begin(), flags.end()});
    reorder(corpus, parentRow, flags);
    return corpus;
}

Nanos recordedStart(const Corpus& corpus, Row row)
{
    const Nanos start = corpus.spans.start(row);
    const bool aligned = start != noTime && corpus.spans.flagged(row, SpanFlag::ClockAligned);
    return aligned ? start - offsetOf(corpus.clocks, corpus.spans.text(SpanText::Service, row)) : start;
}

} // namespace arcscope
