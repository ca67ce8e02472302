#include "workspace.h"

#include "eachrow.h"
#include "ledger.h"
#include "schema.h"
#include "streamgroupfile.h"

#include <filesystem>

namespace arcscope
{
namespace
{

namespace fs = std::filesystem;

/// Columns of a table are loaded in one go over its enum.
template <typename ColumnName>
std::vector<ColumnName> allColumns()
{
    std::vector<ColumnName> columns;
    for (int i = 0; i < static_cast<int>(ColumnName::Count); ++i)
        columns.push_back(static_cast<ColumnName>(i));
    return columns;
}

std::string fileIn(const TemporaryFolder& folder)
{
    return folder.path() + "/corpus.arcscope";
}

} // namespace

Workspace::Workspace(std::string path, Database database)
    : m_path(std::move(path))
    , m_database(std::move(database))
{
}

Result<Workspace> Workspace::create(const std::string& path)
{
    std::error_code ignored;
    if (fs::exists(path, ignored))
        return Error{ErrorCode::Store, path + ": there is such a file already"};
    auto database = Database::open(path, Database::Mode::Create);
    if (!database)
        return database.error();
    if (auto made = createSchema(*database); !made)
        return made.error();
    return Workspace(path, std::move(*database));
}

Result<Workspace> Workspace::createTemporary()
{
    auto folder = TemporaryFolder::create();
    if (!folder)
        return folder.error();
    auto workspace = create(fileIn(**folder));
    if (!workspace)
        return workspace.error();
    workspace->m_temporary = std::move(*folder);
    return workspace;
}

Result<Workspace> Workspace::copyToTemporary() const
{
    auto folder = TemporaryFolder::create();
    if (!folder)
        return folder.error();
    const std::string path = fileIn(**folder);
    auto source = Database::open(m_path, Database::Mode::ReadOnly);
    if (!source)
        return source.error();
    auto copy = source->prepare("vacuum into ?");
    if (!copy)
        return copy.error();
    if (auto done = copy->bind(1, std::string_view(path)).run(); !done)
        return done.error();
    auto workspace = open(path);
    if (!workspace)
        return workspace.error();
    workspace->m_temporary = std::move(*folder);
    return workspace;
}

Result<Workspace> Workspace::open(const std::string& path)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error{ErrorCode::NotFound, path + ": there is no such file"};
    auto database = Database::open(path, Database::Mode::ReadWrite);
    if (!database)
        database = Database::open(path, Database::Mode::ReadOnly);
    if (!database)
        return database.error();
    if (auto checked = checkSchema(*database, path); !checked)
        return checked.error();
    return Workspace(path, std::move(*database));
}

template <typename Load>
Result<void> Workspace::inOneState(const Control& control, Load load)
{
    m_database.setStop(control.stop);
    if (auto begun = m_database.execute("begin"); !begun) // one state, also while an import commits
        return begun;
    const Result<void> done = load();
    static_cast<void>(m_database.execute("end"));
    return done;
}

Result<void> Workspace::loadStrings(Corpus& corpus)
{
    if (corpus.strings.size() > 1)
        return {};
    auto strings = readStrings(m_database);
    if (!strings)
        return strings.error();
    corpus.strings = std::move(*strings);
    return {};
}

Result<Corpus> Workspace::loadCorpus(std::span<const SpanColumn> columns, const Control& control, Corpus begun)
{
    Corpus corpus = std::move(begun);
    const auto done = inOneState(control, [&]() -> Result<void> {
        if (auto loaded = arcscope::loadColumns(m_database, StoredTable::Spans, columns, corpus.spans, control);
            !loaded)
            return loaded;
        if (auto loaded =
                arcscope::loadColumns(m_database, StoredTable::Traces,
                                      std::span<const TraceColumn>(allColumns<TraceColumn>()), corpus.traces, control);
            !loaded)
            return loaded;
        if (auto loaded =
                arcscope::loadColumns(m_database, StoredTable::Order,
                                      std::span<const OrderColumn>(allColumns<OrderColumn>()), corpus.order, control);
            !loaded)
            return loaded;
        return loadStrings(corpus);
    });
    return done ? Result<Corpus>(std::move(corpus)) : done.error();
}

Result<Corpus> Workspace::loadSpans(std::span<const SpanColumn> columns, std::size_t chunks, const Control& control)
{
    Corpus corpus;
    const auto done = inOneState(control, [&]() -> Result<void> {
        if (auto loaded = arcscope::loadColumns(m_database, StoredTable::Spans, columns, corpus.spans, control, chunks);
            !loaded)
            return loaded;
        return loadStrings(corpus);
    });
    return done ? Result<Corpus>(std::move(corpus)) : done.error();
}

Result<void> Workspace::loadColumns(Corpus& corpus, std::span<const SpanColumn> columns, const Control& control)
{
    return inOneState(
        control, [&] { return arcscope::loadColumns(m_database, StoredTable::Spans, columns, corpus.spans, control); });
}

Result<std::string> Workspace::record(const SpanTable& spans, Row row)
{
    return m_blocks.record(m_database, m_path, spans, row);
}

Result<PackedStream> Workspace::stream(Row row)
{
    auto stream = readStream(m_database, row);
    return stream ? std::move(stream) : within(stream.error(), m_path);
}

Result<std::vector<SourceFile>> Workspace::sources()
{
    return readSources(m_database);
}

Result<std::vector<ImportIssue>> Workspace::issues(std::uint64_t first, std::uint64_t count)
{
    auto select = m_database.prepare("select severity, kind, file, line, byte, message, count from issues"
                                     " order by severity desc, id limit ? offset ?");
    if (select)
        select->bind(1, static_cast<std::int64_t>(count)).bind(2, static_cast<std::int64_t>(first));
    return allRows<ImportIssue>(select, [](const Statement& row) {
        ImportIssue issue;
        issue.severity = static_cast<Severity>(row.number(0));
        issue.kind = static_cast<IssueKind>(row.number(1));
        issue.file = row.text(2);
        issue.line = row.number(3);
        issue.byte = row.number(4);
        issue.message = row.text(5);
        issue.count = static_cast<std::uint64_t>(row.number(6));
        return issue;
    });
}

Result<std::uint64_t> Workspace::issueRows()
{
    const auto rows = m_database.number("select count(*) from issues");
    if (!rows)
        return rows.error();
    return static_cast<std::uint64_t>(*rows);
}

Result<std::vector<SourceFile>> readSources(Database& database)
{
    auto select = database.prepare("select name, format, bytes, records from sources order by id");
    return allRows<SourceFile>(select, [](const Statement& row) {
        return SourceFile{std::string(row.text(0)), std::string(row.text(1)), static_cast<std::uint64_t>(row.number(2)),
                          static_cast<std::uint64_t>(row.number(3))};
    });
}

} // namespace arcscope
