#include "assembling.h"

#include "clockskew.h"
#include "retriedstreams.h"

#include <algorithm>
#include <array>
#include <memory>

namespace arcscope
{
namespace
{

template <typename T>
Result<void> replaceAll(SpanWriter& writer, SpanColumn column, const std::vector<T>& values)
{
    std::vector<std::int64_t> slice;
    for (std::size_t first = 0; first < values.size(); first += chunkRows) {
        const std::size_t last = std::min<std::size_t>(first + chunkRows, values.size());
        slice.assign(values.begin() + static_cast<std::ptrdiff_t>(first),
                     values.begin() + static_cast<std::ptrdiff_t>(last));
        if (auto done = writer.replaceColumn(first / chunkRows, column, encode(slice)); !done)
            return done;
    }
    return {};
}

/// Patches are sorted by column and row: those of one column chunk lie together.
Result<void> applyPatches(SpanWriter& writer, SpanTable& spans, const std::vector<Patch>& patches)
{
    for (std::size_t i = 0; i < patches.size();) {
        const SpanColumn column = patches[i].column;
        if (auto loaded = writer.load(spans, std::array{column}); !loaded)
            return loaded;
        const std::size_t chunk = patches[i].row / chunkRows;
        const Column& before = spans.chunks()[chunk][column];
        std::vector<std::int64_t> values(before.rows());
        before.read(0, values);
        for (; i < patches.size() && patches[i].column == column && patches[i].row / chunkRows == chunk; ++i)
            values[patches[i].row % chunkRows] = patches[i].value;
        if (auto done = writer.replaceColumn(chunk, column, encode(values)); !done)
            return done;
    }
    return {};
}

OrderTable orderTable(const std::vector<Row>& order)
{
    OrderTable table;
    std::vector<std::int64_t> slice;
    for (std::size_t first = 0; first < order.size(); first += chunkRows) {
        const std::size_t last = std::min<std::size_t>(first + chunkRows, order.size());
        slice.assign(order.begin() + static_cast<std::ptrdiff_t>(first),
                     order.begin() + static_cast<std::ptrdiff_t>(last));
        OrderTable::Chunk chunk;
        chunk.rows = static_cast<std::uint32_t>(slice.size());
        chunk.columns[0] = std::make_shared<Column>(encode(slice));
        table.append(std::move(chunk));
    }
    return table;
}

/// Ledger rows of the assembly, with the file and byte of the span they name first.
std::vector<ImportIssue> ledgerRows(const Assembly& assembly, const SpanTable& spans,
                                    const std::vector<SourceFile>& sources)
{
    std::vector<ImportIssue> issues;
    for (const AssemblyIssue& found : assembly.issues) {
        ImportIssue issue;
        issue.severity = found.severity;
        issue.kind = found.kind;
        const auto source = static_cast<std::size_t>(spans.at(SpanColumn::Source, found.row));
        issue.file = source < sources.size() ? sources[source].name : std::string();
        issue.byte = spans.at(SpanColumn::SourceByte, found.row);
        issue.message = found.message;
        issue.count = found.count;
        issues.push_back(std::move(issue));
    }
    return issues;
}

/// What the calls between services say of their clocks: one row for each that is off. Nothing is shifted.
Result<void> addClockIssues(Assembly& assembly, SpanWriter& writer, SpanTable& spans, const Control& control)
{
    constexpr std::array columns{SpanColumn::Start, SpanColumn::Duration, SpanColumn::Provenance,
                                 columnOf(SpanText::Service)};
    if (auto loaded = writer.load(spans, columns); !loaded)
        return loaded;
    const auto clocks = estimateClocks(spans, assembly.parentRow, assembly.flags, control);
    if (!clocks)
        return clocks.error();
    if (offsetsOf(*clocks).empty())
        return {};
    const auto strings = writer.strings();
    if (!strings)
        return strings.error();
    for (const ServiceClock& clock : *clocks) {
        if (clock.offset == 0)
            continue;
        AssemblyIssue issue;
        issue.kind = IssueKind::ClockSkew;
        issue.row = clock.row;
        issue.count = clock.agreed;
        issue.message = clockText(clock, (*strings)[clock.service], (*strings)[clock.reference]) +
                        "; its times are shown as recorded until clocks are aligned";
        assembly.issues.push_back(std::move(issue));
    }
    return {};
}

} // namespace

Result<void> assembleInto(SpanWriter& writer, const Control& control, AssemblyHints hints)
{
    SpanTable spans;
    std::unique_ptr<Error> unreadable;
    hints.sameRecord = [&](Row a, Row b) {
        const auto recordOfA = writer.record(spans, a);
        const auto recordOfB = writer.record(spans, b);
        if (!recordOfA || !recordOfB)
            unreadable = std::make_unique<Error>(recordOfA ? recordOfB.error() : recordOfA.error());
        return recordOfA && recordOfB && *recordOfA == *recordOfB;
    };
    hints.load = [&](SpanTable& table, std::span<const SpanColumn> columns) { return writer.load(table, columns); };
    writer.settle();
    auto assembly = assemble(spans, writer.traceIds(), control, hints);
    if (unreadable)
        return *unreadable;
    if (!assembly)
        return assembly.error();
    if (auto added = addClockIssues(*assembly, writer, spans, control); !added)
        return added;
    if (auto withdrawn = withdrawRetried(writer, spans, *assembly, control); !withdrawn)
        return withdrawn;
    if (auto done = applyPatches(writer, spans, assembly->patches); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::ParentRow, assembly->parentRow); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::Depth, assembly->depth); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::Flags, assembly->flags); !done)
        return done;
    if (auto done = replaceAll(writer, SpanColumn::Lane, assembly->lane); !done)
        return done;
    if (auto done = writer.putTraces(assembly->traces); !done)
        return done;
    if (auto done = writer.putOrder(orderTable(assembly->order)); !done)
        return done;
    if (assembly->issues.empty())
        return writer.putAssemblyIssues({});
    if (auto loaded = writer.load(spans, std::array{SpanColumn::Source, SpanColumn::SourceByte}); !loaded)
        return loaded;
    return writer.putAssemblyIssues(ledgerRows(*assembly, spans, writer.sources()));
}

} // namespace arcscope
