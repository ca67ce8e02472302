#include "wordindex.h"

#include "workspace.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

/// Rows in one transaction: about 10 MB of records, a third of a second.
constexpr Row rowsPerStep = 4'096;
/// Words of one record: what lies behind is found by the scan (searchRecords) only.
constexpr std::size_t maxWordBytes = std::size_t{1} << 20;
constexpr std::array recordColumns{SpanColumn::Block, SpanColumn::BlockOffset, SpanColumn::BlockLength};

void appendUtf8(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code >= 0xd800 && code < 0xe000) {
        out += ' '; // half of a pair: beyond the first plane there are hardly words
    } else {
        out += static_cast<char>(0xe0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

bool readUnit(std::string_view text, std::size_t at, std::uint32_t& unit)
{
    if (text.size() < 4 || at > text.size() - 4)
        return false;
    const auto* end = text.data() + at + 4;
    return std::from_chars(text.data() + at, end, unit, 16).ptr == end;
}

bool isWordByte(char c)
{
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/// FTS5's language without its operators: every word in quotes, the last one as a beginning.
std::string matchExpression(std::string_view text)
{
    std::string expression;
    for (std::size_t at = 0; at < text.size();) {
        if (!isWordByte(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && isWordByte(text[at]))
            ++at;
        expression += (expression.empty() ? "\"" : " \"") + std::string(text.substr(begin, at - begin)) + "\"";
    }
    return expression.empty() || !isWordByte(text.back()) ? expression : expression + " *";
}

Result<bool> hasIndex(Database& database)
{
    const auto tables = database.number("select count(*) from sqlite_master where name = 'record_words'");
    if (!tables)
        return tables.error();
    return *tables > 0;
}

Result<Row> indexedRows(Database& database)
{
    const auto has = hasIndex(database);
    if (!has)
        return has.error();
    if (!*has)
        return Row{0};
    const auto rows = database.number("select value from settings where name = 'record_words.rows'");
    if (!rows)
        return rows.error();
    return static_cast<Row>(*rows);
}

Result<void> indexRows(Workspace& workspace, const SpanTable& spans, Row first, Row end, const Control& control)
{
    auto insert = workspace.database().prepare("insert into record_words(rowid, words) values(?, ?)");
    if (!insert)
        return insert.error();
    for (Row row = first; row < end; ++row) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const auto record = workspace.record(spans, row);
        if (!record)
            return record.error();
        if (record->empty())
            continue;
        const std::string words = wordsOf(std::string_view(*record).substr(0, maxWordBytes));
        if (auto put = insert->bind(1, std::int64_t{row}).bind(2, words).run(); !put)
            return put;
        control.advance(record->size());
    }
    auto note = workspace.database().prepare("insert or replace into settings(name, value)"
                                             " values('record_words.rows', ?)");
    if (!note)
        return note.error();
    return note->bind(1, std::int64_t{end}).run();
}

} // namespace

std::string wordsOf(std::string_view record)
{
    std::string out;
    out.reserve(record.size());
    for (std::size_t at = 0; at < record.size();) {
        if (record[at] != '\\') {
            out += record[at++];
            continue;
        }
        while (at < record.size() && record[at] == '\\') // each level of JSON in strings doubles them
            ++at;
        if (at == record.size())
            break;
        std::uint32_t unit = 0;
        const char escaped = record[at];
        if (escaped == 'u' && readUnit(record, at + 1, unit)) {
            appendUtf8(out, unit);
            at += 5;
        } else {
            out += ' ';
            at += std::string_view("nrtbf\"/").find(escaped) != std::string_view::npos ? 1 : 0;
        }
    }
    return out;
}

Result<WordIndexState> wordIndexState(const std::string& path)
{
    auto workspace = Workspace::open(path);
    if (!workspace)
        return workspace.error();
    const auto rows = indexedRows(workspace->database());
    if (!rows)
        return rows.error();
    const auto total =
        workspace->database().number("select coalesce(sum(rows), 0) from chunks where tbl = 0 and col = 0");
    if (!total)
        return total.error();
    return WordIndexState{*rows, static_cast<Row>(*total)};
}

Result<void> buildWordIndex(const std::string& path, const Control& control)
{
    auto workspace = Workspace::open(path);
    if (!workspace)
        return workspace.error();
    Database& database = workspace->database();
    Corpus corpus;
    if (auto loaded = workspace->loadColumns(corpus, recordColumns, control); !loaded)
        return loaded;
    while (true) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        if (auto begun = database.execute("begin immediate"); !begun)
            return begun;
        // Contentless: the records are there already. The table is part of no version: a workspace may have it.
        auto done = database.execute("create virtual table if not exists record_words using fts5(words, content = '',"
                                     " tokenize = 'unicode61')");
        const auto first = done ? indexedRows(database) : done.error();
        const bool finished = first && *first >= corpus.spans.rows();
        if (!first)
            done = first.error();
        else if (!finished)
            done = indexRows(*workspace, corpus.spans, *first, std::min(corpus.spans.rows(), *first + rowsPerStep),
                             control);
        if (done)
            done = database.execute("commit");
        if (!done) {
            static_cast<void>(database.execute("rollback"));
            return done;
        }
        if (finished)
            return {};
    }
}

Result<std::vector<RankedRow>> searchWords(const std::string& path, std::string_view text, std::size_t limit,
                                           const Control& control)
{
    const std::string expression = matchExpression(text);
    std::vector<RankedRow> found;
    if (expression.empty() || limit == 0)
        return found;
    auto workspace = Workspace::open(path);
    if (!workspace)
        return workspace.error();
    Database& database = workspace->database();
    database.setStop(control.stop);
    const auto has = hasIndex(database);
    if (!has)
        return has.error();
    if (!*has)
        return found;
    auto select = database.prepare("select rowid, rank from record_words where record_words match ?"
                                   " order by rank, rowid limit ?");
    if (!select)
        return select.error();
    select->bind(1, expression).bind(2, static_cast<std::int64_t>(limit));
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return found;
        const SqlValue rank = select->value(1);
        const auto* value = std::get_if<double>(&rank);
        found.push_back({static_cast<Row>(select->number(0)), value ? *value : 0});
    }
}

} // namespace arcscope
