#include "schema.h"

#include <array>

namespace arcscope
{
namespace
{

/// steps[n] leads from version n to n + 1; version 0 is the empty file.
constexpr std::array<const char*, workspaceVersion> steps{R"sql(
create table chunks(
    tbl integer not null,    -- StoredTable
    col integer not null,    -- SpanColumn, TraceColumn or OrderColumn
    chunk integer not null,
    rows integer not null,
    min integer not null,
    max integer not null,    -- with min the zone map
    width integer not null,  -- bytes a value: 0, 1, 2, 4, 8
    data blob not null,
    primary key(tbl, col, chunk));
create table blocks(
    id integer primary key,
    size integer not null,   -- bytes unpacked
    data blob not null);     -- zstd: untouched records end to end
create table streams(
    id integer primary key,
    first integer not null,  -- span rows of the first and last stream in it
    last integer not null,
    data blob not null);     -- zstd: packed streams end to end
create table strings(
    id integer primary key,  -- StringId of the first
    count integer not null,
    data blob not null);     -- zstd
create table trace_ids(
    id integer primary key,  -- index of the first
    data blob not null);     -- zstd: 17 bytes each: form, high, low
create table sources(
    id integer primary key,
    name text not null,
    format text not null,
    bytes integer not null,
    records integer not null);
create table issues(
    id integer primary key,
    severity integer not null,
    kind integer not null,
    file text not null,
    line integer not null,
    byte integer not null,
    message text not null,
    count integer not null,
    assembled integer not null); -- 1: found when the corpus was put together; made anew by each import
create table notes(
    id integer primary key,
    place text not null,
    body text not null,
    created_ns integer not null,
    changed_ns integer not null);
create table dismissals(
    id integer primary key,
    finding text not null unique,
    reason text not null,
    created_ns integer not null);
create table settings(
    name text primary key,
    value text not null) without rowid;
)sql",
                                                          R"sql(
create table contents(
    source integer primary key, -- number of the source, counted from 0; -1: the key of all digests
    bytes integer not null,     -- unpacked
    whole_lines integer not null,
    digest blob not null);      -- 64-bit numbers, little endian: ContentMark's rungs and digest
)sql",
                                                          R"sql(
create table verdicts(
    finding text primary key,   -- findingKey()
    verdict integer not null,   -- FindingVerdict
    reason text not null,
    note text not null,
    changed_ns integer not null) without rowid;
insert into verdicts select finding, 2, reason, '', created_ns from dismissals;
drop table dismissals;
create table found(
    stamp blob primary key,     -- of the trace as it was looked through: 16 bytes
    data blob not null) without rowid;
)sql",
                                                          R"sql(
create table arc_reviews(
    arc text primary key,       -- arcKey()
    outcome integer,            -- ArcOutcome; null: only a note
    note text not null,
    changed_ns integer not null) without rowid;
create table arc_stitches(
    earlier text not null,      -- arcKey() of both, as they are without any decision
    later text not null,
    accepted integer not null,
    changed_ns integer not null,
    primary key(earlier, later)) without rowid;
create table arcs_made(
    stamp blob not null);       -- of what the arcs in chunks were made from: 16 bytes; no row: there are none
create table arc_strings(
    id integer primary key,     -- as strings
    count integer not null,
    data blob not null);
create table arc_proposals(
    earlier integer not null,   -- rows of the arcs
    later integer not null,
    score integer not null,     -- millionths
    reason text not null,
    earlier_row integer not null, -- rows of spans; -1: none
    later_row integer not null);
)sql",
                                                          R"sql(
create table replay_reviews(
    task text not null,         -- ReplayTask::key
    base text not null,         -- names of both sides
    candidate text not null,
    opinion integer not null,   -- ReplayOpinion; -1: only a note
    note text not null,
    changed_ns integer not null,
    primary key(task, base, candidate)) without rowid;
)sql",
                                                          R"sql(
create table replays(
    number integer primary key autoincrement, -- the later the larger
    stamp blob not null unique, -- of what was compared: 16 bytes
    data blob not null);        -- packed
)sql",
                                                          R"sql(
create table replay_matches(
    base text not null,         -- ids of the first traces of two runs
    candidate text not null,
    base_step integer not null, -- -1: the runs as wholes
    candidate_step integer not null,
    primary key(base, candidate, base_step, candidate_step)) without rowid;
)sql",
                                                          R"sql(
alter table notes add column kind integer not null default 0; -- AnnotationKind
alter table notes add column part text not null default '';   -- PlacePart
alter table notes add column author text not null default '';
create table drafts(
    place text primary key,     -- of a note that is being written
    body text not null,
    changed_ns integer not null) without rowid;
)sql"};

/// All steps in one transaction: each would have to reach the disk for itself.
Result<void> migrate(Database& database, std::int64_t from)
{
    std::string sql = "begin immediate;";
    for (std::int64_t version = from; version < workspaceVersion; ++version)
        sql += steps[static_cast<std::size_t>(version)];
    sql += "pragma user_version = " + std::to_string(workspaceVersion) + ";";
    sql += "pragma application_id = " + std::to_string(workspaceApplicationId) + "; commit;";
    auto done = database.execute(sql);
    if (!done)
        static_cast<void>(database.execute("rollback"));
    return done;
}

} // namespace

Result<void> createSchema(Database& database)
{
    if (auto done = database.execute("pragma page_size = 16384"); !done)
        return done;
    return migrate(database, 0);
}

Result<void> checkSchema(Database& database, const std::string& path)
{
    const auto application = database.number("pragma application_id");
    if (!application)
        return application.error();
    const auto version = database.number("pragma user_version");
    if (!version)
        return version.error();
    if (*application != workspaceApplicationId)
        return Error{ErrorCode::UnknownFormat, path + ": this is an SQLite file, but no Arcscope workspace"};
    if (*version > workspaceVersion)
        return Error{ErrorCode::Unsupported, path + ": the workspace was written by a newer Arcscope (version " +
                                                 std::to_string(*version) + "; this one reads up to " +
                                                 std::to_string(workspaceVersion) + "); it was not changed"};
    return *version < workspaceVersion ? migrate(database, *version) : Result<void>();
}

} // namespace arcscope
