// Weights & Biases Weave: calls of operations, one a line, in a list, or in "calls" of an object; and as they are sent,
// begin and end apart.
#include "format.h"
#include "platformspan.h"
#include "probe.h"
#include "usagejson.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "weave";

constexpr auto kinds = std::to_array<KindWord>({
    {"llm", SpanKind::ModelCall},
    {"agent", SpanKind::Agent, true},
    {"tool", SpanKind::ToolCall},
    {"search", SpanKind::Retrieval},
    {"retriever", SpanKind::Retrieval},
    {"embedding", SpanKind::Embedding},
    {"guardrail", SpanKind::Guardrail},
    {"scorer", SpanKind::Evaluator},
});

constexpr auto ruleList = std::to_array<AttributeRule>({
    {"attributes.weave.kind", Field::Kind, 10, kinds},
    {"inputs", Field::InputMessages, 20},
    {"output", Field::OutputMessages, 20},
    {"inputs.model", fieldOf(SpanText::ModelRequested), 20},
    {"output.model", fieldOf(SpanText::ModelServed), 20},
    {"output.id", Field::ResponseId, 20},
    {"output.choices.0.finish_reason", fieldOf(SpanText::StopReason), 20},
    {"output.stop_reason", fieldOf(SpanText::StopReason), 21},
    {"thread_id", fieldOf(SpanText::Session), 20},
    {"wb_user_id", fieldOf(SpanText::User), 20},
});

/// Names of operations that are calls of models; it is our guess.
constexpr auto operations = std::to_array<std::pair<std::string_view, AttributeRule>>({
    {"chat.completions", {"", Field::Guess, 20, {}, SpanKind::ModelCall}},
    {"messages.create", {"", Field::Guess, 20, {}, SpanKind::ModelCall}},
    {"responses.create", {"", Field::Guess, 20, {}, SpanKind::ModelCall}},
    {"generate_content", {"", Field::Guess, 20, {}, SpanKind::ModelCall}},
    {"litellm.completion", {"", Field::Guess, 20, {}, SpanKind::ModelCall}},
    {"embeddings", {"", Field::Guess, 20, {}, SpanKind::Embedding}},
});

const RecordRules& rules()
{
    static const RecordRules made(ruleList, {"attributes"});
    return made;
}

/// "weave:///entity/project/op/NAME:DIGEST" is NAME.
std::string_view operationName(std::string_view name)
{
    if (!name.starts_with("weave:///"))
        return name;
    name.remove_prefix(name.rfind('/') + 1);
    return name.substr(0, name.rfind(':'));
}

/// The counts of all models that were called below; one object in the words of one of them.
void takeUsage(const JsonValue& models, PlatformSpan& span)
{
    constexpr AttributeRule rule{"", Field::UsageObject, 20};
    std::vector<std::string> counts;
    models.eachMember([&](std::string_view, const JsonValue& usage) {
        if (usage.isObject() && readUsage(usage.raw()))
            counts.emplace_back(usage.raw());
    });
    if (counts.empty())
        return;
    if (counts.size() == 1) {
        span.facts().take(rule, "summary.usage", {FactValue::Form::Json, span.facts().keep(counts.front())});
        return;
    }
    Usage all;
    for (const std::string& count : counts) {
        if (const auto usage = readUsage(count))
            all = all + normalise(usage->raw, usage->dialect).usage;
    }
    span.span().usage = all;
    span.span().usageDialect = UsageDialect::Disjoint;
    span.span().provenance.set(Fact::Usage, Provenance::Declared);
}

void takeSummary(const JsonValue& summary, PlatformSpan& span)
{
    constexpr AttributeRule part{"", Field::CostPart, 20};
    summary.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "usage")
            takeUsage(value, span);
        if (key != "weave")
            return;
        value.eachMember([&](std::string_view name, const JsonValue& member) {
            if (name == "status" && member.text() == "error")
                span.span().status = SpanStatus::Error;
            else if (name == "status" && member.text() == "success" && span.span().status == SpanStatus::Unset)
                span.span().status = SpanStatus::Ok;
            else if (name == "costs")
                member.eachMember([&](std::string_view, const JsonValue& model) {
                    model.eachMember([&](std::string_view what, const JsonValue& cost) {
                        if (what.ends_with("_tokens_total_cost") && cost.number())
                            span.facts().take(part, what,
                                              {FactValue::Form::Number, span.facts().keep(std::string(cost.raw()))});
                    });
                });
        });
    });
}

void take(PlatformSpan& span, std::string_view path, const JsonValue& value)
{
    SpanRecord& record = span.span();
    if (path == "id") {
        span.id(record.span, value);
    } else if (path == "trace_id") {
        span.id(record.trace, value);
    } else if (path == "parent_id") {
        span.parent(value);
    } else if (path == "display_name" && !value.text().empty()) {
        setText(span.sink(), record, SpanText::Name, value.text());
    } else if (path == "op_name") {
        const std::string_view name = operationName(value.text());
        if (!record[SpanText::Name])
            setText(span.sink(), record, SpanText::Name, name);
        for (const auto& [words, rule] : operations) {
            if (name.find(words) != std::string_view::npos)
                span.facts().take(rule, "op_name", {FactValue::Form::Bool, "true"});
        }
    } else if (path == "started_at") {
        span.time(Fact::Start, value);
    } else if (path == "ended_at") {
        span.time(Fact::End, value);
    } else if (path == "exception") {
        span.fail(value);
    } else if (path == "summary") {
        takeSummary(value, span);
    } else if (path == "deleted_at" && value.recorded()) {
        span.report(Severity::Info, IssueKind::UnknownRecord, "calls that were deleted are shown like others");
    }
}

std::string keyOf(const JsonValue& record)
{
    std::string id;
    record.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "id")
            id = value.text();
    });
    return id;
}

int sniffWeave(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"", "*/", "calls/*/", "start/", "batch/*/req/start/"}) {
        if (first->hasString(at + "op_name") && (first->has(at + "started_at") || at.size() > 10))
            return 90;
    }
    return 0;
}

Result<void> readWeave(ReadJob& job)
{
    const Probe probe = Probe::of(job.input);
    const ProbeValue* first = probe.first();
    const SplitPaths paths{"calls/*", "batch/*/req/start|end", "start|end"};
    const bool document = first && (first->hasArray("calls") || first->hasArray("batch") || first->hasObject("start"));
    IssueTally tally;
    const auto done = readPlatform(job, tally, {formatName, rules(), keyOf, take, {}}, document ? &paths : nullptr);
    tally.report(job.sink);
    return done;
}

SpanContent decodeWeave(std::string_view record, std::string_view)
{
    return decodePlatform(record, rules(), {"exception"});
}

} // namespace

ImportFormat weave()
{
    return {formatName, "W&B Weave", sniffWeave, readWeave, decodeWeave};
}

} // namespace arcscope
