#include "assemble.h"

#include "accounting.h"
#include "assemblyfindings.h"
#include "parentsearch.h"
#include "sidebyside.h"
#include "spanindex.h"
#include "traceorder.h"
#include "tracesummary.h"

#include <algorithm>
#include <limits>

namespace arcscope
{
namespace
{

/// A child may begin and end this much outside its parent before it is worth a word: clocks of one host agree better.
constexpr Nanos skewTolerance = millisecond;
constexpr std::uint32_t stopCheckRows = 65'536;
/// With fewer a second thread is not worth it.
constexpr Row fewRows = 65'536;

/// 1970 to 2100: outside it a clock was not set.
constexpr Nanos earliestPlausible = 0;
constexpr Nanos latestPlausible = 4'102'444'800 * second;

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

/// Where a span lies outside its parent's time (those rows are given), and times that no clock shows.
std::vector<Row> checkTimes(const PatchedColumns& columns, const Assembly& result, Findings& findings)
{
    std::vector<Row> outside;
    RowsInOrder<2> times(columns, timeColumns);
    NearRows starts(columns, SpanColumn::Start);
    NearRows lengths(columns, SpanColumn::Duration);
    for (Row row = 0; row < result.flags.size(); ++row) {
        const auto [start, length] = times.next();
        if (start == noTime || result.flags[row] & bit(SpanFlag::Superseded))
            continue;
        const Nanos end = start + std::max<Nanos>(length, 0);
        if (start < earliestPlausible || end > latestPlausible)
            findings.add(Severity::Warning, IssueKind::TimeOutOfRange, row, "its time lies before 1970 or after 2100");
        if (result.parentRow[row] < 0)
            continue;
        const auto parent = static_cast<Row>(result.parentRow[row]);
        const Nanos parentStart = starts[parent];
        const Nanos parentLength = lengths[parent];
        if (parentStart == noTime || parentLength < 0)
            continue;
        if (start < parentStart - skewTolerance || end > parentStart + parentLength + skewTolerance) {
            outside.push_back(row);
            findings.add(Severity::Info, IssueKind::ClockSkew, row,
                         "it lies outside its parent's time by more than 1 ms");
        }
    }
    return outside;
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

/// Depth, lane and order of all spans, trace after trace; where in that order each trace begins, and the end behind the
/// last. Less where `control` stops it.
std::vector<std::uint32_t> putInOrder(const PatchedColumns& columns, std::size_t traces, Assembly& result,
                                      const Control& control)
{
    const TreeLinks links = linkTrees(columns, traces, result.parentRow, result.flags);
    const std::size_t rows = result.flags.size();
    result.depth.assign(rows, 0);
    result.lane.assign(rows, 0);
    result.order.reserve(rows);
    std::vector<std::uint32_t> firsts;
    firsts.reserve(traces + 1);
    std::size_t nextCheck = stopCheckRows;
    for (std::size_t trace = 0; trace < traces; ++trace) {
        firsts.push_back(static_cast<std::uint32_t>(result.order.size()));
        walkTrace(links, result.parentRow, trace, [&](Row row, std::uint32_t depth) {
            result.depth[row] =
                static_cast<std::uint16_t>(std::min<std::uint32_t>(depth, std::numeric_limits<std::uint16_t>::max()));
            result.lane[row] = laneOf(columns, result, row);
            result.order.push_back(row);
        });
        if (result.order.size() >= nextCheck) {
            nextCheck = result.order.size() + stopCheckRows;
            if (control.stopped())
                break;
        }
    }
    firsts.push_back(static_cast<std::uint32_t>(result.order.size()));
    return firsts;
}

using TraceColumns = std::array<std::vector<std::int64_t>, static_cast<std::size_t>(traceColumnCount)>;

constexpr std::array totalColumns{TraceColumn::Tokens, TraceColumn::Cost, TraceColumn::Currency};

/// Marks what repeats usage in all traces, and gives their totalColumns.
class Counting
{
public:
    Counting(const PatchedColumns& columns, Assembly& result, Findings& findings, TraceColumns& traces)
        : m_columns(columns)
        , m_result(result)
        , m_findings(findings)
        , m_traces(traces)
    {
    }

    void add(std::span<const Row> preOrder)
    {
        const TraceTotals totals = countOnce(m_columns, preOrder, m_result.parentRow, m_result.flags);
        if (totals.repeated > 0)
            m_findings.add(Severity::Info, IssueKind::RepeatedUsage, totals.firstRepeated,
                           "usage of one response is recorded on several spans; counted once", totals.repeated);
        if (totals.mismatched > 0)
            m_findings.add(Severity::Warning, IssueKind::UsageMismatch, totals.firstMismatched,
                           "its usage is not the sum of the usage below it; the parts were counted", totals.mismatched);
        if (totals.saturated != noRow)
            m_findings.add(Severity::Warning, IssueKind::BadValue, totals.saturated,
                           "with it the tokens or costs of its trace are more than can be counted; the sum stops at "
                           "the largest count");
        put(TraceColumn::Tokens, totals.tokens);
        put(TraceColumn::Cost, totals.cost);
        put(TraceColumn::Currency, totals.currency.value);
    }

private:
    void put(TraceColumn column, std::int64_t value) { m_traces[static_cast<std::size_t>(column)].push_back(value); }

    const PatchedColumns& m_columns;
    Assembly& m_result;
    Findings& m_findings;
    TraceColumns& m_traces;
};

/// Gives all other columns of a trace.
void addSummary(const TraceRow& summary, TraceColumns& traces)
{
    for (std::size_t i = 0; i < summary.size(); ++i) {
        if (std::find(totalColumns.begin(), totalColumns.end(), static_cast<TraceColumn>(i)) == totalColumns.end())
            traces[i].push_back(summary[i]);
    }
}

/// Calls `visit(trace, pre-order, first)` for every trace until `control` stops it.
template <typename Visit>
void eachTrace(const Assembly& result, std::span<const std::uint32_t> firsts, const Control& control, Visit visit)
{
    std::size_t nextCheck = stopCheckRows;
    for (std::size_t trace = 0; trace + 1 < firsts.size(); ++trace) {
        const std::uint32_t behind = firsts[trace + 1];
        visit(trace, std::span(result.order).subspan(firsts[trace], behind - firsts[trace]), firsts[trace]);
        if (behind >= nextCheck) {
            nextCheck = std::size_t{behind} + stopCheckRows;
            if (control.stopped())
                return;
        }
    }
}

TraceTable tableOf(const TraceColumns& columns)
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
    constexpr std::uint32_t recomputed = bit(SpanFlag::Orphan) | bit(SpanFlag::CycleCut) | bit(SpanFlag::OutsideParent);
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
        findParents(index, columns, result, findings);
    }
    if (control.stopped())
        return cancelled;
    atHand.keepOnly(findingColumns);
    for (std::uint32_t& flags : result.flags)
        flags &= flags & bit(SpanFlag::Superseded) ? ~std::uint32_t{0} : ~notSummed;
    cutCycles(result.parentRow, result.flags);
    for (const std::span<const SpanColumn> wanted :
         {std::span<const SpanColumn>(timeColumns), std::span<const SpanColumn>(summaryColumns), usageColumns()}) {
        if (auto loaded = atHand.need(wanted); !loaded)
            return loaded.error();
    }
    const bool worth = rows > fewRows;
    std::vector<std::uint32_t> firsts;
    std::vector<Row> outside;
    Findings timeFindings(columns);
    sideBySide(
        worth, [&] { firsts = putInOrder(columns, traceIds.size(), result, control); },
        [&] { outside = checkTimes(columns, result, timeFindings); });
    if (control.stopped())
        return cancelled;
    findings.addAll(timeFindings);
    for (const Row row : outside)
        result.flags[row] |= bit(SpanFlag::OutsideParent);

    TraceColumns traces;
    Counting counting(columns, result, findings, traces);
    sideBySide(
        worth,
        [&] {
            eachTrace(result, firsts, control,
                      [&](std::size_t, std::span<const Row> preOrder, std::uint32_t) { counting.add(preOrder); });
        },
        [&] {
            eachTrace(result, firsts, control,
                      [&](std::size_t trace, std::span<const Row> preOrder, std::uint32_t first) {
                          addSummary(summarise(columns, traceIds[trace], preOrder, first), traces);
                      });
        });
    if (control.stopped())
        return cancelled;
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
