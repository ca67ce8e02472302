// layers: core analysis
// A corpus so large that two threads assemble it: what each span says of itself is what a plain loop over all finds.
#include "assemble.h"
#include "expect.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

using namespace arcscope;

namespace
{

constexpr Row rows = 5 * chunkRows / 2;
constexpr Row traces = 3;
constexpr Nanos step = 10 * millisecond;

bool isOrphan(Row row)
{
    return row % 1'000 == 999;
}

/// -1 for roots and orphans. Of the same trace, and of the other half of all rows where they meet.
std::int32_t parentOf(Row row)
{
    const Row above = traces * (1 + row % 5);
    return row < above || isOrphan(row) ? -1 : static_cast<std::int32_t>(row - above);
}

Nanos lengthOf(Row row)
{
    return row % 4 == 0 ? 100 * step : step / 2;
}

std::int64_t valueOf(SpanColumn column, Row row)
{
    switch (column) {
    case SpanColumn::Trace:
        return row % traces;
    case SpanColumn::SpanForm:
        return static_cast<std::int64_t>(IdForm::Hex64);
    case SpanColumn::SpanLow:
        return std::int64_t{row} + 1;
    case SpanColumn::ParentForm:
        return static_cast<std::int64_t>(isOrphan(row) || parentOf(row) >= 0 ? IdForm::Hex64 : IdForm::None);
    case SpanColumn::ParentHigh:
        return isOrphan(row) ? 1 : 0;
    case SpanColumn::ParentLow:
        return std::int64_t{parentOf(row)} + 1;
    case SpanColumn::Start:
        return row * step;
    case SpanColumn::Duration:
        return lengthOf(row);
    case SpanColumn::Kind:
        return static_cast<std::int64_t>(SpanKind::ToolCall);
    case SpanColumn::Cost:
        return -1;
    default:
        return column >= SpanColumn::FirstUsage ? noTokens : 0;
    }
}

SpanTable spanTable()
{
    SpanTable spans;
    for (Row first = 0; first < rows; first += chunkRows) {
        SpanTable::Chunk chunk;
        chunk.rows = std::min(chunkRows, rows - first);
        std::vector<std::int64_t> values(chunk.rows);
        for (const SpanColumn column : assemblyColumns()) {
            for (Row row = 0; row < chunk.rows; ++row)
                values[row] = valueOf(column, first + row);
            chunk.columns[static_cast<std::size_t>(column)] = std::make_shared<Column>(encode(values));
        }
        spans.append(std::move(chunk));
    }
    return spans;
}

bool isOutside(Row row)
{
    if (parentOf(row) < 0)
        return false;
    const auto parent = static_cast<Row>(parentOf(row));
    return row * step + lengthOf(row) > parent * step + lengthOf(parent) + millisecond;
}

} // namespace

int main()
{
    SpanTable spans = spanTable();
    const std::array ids{Id{0, 1, IdForm::Hex128}, Id{0, 2, IdForm::Hex128}, Id{0, 3, IdForm::Hex128}};
    const auto assembled = assemble(spans, ids, {});
    EXPECT(assembled);
    if (!assembled)
        return exitCode();
    std::uint64_t orphans = 0;
    std::uint64_t outside = 0;
    for (Row row = 0; row < rows; ++row) {
        EXPECT(assembled->parentRow[row] == parentOf(row));
        EXPECT(((assembled->flags[row] & bit(SpanFlag::Orphan)) != 0) == isOrphan(row));
        EXPECT(((assembled->flags[row] & bit(SpanFlag::OutsideParent)) != 0) == isOutside(row));
        const int above = parentOf(row) < 0 ? -1 : assembled->depth[static_cast<Row>(parentOf(row))];
        EXPECT(assembled->depth[row] == above + 1);
        orphans += isOrphan(row) ? 1 : 0;
        outside += isOutside(row) ? 1 : 0;
    }
    EXPECT(assembled->order.size() == rows);
    EXPECT(assembled->traces.rows() == traces);
    std::int64_t toolCalls = 0;
    for (std::uint32_t trace = 0; trace < traces; ++trace) {
        toolCalls += assembled->traces.at(TraceColumn::ToolCalls, trace);
        EXPECT(assembled->traces.at(TraceColumn::Tokens, trace) == -1);
    }
    EXPECT(toolCalls == rows);
    EXPECT(assembled->issues.size() == 2);
    for (const AssemblyIssue& issue : assembled->issues)
        EXPECT(issue.count == (issue.kind == IssueKind::OrphanSpan ? orphans : outside));
    return exitCode();
}
