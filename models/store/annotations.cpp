#include "annotations.h"

#include "eachrow.h"
#include "workspace.h"

#include <functional>
#include <initializer_list>

namespace arcscope
{
namespace
{

Result<void> checkLengths(std::initializer_list<std::string_view> texts)
{
    for (const std::string_view text : texts) {
        if (text.size() > maxAnnotationBytes)
            return Error{ErrorCode::Usage, "the text is longer than 1 MB"};
    }
    return {};
}

/// Runs a statement that changes one row.
Result<void> change(Result<Statement>& statement, const std::function<void(Statement&)>& bind)
{
    if (!statement)
        return statement.error();
    bind(*statement);
    return statement->run();
}

Result<void> needNote(Workspace& workspace, std::int64_t id)
{
    const auto found = workspace.database().number("select count(*) from notes where id = " + std::to_string(id));
    if (!found)
        return found.error();
    return *found > 0 ? Result<void>() : Error{ErrorCode::NotFound, "there is no such note"};
}

Id idOfTrace(const Corpus& corpus, std::uint32_t trace)
{
    return trace < corpus.traces.rows() ? Id{static_cast<std::uint64_t>(corpus.traces.at(TraceColumn::IdHigh, trace)),
                                             static_cast<std::uint64_t>(corpus.traces.at(TraceColumn::IdLow, trace)),
                                             static_cast<IdForm>(corpus.traces.at(TraceColumn::IdForm, trace))}
                                        : Id{};
}

} // namespace

std::string placeOfTrace(const Corpus& corpus, std::uint32_t trace)
{
    const Id id = idOfTrace(corpus, trace);
    return id ? "trace:" + corpus.idText(id) : "trace-row:" + std::to_string(trace);
}

std::string placeOfSpan(const Corpus& corpus, Row row)
{
    const Id span = corpus.spans.spanId(row);
    if (!span)
        return "span-row:" + std::to_string(row);
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
    return "trace:" + corpus.idText(idOfTrace(corpus, trace)) + "/span:" + corpus.idText(span);
}

Result<Note> addNote(Workspace& workspace, std::string_view place, std::string_view body, Nanos now)
{
    if (auto fits = checkLengths({place, body}); !fits)
        return fits.error();
    auto insert = workspace.database().prepare("insert into notes(place, body, created_ns, changed_ns)"
                                               " values(?1, ?2, ?3, ?3)");
    if (auto done = change(insert, [&](Statement& put) { put.bind(1, place).bind(2, body).bind(3, now); }); !done)
        return done.error();
    return Note{workspace.database().lastInsertId(), std::string(place), std::string(body), now, now};
}

Result<void> changeNote(Workspace& workspace, std::int64_t id, std::string_view body, Nanos now)
{
    if (auto fits = checkLengths({body}); !fits)
        return fits;
    if (auto there = needNote(workspace, id); !there)
        return there;
    auto update = workspace.database().prepare("update notes set body = ?, changed_ns = ? where id = ?");
    return change(update, [&](Statement& put) { put.bind(1, body).bind(2, now).bind(3, id); });
}

Result<void> removeNote(Workspace& workspace, std::int64_t id)
{
    if (auto there = needNote(workspace, id); !there)
        return there;
    auto remove = workspace.database().prepare("delete from notes where id = ?");
    return change(remove, [&](Statement& put) { put.bind(1, id); });
}

Result<void> replaceNotes(Workspace& workspace, std::string_view place, std::string_view body, Nanos now)
{
    Database& database = workspace.database();
    if (auto begun = database.execute("begin immediate"); !begun)
        return begun;
    const auto replace = [&]() -> Result<void> {
        const auto found = notes(workspace, place);
        if (!found)
            return found.error();
        std::size_t kept = 0;
        if (!body.empty() && found->empty()) {
            if (auto added = addNote(workspace, place, body, now); !added)
                return added.error();
        } else if (!body.empty()) {
            if (auto changed = changeNote(workspace, found->front().id, body, now); !changed)
                return changed;
            kept = 1;
        }
        for (std::size_t i = kept; i < found->size(); ++i) {
            if (auto removed = removeNote(workspace, (*found)[i].id); !removed)
                return removed;
        }
        return database.execute("commit");
    };
    auto done = replace();
    if (!done)
        static_cast<void>(database.execute("rollback"));
    return done;
}

Result<std::vector<Note>> notes(Workspace& workspace, std::optional<std::string_view> place)
{
    auto select =
        workspace.database().prepare(std::string("select id, place, body, created_ns, changed_ns from notes") +
                                     (place ? " where place = ?" : "") + " order by id");
    if (select && place)
        select->bind(1, *place);
    return allRows<Note>(select, [](const Statement& row) {
        return Note{row.number(0), std::string(row.text(1)), std::string(row.text(2)), row.number(3), row.number(4)};
    });
}

Result<void> setSetting(Workspace& workspace, std::string_view name, std::string_view value)
{
    if (auto fits = checkLengths({name, value}); !fits)
        return fits;
    auto put = workspace.database().prepare("insert or replace into settings(name, value) values(?, ?)");
    return change(put, [&](Statement& row) { row.bind(1, name).bind(2, value); });
}

Result<std::optional<std::string>> setting(Workspace& workspace, std::string_view name)
{
    auto select = workspace.database().prepare("select value from settings where name = ?");
    if (!select)
        return select.error();
    const auto row = select->bind(1, name).step();
    if (!row)
        return row.error();
    return *row ? std::optional(std::string(select->text(0))) : std::nullopt;
}

} // namespace arcscope
