#include "arcstore.h"

#include "finding.h"
#include "stampbytes.h"
#include "transaction.h"
#include "workspace.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t segmentBytes = std::size_t(4) << 20;
constexpr double millionths = 1e6;

/// Columns in their order; all there are.
template <typename ColumnName>
std::vector<ColumnName> every()
{
    std::vector<ColumnName> all;
    for (int i = 0; i < static_cast<int>(ColumnName::Count); ++i)
        all.push_back(static_cast<ColumnName>(i));
    return all;
}

/// Writes by chunk, column after column within it; an empty table leaves no row.
template <typename ColumnName, int columnCount>
Result<void> putTable(Statement& put, StoredTable table, const Table<ColumnName, columnCount>& values)
{
    for (std::size_t chunk = 0; chunk < values.chunks().size(); ++chunk) {
        for (const ColumnName column : every<ColumnName>()) {
            if (auto done = putChunk(put, table, static_cast<int>(column), chunk, values.chunks()[chunk][column]);
                !done)
                return done;
        }
    }
    return {};
}

Result<void> putTexts(Database& database, const StringTable& texts)
{
    Packer packer;
    StringSegment segment;
    std::uint32_t first = 1;
    for (std::uint32_t id = 1; id < texts.size(); ++id) {
        segment.text += texts[StringId{id}];
        segment.ends.push_back(static_cast<std::uint32_t>(segment.text.size()));
        if (segment.text.size() < segmentBytes && id + 1 < texts.size())
            continue;
        if (auto done = putStrings(database, packer, first, segment, StoredStrings::Arcs); !done)
            return done;
        first = id + 1;
        segment = {};
    }
    return {};
}

std::int64_t storedRow(Row row)
{
    return row == noRow ? -1 : std::int64_t{row};
}

Result<void> putProposals(Database& database, const std::vector<ArcStitch>& stitches)
{
    auto put = database.prepare("insert into arc_proposals(earlier, later, score, reason, earlier_row, later_row) "
                                "values(?,?,?,?,?,?)");
    if (!put)
        return put.error();
    for (const ArcStitch& stitch : stitches) {
        if (auto done = put->bind(1, std::int64_t{stitch.earlier})
                            .bind(2, std::int64_t{stitch.later})
                            .bind(3, static_cast<std::int64_t>(std::llround(stitch.score * millionths)))
                            .bind(4, stitch.reason)
                            .bind(5, storedRow(stitch.earlierRow))
                            .bind(6, storedRow(stitch.laterRow))
                            .run();
            !done)
            return done;
    }
    return {};
}

Result<void> write(Database& database, const ArcCorpus& arcs, const DigestValue& stamp)
{
    if (auto done = database.execute("delete from chunks where tbl in (3, 4, 5); delete from arc_strings;"
                                     "delete from arc_proposals; delete from arcs_made");
        !done)
        return done;
    auto put = preparePutChunk(database);
    if (!put)
        return put.error();
    if (auto done = putTable(*put, StoredTable::Arcs, arcs.arcs); !done)
        return done;
    if (auto done = putTable(*put, StoredTable::ArcSegments, arcs.segments); !done)
        return done;
    if (auto done = putTable(*put, StoredTable::ArcEvents, arcs.events); !done)
        return done;
    if (auto done = putTexts(database, arcs.texts); !done)
        return done;
    if (auto done = putProposals(database, arcs.stitches); !done)
        return done;
    auto made = database.prepare("insert into arcs_made(stamp) values(?)");
    if (!made)
        return made.error();
    const auto bytes = stampBytes(stamp);
    return made->bind(1, std::span<const std::byte>(bytes)).run();
}

Result<bool> isMadeFrom(Database& database, const DigestValue& stamp)
{
    auto select = database.prepare("select stamp from arcs_made");
    if (!select)
        return select.error();
    const auto row = select->step();
    if (!row)
        return row.error();
    const auto bytes = stampBytes(stamp);
    return *row && std::ranges::equal(select->blob(0), bytes);
}

const Error damaged{ErrorCode::Store, "the workspace is damaged: its task arcs cannot be read"};

Result<std::vector<ArcStitch>> readProposals(Database& database, std::uint32_t arcs)
{
    auto select = database.prepare(
        "select earlier, later, score, reason, earlier_row, later_row from arc_proposals order by rowid");
    if (!select)
        return select.error();
    std::vector<ArcStitch> stitches;
    const auto rowAt = [&](int column) {
        const std::int64_t row = select->number(column);
        return row < 0 || row >= std::int64_t{noRow} ? noRow : static_cast<Row>(row);
    };
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return stitches;
        const std::int64_t earlier = select->number(0);
        const std::int64_t later = select->number(1);
        if (earlier < 0 || later < 0 || earlier >= std::int64_t{arcs} || later >= std::int64_t{arcs})
            return damaged;
        ArcStitch& stitch = stitches.emplace_back();
        stitch.earlier = static_cast<std::uint32_t>(earlier);
        stitch.later = static_cast<std::uint32_t>(later);
        stitch.score = static_cast<double>(select->number(2)) / millionths;
        stitch.reason = select->text(3);
        stitch.earlierRow = rowAt(4);
        stitch.laterRow = rowAt(5);
    }
}

/// Every value of a column lies between these.
template <typename ColumnName, int columnCount>
bool within(const Table<ColumnName, columnCount>& table, ColumnName column, std::int64_t least, std::int64_t most)
{
    return std::all_of(table.chunks().begin(), table.chunks().end(),
                       [&](const auto& chunk) { return chunk[column].min() >= least && chunk[column].max() <= most; });
}

/// The slices of the arcs lie in a table of so many rows.
bool liesIn(const ArcTable& arcs, ArcColumn first, ArcColumn count, std::uint32_t rows)
{
    const std::vector<std::int64_t> begins = arcs.values(first);
    const std::vector<std::int64_t> counts = arcs.values(count);
    for (std::size_t i = 0; i < begins.size(); ++i) {
        if (begins[i] < 0 || counts[i] < 0 || counts[i] > std::int64_t{rows} ||
            begins[i] > std::int64_t{rows} - counts[i])
            return false;
    }
    return true;
}

/// Enums and indices are of this program, this corpus and these tables, whatever the file says.
bool isSound(const ArcCorpus& arcs, const Corpus& corpus)
{
    const auto lastOf = [](std::uint32_t rows) { return std::int64_t{rows} - 1; };
    const std::int64_t text = lastOf(arcs.texts.size());
    const std::int64_t word = lastOf(corpus.strings.size());
    const ArcTable& table = arcs.arcs;
    for (int i = 0; i < spanTextCount; ++i) {
        if (!within(table, tagColumn(static_cast<SpanText>(i)), 0, word))
            return false;
    }
    return within(table, ArcColumn::Unit, 0, static_cast<int>(ArcUnit::Trace)) &&
           within(table, ArcColumn::Outcome, 0, arcOutcomeCount - 1) &&
           within(table, ArcColumn::OutcomeSource, 0, arcSourceCount - 1) &&
           within(table, ArcColumn::OutcomeRow, -1, lastOf(corpus.spans.rows())) &&
           within(table, ArcColumn::Resolution, 0, arcResolutionCount - 1) &&
           within(table, ArcColumn::ResolutionSource, 0, arcSourceCount - 1) &&
           within(table, ArcColumn::Key, 0, text) && within(table, ArcColumn::Goal, 0, text) &&
           within(table, ArcColumn::OutcomeRule, 0, text) &&
           liesIn(table, ArcColumn::FirstSegment, ArcColumn::Segments, arcs.segments.rows()) &&
           liesIn(table, ArcColumn::FirstEvent, ArcColumn::Events, arcs.events.rows()) &&
           within(arcs.segments, ArcSegmentColumn::Arc, 0, lastOf(table.rows())) &&
           within(arcs.segments, ArcSegmentColumn::Trace, 0, lastOf(corpus.traces.rows())) &&
           within(arcs.segments, ArcSegmentColumn::Session, 0, word) &&
           within(arcs.segments, ArcSegmentColumn::Device, 0, word) &&
           within(arcs.segments, ArcSegmentColumn::Join, 0, static_cast<int>(ArcJoin::Accepted)) &&
           within(arcs.events, ArcEventColumn::Arc, 0, lastOf(table.rows())) &&
           within(arcs.events, ArcEventColumn::Segment, 0, lastOf(arcs.segments.rows())) &&
           within(arcs.events, ArcEventColumn::Step, 0, arcStepCount - 1) &&
           within(arcs.events, ArcEventColumn::Source, 0, arcSourceCount - 1) &&
           within(arcs.events, ArcEventColumn::SpanRow, 0, lastOf(corpus.spans.rows())) &&
           within(arcs.events, ArcEventColumn::TextOf, 0, static_cast<int>(TextPlace::Of::Attribute)) &&
           within(arcs.events, ArcEventColumn::Rule, 0, text);
}

} // namespace

Result<void> storeArcs(Workspace& workspace, const ArcCorpus& arcs, const DigestValue& stamp)
{
    Database& database = workspace.database();
    return inTransaction(database, [&] { return write(database, arcs, stamp); });
}

Result<std::optional<ArcCorpus>> loadArcs(Workspace& workspace, const Corpus& corpus, const DigestValue& stamp,
                                          const Control& control)
{
    Database& database = workspace.database();
    const auto same = isMadeFrom(database, stamp);
    if (!same)
        return same.error();
    if (!*same)
        return std::optional<ArcCorpus>();
    ArcCorpus arcs;
    const auto load = [&]<typename ColumnName, int columnCount>(StoredTable table,
                                                                Table<ColumnName, columnCount>& into) {
        const std::vector<ColumnName> columns = every<ColumnName>();
        return loadColumns(database, table, std::span<const ColumnName>(columns), into, control);
    };
    if (auto done = load(StoredTable::Arcs, arcs.arcs); !done)
        return done.error();
    if (auto done = load(StoredTable::ArcSegments, arcs.segments); !done)
        return done.error();
    if (auto done = load(StoredTable::ArcEvents, arcs.events); !done)
        return done.error();
    auto texts = readStrings(database, StoredStrings::Arcs);
    if (!texts)
        return texts.error();
    arcs.texts = std::move(*texts);
    auto stitches = readProposals(database, arcs.arcs.rows());
    if (!stitches)
        return stitches.error();
    arcs.stitches = std::move(*stitches);
    if (!isSound(arcs, corpus))
        return damaged;
    return std::optional(std::move(arcs));
}

} // namespace arcscope
