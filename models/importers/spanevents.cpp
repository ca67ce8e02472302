#include "spanevents.h"

#include "jsontext.h"
#include "jsontokens.h"

#include <array>

namespace arcscope
{
namespace
{

using Form = FactValue::Form;

struct StreamWord {
    std::string_view word;
    StreamEventKind kind;
};
constexpr auto streamWords = std::to_array<StreamWord>({
    {"start", StreamEventKind::Start},
    {"end", StreamEventKind::End},
    {"chunk", StreamEventKind::Chunk},
    {"draft", StreamEventKind::Draft},
    {"accept", StreamEventKind::Accept},
    {"retract", StreamEventKind::Retract},
    {"commit", StreamEventKind::Commit},
    {"stall", StreamEventKind::Stall},
    {"keepalive", StreamEventKind::Keepalive},
    {"error", StreamEventKind::Error},
});

struct BlockWord {
    std::string_view word;
    BlockType type;
};
constexpr auto blockWords = std::to_array<BlockWord>({
    {"text", BlockType::Text},
    {"reasoning", BlockType::Reasoning},
    {"tool_call", BlockType::ToolCall},
    {"refusal", BlockType::Refusal},
    {"audio", BlockType::Audio},
    {"other", BlockType::Other},
});

std::string textOf(const FactValue& value)
{
    return value.form == Form::Escaped ? unescapedJson(value.text) : std::string(value.text);
}

const FactValue* find(std::span<const EventAttribute> attributes, std::string_view key)
{
    for (const EventAttribute& attribute : attributes) {
        if (attribute.key == key)
            return &attribute.value;
    }
    return nullptr;
}

void appendJson(std::string& out, const FactValue& value)
{
    if (value.form == Form::Escaped)
        out.append("\"").append(value.text).append("\"");
    else if (value.form == Form::Text)
        out.append("\"").append(escapedJson(value.text)).append("\"");
    else
        out.append(value.text.empty() ? "null" : value.text);
}

/// The text in a chunk that is a text, or the JSON of a provider's delta.
std::string chunkText(const std::string& chunk)
{
    JsonTokens tokens(chunk);
    JsonToken token = tokens.next();
    if (token == JsonToken::String)
        return unescapedJson(tokens.text());
    if (token != JsonToken::ObjectBegin)
        return chunk;
    std::string_view key;
    for (token = tokens.next(); token != JsonToken::End && token != JsonToken::Bad; token = tokens.next()) {
        if (token == JsonToken::Key)
            key = tokens.text();
        else if (token == JsonToken::String && (key == "content" || key == "text"))
            return unescapedJson(tokens.text());
    }
    return {};
}

bool isFirstToken(std::string_view name)
{
    return name == "First Token Stream Event" || name == "ai.stream.firstChunk" || name == "llm.first_token" ||
           name == "gen_ai.first_token";
}

bool isChunk(std::string_view name)
{
    return name == "llm.content.completion.chunk" || name == "gen_ai.content.chunk" ||
           name.starts_with("mlflow.chunk.item.");
}

bool isMessage(std::string_view name)
{
    return name == "gen_ai.choice" || name == "gen_ai.content.prompt" || name == "gen_ai.content.completion" ||
           (name.starts_with("gen_ai.") && name.ends_with(".message"));
}

std::int64_t callsIn(std::span<const EventAttribute> attributes)
{
    if (const FactValue* calls = find(attributes, "tool_calls"))
        return countMessages(calls->text, calls->form == Form::Escaped).elements;
    if (const FactValue* message = find(attributes, "message")) {
        const std::string list = "[" + textOf(*message) + "]";
        return countMessages(list, false).calls;
    }
    return 0;
}

} // namespace

void SpanEvents::add(std::string_view name, Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts)
{
    constexpr std::string_view streamPrefix = "gen_ai.stream.";
    if (name == "exception") {
        if (const FactValue* type = find(attributes, "exception.type"))
            facts.exceptionType(*type);
    } else if (isFirstToken(name)) {
        const FactValue* waited = find(attributes, "ai.response.msToFirstChunk");
        if (waited) // the event itself may be written when the stream ends
            facts.take("ai.response.msToFirstChunk", *waited);
        else if (time != noTime)
            facts.firstTokenAt(time);
    } else if (isChunk(name)) {
        addChunk(time, attributes, facts);
    } else if (isMessage(name)) {
        const bool output = name == "gen_ai.choice" || name == "gen_ai.content.completion";
        const FactValue* stop = find(attributes, "finish_reason");
        facts.messageEvent(output, output ? callsIn(attributes) : 0, stop ? *stop : FactValue{});
    } else if (name == "gen_ai.client.inference.operation.details") {
        for (const EventAttribute& attribute : attributes)
            facts.take(attribute.key, attribute.value);
    } else if (name.starts_with(streamPrefix)) {
        addStreamEvent(name.substr(streamPrefix.size()), time, attributes, facts);
    }
}

void SpanEvents::addChunk(Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts)
{
    StreamEvent event;
    event.kind = StreamEventKind::Chunk;
    event.time = time;
    m_text.clear();
    for (const std::string_view key : {"mlflow.chunk.value", "gen_ai.content", "gen_ai.chunk.content"}) {
        if (const FactValue* value = find(attributes, key))
            m_text = chunkText(textOf(*value));
    }
    event.text = m_text;
    m_stream.add(event);
    if (time != noTime)
        facts.firstTokenAt(time);
}

void SpanEvents::addStreamEvent(std::string_view word, Nanos time, std::span<const EventAttribute> attributes,
                                SpanFacts& facts)
{
    StreamEvent event;
    for (const StreamWord& known : streamWords) {
        if (known.word == word)
            event.kind = known.kind;
    }
    event.time = time;
    m_text.clear();
    m_detail = "{";
    const FactValue* unit = find(attributes, "gen_ai.stream.offset.unit");
    const bool bytes = !unit || unit->text == "utf8_bytes";
    for (const EventAttribute& attribute : attributes) {
        std::string_view key = attribute.key;
        if (key.starts_with("gen_ai.stream."))
            key.remove_prefix(14);
        const auto number = readInteger(attribute.value.text);
        const auto small = [&](std::uint32_t& into) {
            const bool fits = number && *number >= 0 && *number <= 0xffff;
            into = fits ? static_cast<std::uint32_t>(*number) : into;
            return fits;
        };
        if (key == "chunk.content") {
            m_text = textOf(attribute.value);
            continue;
        }
        if ((key == "block.index" && small(event.blockIndex)) || (key == "choice.index" && small(event.choice)))
            continue;
        if (key == "block.type") {
            for (const BlockWord& known : blockWords) {
                if (known.word == attribute.value.text)
                    event.block = known.type;
            }
            continue;
        }
        if (bytes && number && (key == "offset.start" || key == "retract.from")) {
            event.from = *number;
            continue;
        }
        if (bytes && number && (key == "offset.end" || key == "retract.to")) {
            event.to = *number;
            continue;
        }
        m_detail += m_detail.size() > 1 ? ",\"" : "\"";
        m_detail.append(escapedJson(key)).append("\":");
        appendJson(m_detail, attribute.value);
    }
    m_detail += '}';
    if (event.kind == StreamEventKind::Other)
        m_text = word;
    event.text = m_text;
    if (m_detail.size() > 2)
        event.detail = m_detail;
    m_stream.add(event);
    if (event.kind == StreamEventKind::Chunk && time != noTime)
        facts.firstTokenAt(time);
}

} // namespace arcscope
