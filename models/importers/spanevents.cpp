#include "spanevents.h"

#include "jsontext.h"
#include "jsontokens.h"

namespace arcscope
{
namespace
{

using Form = FactValue::Form;

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
    const std::string_view streamWord = recordedStreamWord(name);
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
    } else if (!streamWord.empty()) {
        m_recorded.add(streamWord, time, attributes, facts);
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

} // namespace arcscope
