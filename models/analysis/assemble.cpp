#include "assemble.h"

#include "accounting.h"
#include "spanindex.h"
#include "traceorder.h"
#include "tracesummary.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

/// A child may begin and end this much outside its parent before it is worth a word: clocks of one host agree better.
constexpr Nanos skewTolerance = millisecond;
constexpr std::uint32_t stopCheckRows = 65'536;
/// Rows for which memory of the index is fetched before they are looked up.
constexpr Row lookAhead = 16;

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
        AssemblyIssue& issue = m_issues[{kind, severity, m_columns.at(SpanColumn::Source, row)}];
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
    std::map<std::tuple<IssueKind, Severity, std::int64_t>, AssemblyIssue> m_issues;
};

/// The columns of the spans: those that a step needs, and where they can be loaded no others.
class ColumnsAtHand
{
public:
    ColumnsAtHand(SpanTable& spans, PatchedColumns& columns, const AssemblyHints& hints)
        : m_spans(spans)
        , m_columns(columns)
        , m_hints(hints)
    {
    }

    Result<void> need(std::span<const SpanColumn> wanted)
    {
        if (!m_hints.load)
            return {};
        auto loaded = m_hints.load(m_spans, wanted);
        m_columns.columnsChanged();
        return loaded;
    }
    /// Merging compares whatever is recorded, and few corpora have anything to merge.
    Result<void> needAll()
    {
        if (m_all)
            return {};
        m_all = true;
        return need(assemblyColumns());
    }
    void keepOnly(std::span<const SpanColumn> wanted)
    {
        if (!m_hints.load)
            return;
        SpanTable rest;
        for (const SpanTable::Chunk& chunk : m_spans.chunks()) {
            SpanTable::Chunk kept;
            kept.rows = chunk.rows;
            for (const SpanColumn column : wanted)
                kept.columns[static_cast<std::size_t>(column)] = chunk.columns[static_cast<std::size_t>(column)];
            rest.append(std::move(kept));
        }
        m_spans = std::move(rest);
        m_columns.columnsChanged();
    }

private:
    SpanTable& m_spans;
    PatchedColumns& m_columns;
    const AssemblyHints& m_hints;
    bool m_all = false;
};

constexpr std::array parentIdColumns{SpanColumn::ParentForm, SpanColumn::ParentHigh, SpanColumn::ParentLow};
constexpr std::array spanIdColumns{SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow};
constexpr std::array findingColumns{SpanColumn::Trace, SpanColumn::Flags, SpanColumn::Source};
constexpr std::array timeColumns{SpanColumn::Start, SpanColumn::Duration};
constexpr std::array summaryColumns{SpanColumn::Kind,
                                    SpanColumn::Status,
                                    SpanColumn::Cost,
                                    SpanColumn::ResponseHash,
                                    columnOf(SpanText::Name),
                                    columnOf(SpanText::Service),
                                    columnOf(SpanText::Agent),
                                    columnOf(SpanText::Format),
                                    columnOf(SpanText::Session),
                                    columnOf(SpanText::User),
                                    columnOf(SpanText::Task),
                                    columnOf(SpanText::ModelServed),
                                    columnOf(SpanText::ModelRequested),
                                    columnOf(SpanText::Currency)};

std::span<const SpanColumn> usageColumns()
{
    static const auto columns = [] {
        std::array<SpanColumn, usageClassCount> all{};
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<SpanColumn>(static_cast<std::size_t>(SpanColumn::FirstUsage) + i);
        return all;
    }();
    return columns;
}

/// A key that is looked for some rows later, when its memory has come.
struct WantedKey {
    SpanKey key;
    std::uint32_t hash = 0;
};
using WantedKeys = std::array<WantedKey, lookAhead>;

/// Enters all spans, merging records of the same one; afterwards the index holds the rows that stay.
class Merging
{
public:
    Merging(SpanIndex& index, ColumnsAtHand& atHand, PatchedColumns& columns, std::vector<std::uint32_t>& flags,
            Findings& findings, const AssemblyHints& hints)
        : m_index(index)
        , m_atHand(atHand)
        , m_columns(columns)
        , m_flags(flags)
        , m_findings(findings)
        , m_hints(hints)
    {
    }

    Result<void> run()
    {
        std::vector<bool> replaced(m_hints.replaced.empty() ? 0 : m_flags.size(), false);
        for (Row row = 0; row < replaced.size(); ++row) // merging may give a row another source
            replaced[row] = sourceOf(row) < m_hints.replaced.size() && m_hints.replaced[sourceOf(row)];
        const auto rows = static_cast<Row>(m_flags.size());
        KeysInOrder keys(m_columns, spanIdColumns);
        WantedKeys wanted;
        for (Row next = 0; next < rows + lookAhead; ++next) {
            if (next >= lookAhead) {
                if (auto entered = enter(next - lookAhead, wanted[next % lookAhead]); !entered)
                    return entered;
            }
            if (next < rows) {
                WantedKey& soon = wanted[next % lookAhead];
                soon.key = keys.next();
                soon.hash = soon.key.hash();
                m_index.soon(soon.hash);
            }
        }
        for (Row row = 0; row < replaced.size(); ++row)
            m_flags[row] |= replaced[row] ? bit(SpanFlag::Superseded) : 0;
        return {};
    }

private:
    bool has(Row row, SpanFlag flag) const { return (m_flags[row] & bit(flag)) != 0; }
    std::size_t sourceOf(Row row) const { return static_cast<std::size_t>(m_columns.at(SpanColumn::Source, row)); }
    std::size_t fileOf(Row row) const
    {
        const std::size_t source = sourceOf(row);
        return source < m_hints.fileOf.size() ? m_hints.fileOf[source] : source;
    }

    Result<void> enter(Row row, const WantedKey& wanted)
    {
        if (m_flags[row] & bit(SpanFlag::Superseded))
            return {};
        const Row older = m_index.insert(row, wanted.key, wanted.hash);
        if (older == noRow)
            return {};
        if (auto all = m_atHand.needAll(); !all)
            return all;
        if (!merge(older, row))
            m_index.insert(older, wanted.key, wanted.hash);
        return {};
    }

    /// False where the older one stays.
    bool merge(Row older, Row row)
    {
        // Its end was read before its begin.
        const bool late = has(row, SpanFlag::Pending) && !has(older, SpanFlag::Pending);
        const bool parts = (has(older, SpanFlag::Synthetic) && has(row, SpanFlag::Synthetic)) ||
                           has(older, SpanFlag::Pending) || has(row, SpanFlag::LogsJoined);
        const bool oneFile = fileOf(older) == fileOf(row);
        bool less = false;
        if (!late && !parts && !oneFile)
            less = compare(older, row);
        const Row kept = late || less ? older : row;
        const Row gone = late || less ? row : older;
        mergeRecords(m_columns, gone, kept);
        m_flags[gone] |= bit(SpanFlag::Superseded);
        const bool readAgain = sourceOf(older) != sourceOf(row);
        if (!late && !parts && oneFile && !readAgain)
            m_findings.add(Severity::Info, IssueKind::DuplicateSpan, row,
                           "the same span is recorded again; the records were merged");
        return kept == row;
    }

    /// True where the older one stays.
    bool compare(Row older, Row row)
    {
        if (sameFacts(m_columns, older, row) && (!m_hints.sameRecord || m_hints.sameRecord(older, row))) {
            m_findings.add(Severity::Info, IssueKind::DuplicateSpan, row,
                           "the same span with the same content is in another file; shown once");
            return false;
        }
        m_findings.add(Severity::Warning, IssueKind::DuplicateSpan, row,
                       "the same span with other content is in another file; shown is the one that ends later, else "
                       "the one that records more, and what it lacks was taken from the other");
        return saysMore(m_columns, older, row);
    }

    SpanIndex& m_index;
    ColumnsAtHand& m_atHand;
    PatchedColumns& m_columns;
    std::vector<std::uint32_t>& m_flags;
    Findings& m_findings;
    const AssemblyHints& m_hints;
};

class FindingParents
{
public:
    FindingParents(const SpanIndex& index, const PatchedColumns& columns, Assembly& result, Findings& findings)
        : m_index(index)
        , m_columns(columns)
        , m_result(result)
        , m_findings(findings)
    {
    }

    void run()
    {
        const auto rows = static_cast<Row>(m_result.flags.size());
        KeysInOrder keys(m_columns, parentIdColumns);
        for (Row row = 0; row < rows + lookAhead; ++row) {
            if (row >= lookAhead)
                find(row - lookAhead);
            if (row < rows)
                expect(m_wanted[row % lookAhead], keys.next());
        }
    }

private:
    void expect(WantedKey& wanted, const SpanKey& key)
    {
        wanted.key = key;
        if (key.form == IdForm::None)
            return;
        wanted.hash = key.hash();
        m_index.soon(wanted.hash);
    }

    void find(Row row)
    {
        const WantedKey& wanted = m_wanted[row % lookAhead];
        if (wanted.key.form == IdForm::None || m_result.flags[row] & bit(SpanFlag::Superseded))
            return;
        const Row parent = m_index.find(wanted.key, wanted.hash);
        if (parent != noRow && !(m_result.flags[parent] & bit(SpanFlag::Superseded))) {
            m_result.parentRow[row] = static_cast<std::int32_t>(parent);
        } else {
            m_result.flags[row] |= bit(SpanFlag::Orphan);
            m_findings.add(Severity::Warning, IssueKind::OrphanSpan, row,
                           "its parent is not in the corpus; shown as a root");
        }
    }

    const SpanIndex& m_index;
    const PatchedColumns& m_columns;
    Assembly& m_result;
    Findings& m_findings;
    WantedKeys m_wanted;
};

/// Where a span lies outside its parent's time, and times that no clock shows.
void checkTimes(const PatchedColumns& columns, Assembly& result, Findings& findings)
{
    RowsInOrder<2> times(columns, timeColumns);
    for (Row row = 0; row < result.flags.size(); ++row) {
        result.flags[row] &= ~bit(SpanFlag::OutsideParent);
        const auto [start, length] = times.next();
        if (start == noTime || result.flags[row] & bit(SpanFlag::Superseded))
            continue;
        const Nanos end = start + std::max<Nanos>(length, 0);
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
    constexpr SpanColumn byAgent = columnOf(SpanText::Agent);
    const std::int64_t agent = columns.allAre(byAgent, 0) ? 0 : columns.at(byAgent, row);
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

Result<Assembly> assemble(SpanTable& spans, std::span<const Id> traceIds, const Control& control,
                          const AssemblyHints& hints)
{
    const Error cancelled{ErrorCode::Cancelled, "cancelled"};
    if (hints.load) {
        if (auto loaded = hints.load(spans, findingColumns); !loaded)
            return loaded.error();
    }
    const std::uint32_t rows = spans.rows();
    PatchedColumns columns(spans);
    ColumnsAtHand atHand(spans, columns, hints);
    Assembly result;
    Findings findings(columns);
    constexpr std::uint32_t recomputed = bit(SpanFlag::Orphan) | bit(SpanFlag::CycleCut);
    result.flags.reserve(rows);
    for (const SpanTable::Chunk& chunk : spans.chunks()) {
        std::vector<std::int64_t> flags(chunk.rows);
        chunk[SpanColumn::Flags].read(0, flags);
        for (const std::int64_t recorded : flags)
            result.flags.push_back(static_cast<std::uint32_t>(recorded) & ~recomputed);
    }
    {
        if (auto loaded = atHand.need(spanIdColumns); !loaded)
            return loaded.error();
        SpanIndex index(columns);
        if (auto merged = Merging(index, atHand, columns, result.flags, findings, hints).run(); !merged)
            return merged.error();
        if (control.stopped())
            return cancelled;
        if (auto loaded = atHand.need(parentIdColumns); !loaded)
            return loaded.error();
        result.parentRow.assign(rows, -1);
        FindingParents(index, columns, result, findings).run();
    }
    if (control.stopped())
        return cancelled;
    atHand.keepOnly(findingColumns);
    if (auto loaded = atHand.need(timeColumns); !loaded)
        return loaded.error();
    const TreeLinks links = linkTrees(columns, traceIds.size(), result.parentRow, result.flags);
    checkTimes(columns, result, findings);
    if (auto loaded = atHand.need(summaryColumns); !loaded)
        return loaded.error();
    if (auto loaded = atHand.need(usageColumns()); !loaded)
        return loaded.error();

    result.depth.assign(rows, 0);
    result.lane.assign(rows, 0);
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
