#include "chromeevent.h"

#include "jsontext.h"
#include "otlpspan.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

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

template <typename Value>
std::string_view scalarText(const Value& value)
{
    return value.isString() ? value.text() : value.raw();
}

/// Whether the key is this one: comparing with a text whose length is known takes no call.
template <std::size_t size>
bool is(std::string_view key, const char (&name)[size])
{
    return key.size() == size - 1 && std::memcmp(key.data(), name, size - 1) == 0;
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

/// What a JsonParser reads.
class ParsedEvent
{
public:
    ParsedEvent(SpanSink& sink, JsonParser& spare)
        : m_sink(sink)
        , m_spare(spare)
    {
    }

    Id id(std::string_view text) { return toId(m_sink, text); }
    JsonValue again(std::string_view object) { return m_spare.parseCopy(object); }

private:
    SpanSink& m_sink;
    JsonParser& m_spare;
};

/// What needs no parser. A text that is no id of a known form would have to be interned, which could not be taken back.
class PlainEvent
{
public:
    explicit PlainEvent(PlainRecord& record)
        : m_record(record)
    {
    }

    Id id(std::string_view text)
    {
        const Id id = parseId(text);
        if (id.form == IdForm::Text)
            m_record.giveUp();
        return id;
    }
    PlainValue again(std::string_view object) { return m_record.valueAt(object.data()); }

private:
    PlainRecord& m_record;
};

/// Names arguments as rules do, without memory of its own for those of usual length.
class ArgumentPath
{
public:
    std::string_view of(std::string_view key)
    {
        if (key.size() > m_short.size() - prefix.size())
            return m_long.assign(prefix).append(key);
        std::copy(key.begin(), key.end(), std::copy(prefix.begin(), prefix.end(), m_short.begin()));
        return {m_short.data(), prefix.size() + key.size()};
    }

private:
    static constexpr std::string_view prefix = "args.";
    std::array<char, 64> m_short;
    std::string m_long;
};

const RecordRules& rulesFor(bool everydayWords)
{
    static const RecordRules known(everyday, {"args"});
    static const RecordRules unknown({}, {"args"});
    return everydayWords ? known : unknown;
}

/// Reads the members of an event, of values as `Reader` reads them.
template <typename Reader>
class EventReading
{
public:
    EventReading(Reader reader, std::string_view category, SpanFacts& facts, ChromeEvent& into)
        : m_reader(std::move(reader))
        , m_category(category)
        , m_facts(facts)
        , m_event(into)
    {
        m_event.category = category;
    }

    template <typename Value>
    void read(const Value& event)
    {
        bool categoryKnown = !m_category.empty();
        std::string_view arguments;
        m_rule = categoryRule(m_category);
        event.eachMember([&](std::string_view key, const Value& value) {
            if (is(key, "cat")) {
                m_event.category = value.text().empty() ? m_category : value.text();
                m_rule = categoryRule(m_event.category);
                categoryKnown = true;
            } else if (is(key, "args") && value.isObject()) {
                if (categoryKnown)
                    readArguments(value);
                else
                    arguments = value.raw();
            } else {
                readMember(key, value);
            }
        });
        if (!arguments.empty())
            readArguments(m_reader.again(arguments));
        if (m_rule)
            m_facts.take(*m_rule, "cat", {FactValue::Form::Text, m_event.category});
    }

private:
    template <typename Value>
    void readMember(std::string_view key, const Value& value)
    {
        if (is(key, "name")) {
            m_event.name = value.text();
        } else if (is(key, "ph")) {
            m_event.phase = value.text().size() == 1 ? value.text()[0] : '\0';
        } else if (is(key, "ts")) {
            readTime(value, m_event.start);
        } else if (is(key, "dur")) {
            readTime(value, m_event.duration);
        } else if (is(key, "pid")) {
            m_event.process = scalarText(value);
        } else if (is(key, "tid")) {
            m_event.thread = scalarText(value);
        } else if (is(key, "id")) {
            m_event.id = scalarText(value);
        } else if (is(key, "scope")) {
            m_event.scope = value.text();
        } else if (is(key, "id2")) {
            value.eachMember([&](std::string_view which, const Value& id) {
                m_event.localId = is(which, "local");
                m_event.id = scalarText(id);
            });
        }
    }

    template <typename Value>
    void readArguments(const Value& arguments)
    {
        const RecordRules& rules = rulesFor(m_rule != nullptr);
        ArgumentPath path;
        arguments.eachMember([&](std::string_view key, const Value& value) {
            takeMember(path.of(key), value, rules, m_facts);
            if (!value.isString())
                return;
            if (is(key, "name"))
                m_event.newName = value.text();
            else if (is(key, "trace_id") || is(key, "traceId"))
                m_event.trace = m_reader.id(value.text());
            else if (is(key, "span_id") || is(key, "spanId"))
                m_event.span = m_reader.id(value.text());
            else if (is(key, "parent_span_id") || is(key, "parentSpanId") || is(key, "parent_id"))
                m_event.parent = m_reader.id(value.text());
        });
    }

    template <typename Value>
    void readTime(const Value& value, Nanos& into)
    {
        if (!value.recorded())
            return;
        const auto time = readMicroseconds(scalarText(value));
        into = time.value_or(noTime);
        m_event.badTime = m_event.badTime || !time;
    }

    Reader m_reader;
    std::string_view m_category;
    SpanFacts& m_facts;
    ChromeEvent& m_event;
    const AttributeRule* m_rule = nullptr; ///< of its category
};

} // namespace

std::optional<Nanos> readMicroseconds(std::string_view number)
{
    return readScaled(number, microsecond);
}

ChromeEvent readChromeEvent(const JsonValue& event, std::string_view category, SpanSink& sink, SpanFacts& facts,
                            JsonParser& spare)
{
    ChromeEvent read;
    EventReading(ParsedEvent(sink, spare), category, facts, read).read(event);
    return read;
}

bool readPlainEvent(std::string_view event, SpanFacts& facts, ChromeEvent& into)
{
    PlainRecord record(event);
    const PlainValue whole = record.valueAt(event.data());
    EventReading(PlainEvent(record), {}, facts, into).read(whole);
    return record.isPlain(whole);
}

const RecordRules& chromeRules(std::string_view category)
{
    return rulesFor(categoryRule(category) != nullptr);
}

} // namespace arcscope
