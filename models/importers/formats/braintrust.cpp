// Braintrust: rows of logs and experiments, each a span; later rows with the same id add to the earlier ones.
#include "format.h"
#include "platformspan.h"
#include "probe.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "braintrust";

constexpr auto types = std::to_array<KindWord>({
    {"llm", SpanKind::ModelCall},
    {"tool", SpanKind::ToolCall},
    {"score", SpanKind::Evaluator},
    {"classifier", SpanKind::Evaluator},
    {"eval", SpanKind::Workflow, true},
    {"task", SpanKind::Workflow, true},
    {"function", SpanKind::Other},
    {"automation", SpanKind::Workflow, true},
});

constexpr auto ruleList = std::to_array<AttributeRule>({
    {"span_attributes.type", Field::Kind, 10, types},
    {"input", Field::InputMessages, 20},
    {"output", Field::OutputMessages, 20},
    {"metadata.model", fieldOf(SpanText::ModelRequested), 20},
    {"metadata.provider", fieldOf(SpanText::Provider), 20},
    {"metadata.session_id", fieldOf(SpanText::Session), 20},
    {"metadata.user_id", fieldOf(SpanText::User), 20},
    {"metadata.prompt.key", fieldOf(SpanText::PromptName), 20},
    {"output.0.finish_reason", fieldOf(SpanText::StopReason), 20},
    {"metrics.prompt_tokens", Field::Input, 20},
    {"metrics.completion_tokens", Field::Output, 20},
    {"metrics.tokens", Field::Total, 20},
    {"metrics.prompt_cached_tokens", Field::CacheRead, 20},
    {"metrics.prompt_cache_creation_tokens", Field::CacheWrite, 20},
    {"metrics.prompt_cache_creation_1h_tokens", Field::CacheWriteLong, 20},
    {"metrics.completion_reasoning_tokens", Field::Reasoning, 20},
    {"metrics.completion_accepted_prediction_tokens", Field::PredictionAccepted, 20},
    {"metrics.completion_rejected_prediction_tokens", Field::PredictionRejected, 20},
    {"metrics.prompt_audio_tokens", Field::AudioInput, 20},
    {"metrics.completion_audio_tokens", Field::AudioOutput, 20},
    {"metrics.time_to_first_token", Field::FirstTokenSeconds, 20},
    {"metrics.estimated_cost", Field::Cost, 20},
});

const RecordRules& rules()
{
    static const RecordRules made(ruleList, {"metadata"});
    return made;
}

void takeParents(const JsonValue& parents, PlatformSpan& span)
{
    bool first = true;
    parents.eachElement([&](const JsonValue& parent) {
        if (first)
            span.parent(parent);
        else
            span.report(Severity::Info, IssueKind::BadValue, "a span with several parents is shown below the first");
        first = false;
    });
}

void take(PlatformSpan& span, std::string_view path, const JsonValue& value)
{
    SpanRecord& record = span.span();
    if (path == "span_id") {
        span.id(record.span, value);
    } else if (path == "root_span_id") {
        span.id(record.trace, value);
    } else if (path == "span_parents") {
        if (!record.parent)
            takeParents(value, span);
    } else if (path == "span_attributes.name") {
        span.text(SpanText::Name, value);
    } else if (path == "metrics.start") {
        span.time(Fact::Start, value);
    } else if (path == "metrics.end") {
        span.time(Fact::End, value);
    } else if (path == "error") {
        span.fail(value);
    }
}

/// The row's id, which is not that of its span; where a row has none, that of the span.
std::string keyOf(const JsonValue& record)
{
    std::string id;
    std::string span;
    std::string trace;
    record.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "id")
            id = value.text();
        else if (key == "span_id")
            span = value.text();
        else if (key == "root_span_id")
            trace = value.text();
    });
    return id.empty() ? (span.empty() ? span : trace + '/' + span) : id;
}

bool finish(PlatformSpan& span)
{
    if (span.span().span)
        return true;
    span.report(Severity::Error, IssueKind::MissingField, "a row names no span");
    return false;
}

constexpr std::string_view lists[] = {"events", "rows", "data", "objects"};

int sniffBraintrust(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"", "*/", "events/*/", "rows/*/", "data/*/", "objects/*/"}) {
        const auto has = [&](const char* path) { return first->has(at + path); };
        if (has("root_span_id") && has("span_id") && (has("span_attributes") || has("metrics") || has("_xact_id")))
            return 90;
    }
    return 0;
}

Result<void> readBraintrust(ReadJob& job)
{
    const Probe probe = Probe::of(job.input);
    const SplitPaths paths{"events/*", "rows/*", "data/*", "objects/*"};
    bool listed = false;
    for (const std::string_view list : lists)
        listed = listed || (probe.first() && probe.first()->hasArray(list));
    IssueTally tally;
    const auto done = readPlatform(job, tally, {formatName, rules(), keyOf, take, finish}, listed ? &paths : nullptr);
    tally.report(job.sink);
    return done;
}

SpanContent decodeBraintrust(std::string_view record, std::string_view)
{
    return decodePlatform(record, rules(), {"error"});
}

} // namespace

ImportFormat braintrust()
{
    return {formatName, "Braintrust", sniffBraintrust, readBraintrust, decodeBraintrust};
}

} // namespace arcscope
