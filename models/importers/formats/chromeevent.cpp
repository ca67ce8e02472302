#include "chromeevent.h"

#include "jsontext.h"
#include "otlpspan.h"

#include <array>

namespace arcscope
{
namespace
{

/// Categories that tell what a slice is. Any program may use these words: they make a guess.
constexpr auto categories = std::to_array<AttributeRule>({
    {"llm", Field::Guess, 10, {}, SpanKind::ModelCall},
    {"chat", Field::Guess, 10, {}, SpanKind::ModelCall},
    {"chat_model", Field::Guess, 10, {}, SpanKind::ModelCall},
    {"generate_content", Field::Guess, 10, {}, SpanKind::ModelCall},
    {"text_completion", Field::Guess, 10, {}, SpanKind::ModelCall},
    {"tool", Field::Guess, 10, {}, SpanKind::ToolCall},
    {"execute_tool", Field::Guess, 10, {}, SpanKind::ToolCall},
    {"agent", Field::Guess, 10, {}, SpanKind::Agent},
    {"invoke_agent", Field::Guess, 10, {}, SpanKind::Agent},
    {"retrieval", Field::Guess, 10, {}, SpanKind::Retrieval},
    {"retriever", Field::Guess, 10, {}, SpanKind::Retrieval},
    {"embedding", Field::Guess, 10, {}, SpanKind::Embedding},
    {"embeddings", Field::Guess, 10, {}, SpanKind::Embedding},
    {"guardrail", Field::Guess, 10, {}, SpanKind::Guardrail},
    {"evaluator", Field::Guess, 10, {}, SpanKind::Evaluator},
    {"workflow", Field::Guess, 10, {}, SpanKind::Workflow},
    {"invoke_workflow", Field::Guess, 10, {}, SpanKind::Workflow},
    {"chain", Field::Guess, 10, {}, SpanKind::Workflow},
});

/// Arguments of slices in one of these categories.
constexpr auto everyday = std::to_array<AttributeRule>({
    {"args.model", fieldOf(SpanText::ModelRequested), 60},
    {"args.model_name", fieldOf(SpanText::ModelRequested), 61},
    {"args.provider", fieldOf(SpanText::Provider), 60},
    {"args.agent", fieldOf(SpanText::Agent), 60},
    {"args.agent_name", fieldOf(SpanText::Agent), 61},
    {"args.tool", fieldOf(SpanText::Tool), 60},
    {"args.tool_name", fieldOf(SpanText::Tool), 61},
    {"args.tool_call_id", fieldOf(SpanText::ToolCallId), 60},
    {"args.session_id", fieldOf(SpanText::Session), 60},
    {"args.user_id", fieldOf(SpanText::User), 60},
    {"args.finish_reason", fieldOf(SpanText::StopReason), 60},
    {"args.stop_reason", fieldOf(SpanText::StopReason), 61},
    {"args.input_tokens", Field::Input, 60},
    {"args.prompt_tokens", Field::Input, 61},
    {"args.output_tokens", Field::Output, 60},
    {"args.completion_tokens", Field::Output, 61},
    {"args.total_tokens", Field::Total, 60},
    {"args.cached_tokens", Field::CacheRead, 60},
    {"args.reasoning_tokens", Field::Reasoning, 60},
    {"args.usage", Field::UsageObject, 60},
    {"args.cost_usd", Field::Cost, 60},
    {"args.messages", Field::InputMessages, 60},
    {"args.input", Field::InputMessages, 61},
    {"args.prompt", Field::InputMessages, 62},
    {"args.output", Field::OutputMessages, 60},
    {"args.completion", Field::OutputMessages, 61},
    {"args.response", Field::OutputMessages, 62},
    {"args.arguments", Field::Arguments, 60},
    {"args.result", Field::Result, 60},
});

std::string_view scalarText(const JsonValue& value)
{
    return value.isString() ? value.text() : value.raw();
}

const AttributeRule* categoryRule(std::string_view list)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view word = list.substr(0, comma);
        for (const AttributeRule& rule : categories) {
            if (rule.key.size() == word.size() && rule.key.front() == word.front() && rule.key == word)
                return &rule;
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return nullptr;
}

void readArguments(const JsonValue& arguments, const RecordRules& rules, SpanSink& sink, SpanFacts& facts,
                   ChromeEvent& event)
{
    std::string path = "args.";
    const std::size_t before = path.size();
    arguments.eachMember([&](std::string_view key, const JsonValue& value) {
        path.append(key);
        takeMember(path, value, rules, facts);
        path.resize(before);
        if (!value.isString())
            return;
        if (key == "name")
            event.newName = value.text();
        else if (key == "trace_id" || key == "traceId")
            event.trace = toId(sink, value.text());
        else if (key == "span_id" || key == "spanId")
            event.span = toId(sink, value.text());
        else if (key == "parent_span_id" || key == "parentSpanId" || key == "parent_id")
            event.parent = toId(sink, value.text());
    });
}

void readTime(const JsonValue& value, Nanos& into, bool& bad)
{
    if (!value.recorded())
        return;
    const auto time = readMicroseconds(scalarText(value));
    into = time.value_or(noTime);
    bad = bad || !time;
}

} // namespace

std::optional<Nanos> readMicroseconds(std::string_view number)
{
    return readScaled(number, microsecond);
}

ChromeEvent readChromeEvent(const JsonValue& event, std::string_view category, SpanSink& sink, SpanFacts& facts,
                            JsonParser& spare)
{
    ChromeEvent read;
    read.category = category;
    bool categoryKnown = !category.empty();
    std::string_view arguments;
    event.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "name") {
            read.name = value.text();
        } else if (key == "ph") {
            read.phase = value.text().size() == 1 ? value.text()[0] : '\0';
        } else if (key == "cat") {
            read.category = value.text().empty() ? category : value.text();
            categoryKnown = true;
        } else if (key == "ts") {
            readTime(value, read.start, read.badTime);
        } else if (key == "dur") {
            readTime(value, read.duration, read.badTime);
        } else if (key == "pid") {
            read.process = scalarText(value);
        } else if (key == "tid") {
            read.thread = scalarText(value);
        } else if (key == "id") {
            read.id = scalarText(value);
        } else if (key == "scope") {
            read.scope = value.text();
        } else if (key == "id2") {
            value.eachMember([&](std::string_view which, const JsonValue& id) {
                read.localId = which == "local";
                read.id = scalarText(id);
            });
        } else if (key == "args" && value.isObject()) {
            if (categoryKnown)
                readArguments(value, chromeRules(read.category), sink, facts, read);
            else
                arguments = value.raw();
        }
    });
    if (!arguments.empty())
        readArguments(spare.parseCopy(arguments), chromeRules(read.category), sink, facts, read);
    if (const AttributeRule* rule = categoryRule(read.category))
        facts.take(*rule, "cat", {FactValue::Form::Text, read.category});
    return read;
}

const RecordRules& chromeRules(std::string_view category)
{
    static const RecordRules known(everyday, {"args"});
    static const RecordRules unknown({}, {"args"});
    return categoryRule(category) ? known : unknown;
}

} // namespace arcscope
