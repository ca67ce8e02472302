#include "assemble.h"

#include "accounting.h"
#include "spanindex.h"
#include "traceorder.h"
#include "tracesummary.h"

#include <algorithm>
#include <limits>
#include <map>

namespace arcscope
{
namespace
{

/// A child may begin and end this much outside its parent before it is worth a word: clocks of one host agree better.
constexpr Nanos skewTolerance = millisecond;
constexpr std::uint32_t stopCheckRows = 65'536;

/// 1970 to 2100: outside it a clock was not set.
constexpr Nanos earliestPlausible = 0;
constexpr Nanos latestPlausible = 4'102'444'800 * second;

/// Folds equal findings of one source file into one ledger entry.
class Findings
{
public:
    explicit Findings(const PatchedColumns& columns)
        : m_columns(columns)
    {
    }

    void add(Severity severity, IssueKind kind, Row row, const char* message, std::uint64_t count = 1)
    {
        AssemblyIssue& issue = m_issues[{kind, m_columns.at(SpanColumn::Source, row)}];
        if (issue.count == 0)
            issue = {severity, kind, row, 0, message};
        issue.row = std::min(issue.row, row);
        issue.count += count;
    }
    std::vector<AssemblyIssue> take() const
    {
        std::vector<AssemblyIssue> issues;
        for (const auto& [key, issue] : m_issues)
            issues.push_back(issue);
        return issues;
    }

private:
    const PatchedColumns& m_columns;
    std::map<std::pair<IssueKind, std::int64_t>, AssemblyIssue> m_issues;
};

/// Enters all spans, merging records of the same one; afterwards the index holds the rows that stay.
void mergeDuplicates(SpanIndex& index, PatchedColumns& columns, std::vector<std::uint32_t>& flags, Findings& findings)
{
    for (Row row = 0; row < flags.size(); ++row) {
        if (flags[row] & bit(SpanFlag::Superseded))
            continue;
        const Row older = index.insert(row);
        if (older == noRow)
            continue;
        const bool late =
            (flags[row] & ~flags[older] & bit(SpanFlag::Pending)) != 0; // its end was read before its begin
        const Row kept = late ? older : row;
        const Row gone = late ? row : older;
        if (late)
            index.insert(kept);
        mergeRecords(columns, gone, kept);
        flags[gone] |= bit(SpanFlag::Superseded);
        if (late)
            continue;
        if (!(flags[older] & flags[row] & bit(SpanFlag::Synthetic)) && !(flags[older] & bit(SpanFlag::Pending)) &&
            !(flags[row] & bit(SpanFlag::LogsJoined)))
            findings.add(Severity::Info, IssueKind::DuplicateSpan, row,
                         "the same span is recorded again; the records were merged");
    }
}

void findParents(const SpanIndex& index, const PatchedColumns& columns, Assembly& result, Findings& findings)
{
    for (Row row = 0; row < result.flags.size(); ++row) {
        const auto form = static_cast<IdForm>(columns.at(SpanColumn::ParentForm, row));
        if (form == IdForm::None || result.flags[row] & bit(SpanFlag::Superseded))
            continue;
        const Row parent = index.find(columns.at(SpanColumn::Trace, row), form, columns.at(SpanColumn::ParentHigh, row),
                                      columns.at(SpanColumn::ParentLow, row));
        if (parent != noRow) {
            result.parentRow[row] = static_cast<std::int32_t>(parent);
        } else {
            result.flags[row] |= bit(SpanFlag::Orphan);
            findings.add(Severity::Warning, IssueKind::OrphanSpan, row,
                         "its parent is not in the corpus; shown as a root");
        }
    }
}

/// Where a span lies outside its parent's time, and times that no clock shows.
void checkTimes(const PatchedColumns& columns, Assembly& result, Findings& findings)
{
    for (Row row = 0; row < result.flags.size(); ++row) {
        result.flags[row] &= ~bit(SpanFlag::OutsideParent);
        const Nanos start = columns.at(SpanColumn::Start, row);
        if (start == noTime || result.flags[row] & bit(SpanFlag::Superseded))
            continue;
        const Nanos end = start + std::max<Nanos>(columns.at(SpanColumn::Duration, row), 0);
        if (start < earliestPlausible || end > latestPlausible)
            findings.add(Severity::Warning, IssueKind::TimeOutOfRange, row, "its time lies before 1970 or after 2100");
        if (result.parentRow[row] < 0)
            continue;
        const auto parent = static_cast<Row>(result.parentRow[row]);
        const Nanos parentStart = columns.at(SpanColumn::Start, parent);
        const Nanos parentLength = columns.at(SpanColumn::Duration, parent);
        if (parentStart == noTime || parentLength < 0)
            continue;
        if (start < parentStart - skewTolerance || end > parentStart + parentLength + skewTolerance) {
            result.flags[row] |= bit(SpanFlag::OutsideParent);
            findings.add(Severity::Info, IssueKind::ClockSkew, row,
                         "it lies outside its parent's time by more than 1 ms");
        }
    }
}

/// The lane of the corpus timeline: the nearest agent's name above, else the service.
std::uint32_t laneOf(const PatchedColumns& columns, const Assembly& result, Row row)
{
    const std::int64_t agent = columns.at(columnOf(SpanText::Agent), row);
    if (agent != 0)
        return static_cast<std::uint32_t>(agent);
    if (result.parentRow[row] >= 0)
        return result.lane[static_cast<Row>(result.parentRow[row])];
    const std::int64_t service = columns.at(columnOf(SpanText::Service), row);
    return static_cast<std::uint32_t>(service != 0 ? service : columns.at(columnOf(SpanText::Format), row));
}

TraceTable tableOf(const std::array<std::vector<std::int64_t>, static_cast<std::size_t>(traceColumnCount)>& columns)
{
    TraceTable table;
    const std::size_t rows = columns[0].size();
    for (std::size_t first = 0; first < rows; first += chunkRows) {
        TraceTable::Chunk chunk;
        chunk.rows = static_cast<std::uint32_t>(std::min<std::size_t>(chunkRows, rows - first));
        for (std::size_t i = 0; i < columns.size(); ++i)
            chunk.columns[i] = std::make_shared<Column>(encode(std::span(columns[i]).subspan(first, chunk.rows)));
        table.append(std::move(chunk));
    }
    return table;
}

} // namespace

std::span<const SpanColumn> assemblyColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all;
        for (int i = 0; i < spanColumnCount; ++i)
            all.push_back(static_cast<SpanColumn>(i));
        std::erase_if(all, [](SpanColumn column) {
            return column == SpanColumn::ParentRow || column == SpanColumn::Depth || column == SpanColumn::Lane;
        });
        return all;
    }();
    return columns;
}

Result<Assembly> assemble(const Corpus& corpus, std::span<const Id> traceIds, const Control& control)
{
    const Error cancelled{ErrorCode::Cancelled, "cancelled"};
    const std::uint32_t rows = corpus.spans.rows();
    PatchedColumns columns(corpus.spans);
    Assembly result;
    result.parentRow.assign(rows, -1);
    result.depth.assign(rows, 0);
    result.lane.assign(rows, 0);
    result.flags.resize(rows);
    Findings findings(columns);
    constexpr std::uint32_t recomputed = bit(SpanFlag::Orphan) | bit(SpanFlag::CycleCut);
    for (Row row = 0; row < rows; ++row)
        result.flags[row] = static_cast<std::uint32_t>(columns.at(SpanColumn::Flags, row)) & ~recomputed;
    {
        SpanIndex index(corpus.spans);
        mergeDuplicates(index, columns, result.flags, findings);
        if (control.stopped())
            return cancelled;
        findParents(index, columns, result, findings);
    }
    if (control.stopped())
        return cancelled;
    const TreeLinks links = linkTrees(columns, traceIds.size(), result.parentRow, result.flags);
    checkTimes(columns, result, findings);

    std::array<std::vector<std::int64_t>, static_cast<std::size_t>(traceColumnCount)> traces;
    result.order.reserve(rows);
    std::size_t nextCheck = stopCheckRows;
    for (std::size_t trace = 0; trace < traceIds.size(); ++trace) {
        const auto first = static_cast<std::uint32_t>(result.order.size());
        walkTrace(links, result.parentRow, trace, [&](Row row, std::uint32_t depth) {
            result.depth[row] =
                static_cast<std::uint16_t>(std::min<std::uint32_t>(depth, std::numeric_limits<std::uint16_t>::max()));
            result.lane[row] = laneOf(columns, result, row);
            result.order.push_back(row);
        });
        const auto preOrder = std::span(result.order).subspan(first);
        const TraceTotals totals = countOnce(columns, preOrder, result.parentRow, result.flags);
        if (totals.repeated > 0)
            findings.add(Severity::Info, IssueKind::RepeatedUsage, totals.firstRepeated,
                         "usage of one response is recorded on several spans; counted once", totals.repeated);
        if (totals.mismatched > 0)
            findings.add(Severity::Warning, IssueKind::UsageMismatch, totals.firstMismatched,
                         "its usage is not the sum of the usage below it; the parts were counted", totals.mismatched);
        if (totals.saturated != noRow)
            findings.add(Severity::Warning, IssueKind::BadValue, totals.saturated,
                         "with it the tokens or costs of its trace are more than can be counted; the sum stops at the "
                         "largest count");
        const TraceRow summary = summarise(columns, traceIds[trace], preOrder, totals, first);
        for (std::size_t i = 0; i < summary.size(); ++i)
            traces[i].push_back(summary[i]);
        if (result.order.size() >= nextCheck) {
            nextCheck = result.order.size() + stopCheckRows;
            if (control.stopped())
                return cancelled;
        }
    }
    for (Row row = 0; row < rows; ++row) {
        if (result.flags[row] & bit(SpanFlag::CycleCut))
            findings.add(Severity::Warning, IssueKind::ParentCycle, row,
                         "it is its own ancestor; the link to its parent was cut");
    }
    result.traces = tableOf(traces);
    result.patches = columns.takePatches();
    result.issues = findings.take();
    return result;
}

} // namespace arcscope
