#include "annotations.h"

#include "eachrow.h"
#include "storedtext.h"
#include "transaction.h"
#include "workspace.h"

#include <functional>
#include <initializer_list>
#include <random>

namespace arcscope
{
namespace
{

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

Result<void> keepAnnotation(Workspace& workspace, const Annotation& annotation)
{
    if (auto fits = checkLengths({annotation.place, annotation.part, annotation.body, annotation.author}); !fits)
        return fits;
    if (annotation.id <= 0 || !parsePlacePart(annotation.part))
        return Error{ErrorCode::Usage, "an annotation needs an id and a part of a place"};
    auto put = workspace.database().prepare(
        "insert or replace into notes(id, place, body, created_ns, changed_ns, kind, part, author)"
        " values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    return changeRow(std::move(put), [&](Statement& row) {
        row.bind(1, annotation.id)
            .bind(2, annotation.place)
            .bind(3, annotation.body)
            .bind(4, annotation.created)
            .bind(5, annotation.changed)
            .bind(6, static_cast<std::int64_t>(annotation.kind))
            .bind(7, annotation.part)
            .bind(8, annotation.author);
    });
}

Result<void> changeAnnotations(Workspace& workspace, std::span<const Annotation> keep,
                               std::span<const std::int64_t> remove)
{
    return inTransaction(workspace.database(), [&]() -> Result<void> {
        auto drop = workspace.database().prepare("delete from notes where id = ?");
        for (const std::int64_t id : remove) {
            if (auto gone = changeRow(std::move(drop), [&](Statement& row) { row.bind(1, id); }); !gone)
                return gone;
        }
        for (const Annotation& annotation : keep) {
            if (auto kept = keepAnnotation(workspace, annotation); !kept)
                return kept;
        }
        return {};
    });
}

Result<Annotation> addNote(Workspace& workspace, std::string_view place, std::string_view body, Nanos now)
{
    Annotation made;
    made.id = newAnnotationId();
    made.place = place;
    made.body = body;
    made.created = now;
    made.changed = now;
    const auto kept = changeAnnotations(workspace, std::span(&made, 1));
    return kept ? Result<Annotation>(std::move(made)) : Result<Annotation>(kept.error());
}

Result<std::vector<Annotation>> annotations(Workspace& workspace)
{
    auto select = workspace.database().prepare(
        "select id, kind, place, part, body, author, created_ns, changed_ns from notes order by created_ns, id");
    return allRows<Annotation>(select, [](const Statement& row) {
        const std::int64_t kind = row.number(1);
        const bool known = kind >= 0 && kind < annotationKindCount;
        const bool part = parsePlacePart(row.text(3)).has_value();
        return Annotation{row.number(0),
                          known ? static_cast<AnnotationKind>(kind) : AnnotationKind::Note,
                          std::string(row.text(2)),
                          part ? std::string(row.text(3)) : std::string(),
                          std::string(row.text(4)),
                          std::string(row.text(5)),
                          row.number(6),
                          row.number(7)};
    });
}

Result<void> keepDraft(Workspace& workspace, const Draft& draft)
{
    if (auto fits = checkLengths({draft.place, draft.body}); !fits)
        return fits;
    auto put = workspace.database().prepare(
        draft.body.empty() ? "delete from drafts where place = ?1"
                           : "insert or replace into drafts(place, body, changed_ns) values(?1, ?2, ?3)");
    return changeRow(std::move(put), [&](Statement& row) {
        row.bind(1, draft.place);
        if (!draft.body.empty())
            row.bind(2, draft.body).bind(3, draft.changed);
    });
}

Result<std::vector<Draft>> drafts(Workspace& workspace)
{
    auto select = workspace.database().prepare("select place, body, changed_ns from drafts order by place");
    return allRows<Draft>(select, [](const Statement& row) {
        return Draft{std::string(row.text(0)), std::string(row.text(1)), row.number(2)};
    });
}

Result<void> setSetting(Workspace& workspace, std::string_view name, std::string_view value)
{
    if (auto fits = checkLengths({name, value}); !fits)
        return fits;
    auto put = workspace.database().prepare("insert or replace into settings(name, value) values(?, ?)");
    return changeRow(std::move(put), [&](Statement& row) { row.bind(1, name).bind(2, value); });
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
