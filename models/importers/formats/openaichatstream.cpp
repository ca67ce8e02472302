#include "streamvendors.h"

namespace arcscope
{
namespace
{

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    const std::string id = memberText(event, {"id"});
    return !id.empty() && !response.id.empty() && id != response.id;
}

/// Content as text, or as an array of parts (text and thinking).
void takeContent(const JsonElement& content, std::uint32_t choice, Nanos time, StreamedResponse& response)
{
    JsonArray parts;
    if (content.get(parts) != simdjson::SUCCESS) {
        const std::string text = textOf(content);
        if (!text.empty())
            response.chunk(time, BlockType::Text, 0, choice, text);
        return;
    }
    for (const JsonElement part : parts) {
        JsonObject object;
        if (part.get(object) != simdjson::SUCCESS)
            continue;
        JsonElement thinking;
        if (findMember(object, {"thinking"}, thinking))
            response.chunk(time, BlockType::Reasoning, 0, choice, joinedText(thinking));
        else
            response.chunk(time, BlockType::Text, 0, choice, memberText(object, {"text"}));
    }
}

void takeCalls(const JsonElement& value, std::uint32_t choice, Nanos time, StreamedResponse& response)
{
    JsonArray calls;
    if (value.get(calls) != simdjson::SUCCESS)
        return;
    std::uint32_t position = 0;
    for (const JsonElement element : calls) {
        JsonObject call;
        if (element.get(call) != simdjson::SUCCESS)
            continue;
        const std::uint32_t index = hasMember(call, "index") ? indexOf(call, "index") : position;
        ++position;
        JsonObject function;
        const bool named = findObject(call, "function", function);
        const std::string name = named ? memberText(function, {"name"}) : memberText(call, {"name"});
        const std::string id = memberText(call, {"id"});
        StreamBlock* block = response.find(BlockType::ToolCall, index, choice);
        const bool another = block && !id.empty() && !block->id.empty() && id != block->id;
        if (!block || another) {
            // Clones send several calls under one index.
            if (another)
                block->index += 0x10000;
            response.begin(time, BlockType::ToolCall, index, choice, name, id);
        } else {
            if (block->id.empty())
                block->id = id;
            if (block->name.empty())
                block->name = name;
        }
        const std::string arguments = named ? memberText(function, {"arguments"}) : memberText(call, {"arguments"});
        if (!arguments.empty())
            response.chunk(time, BlockType::ToolCall, index, choice, arguments);
    }
}

void takeDelta(const JsonObject& delta, std::uint32_t choice, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    const std::string reasoning = memberText(delta, {"reasoning_content", "reasoning"});
    if (!reasoning.empty())
        response.chunk(time, BlockType::Reasoning, 0, choice, reasoning);
    if (findMember(delta, {"content"}, value))
        takeContent(value, choice, time, response);
    const std::string refusal = memberText(delta, {"refusal"});
    if (!refusal.empty())
        response.chunk(time, BlockType::Refusal, 0, choice, refusal);
    if (findMember(delta, {"tool_calls"}, value))
        takeCalls(value, choice, time, response);
    JsonObject function;
    if (findObject(delta, "function_call", function)) {
        if (!response.find(BlockType::ToolCall, 0, choice))
            response.begin(time, BlockType::ToolCall, 0, choice, memberText(function, {"name"}));
        response.chunk(time, BlockType::ToolCall, 0, choice, memberText(function, {"arguments"}));
    }
    JsonObject audio;
    if (findObject(delta, "audio", audio))
        response.chunk(time, BlockType::Audio, 0, choice, memberText(audio, {"transcript", "data"}));
}

void takeChoice(const JsonObject& choice, Nanos time, StreamedResponse& response)
{
    const std::uint32_t index = indexOf(choice, "index");
    JsonObject delta;
    if (findObject(choice, "delta", delta) || findObject(choice, "message", delta))
        takeDelta(delta, index, time, response);
    const std::string text = memberText(choice, {"text"});
    if (!text.empty())
        response.chunk(time, BlockType::Text, 0, index, text);
    JsonElement value;
    if (findMember(choice, {"content_filter_offsets"}, value))
        response.add(StreamEventKind::Other, time, {}, compactJson(choice));
    const std::string stop = memberText(choice, {"finish_reason"});
    if (!stop.empty()) {
        response.stop = stop;
        response.add(StreamEventKind::Stop, time, stop);
    }
}

void takeUsage(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonElement usage;
    JsonObject own;
    if (findMember(event, {"usage"}, usage) || (findObject(event, "x_groq", own) && findMember(own, {"usage"}, usage)))
        response.count(textOf(usage), time);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    if (findMember(event, {"error"}, value) || memberText(event, {"object"}) == "error") {
        JsonObject error;
        if (!findMember(event, {"error"}, value) || value.get(error) != simdjson::SUCCESS)
            error = event;
        response.fail(time, memberText(error, {"code", "type"}), memberText(error, {"message"}), compactJson(event));
        return;
    }
    const std::string id = memberText(event, {"id"});
    if (!id.empty())
        response.id = id;
    const std::string model = memberText(event, {"model"});
    if (!model.empty())
        response.model = model;
    if (response.created == noTime)
        response.created = secondsOf(event, "created");
    if (response.empty())
        response.add(StreamEventKind::Start, time);
    const std::uint32_t before = response.events();
    JsonArray choices;
    if (findMember(event, {"choices"}, value) && value.get(choices) == simdjson::SUCCESS) {
        for (const JsonElement element : choices) {
            JsonObject choice;
            if (element.get(choice) == simdjson::SUCCESS)
                takeChoice(choice, time, response);
        }
    }
    takeUsage(event, time, response);
    for (const std::string_view extra : {"citations", "prompt_filter_results"}) {
        if (findMember(event, {extra}, value))
            response.add(StreamEventKind::Other, time, {}, '{' + jsonQuoted(extra) + ':' + textOf(value) + '}');
    }
    if (response.events() == before && before > 1)
        response.add(StreamEventKind::Keepalive, time);
}

/// Choices, or the last chunk, which has the usage only.
bool knows(const JsonObject& event)
{
    JsonElement value;
    JsonArray choices;
    return findMember(event, {"choices"}, value) && value.get(choices) == simdjson::SUCCESS;
}

/// Vectors, of which the model and the usage are of interest.
bool takeEmbeddings(const JsonObject& body, StreamedResponse& response)
{
    JsonElement value;
    JsonArray vectors;
    JsonObject first;
    if (memberText(body, {"object"}) != "list" || !findMember(body, {"data"}, value) ||
        value.get(vectors) != simdjson::SUCCESS || vectors.size() == 0 ||
        vectors.at(0).get_object().get(first) != simdjson::SUCCESS || memberText(first, {"object"}) != "embedding")
        return false;
    response.spanKind = SpanKind::Embedding;
    response.model = memberText(body, {"model"});
    if (findMember(body, {"usage"}, value))
        response.count(textOf(value), noTime);
    return true;
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    JsonElement value;
    JsonArray choices;
    if (takeEmbeddings(body, response))
        return true;
    if (!findMember(body, {"choices"}, value) || value.get(choices) != simdjson::SUCCESS)
        return false;
    for (const JsonElement element : choices) {
        JsonObject choice;
        if (element.get(choice) != simdjson::SUCCESS || hasMember(choice, "delta"))
            return false;
    }
    take(body, noTime, response);
    return true;
}

bool isChunk(const ProbeValue& value, bool lines)
{
    const std::string_view object = value.text("object");
    return object == "chat.completion.chunk" ||
           (object == "text_completion" && lines && !value.hasString("choices/*/finish_reason")) ||
           value.hasObject("choices/*/delta");
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (isChunk(value, probe.isLines()))
            return 88;
    }
    if (logMentions(probe, "chat.completion.chunk"))
        return 88;
    return streamMentions(probe, "chat.completion.chunk") || streamMentions(probe, "\"text_completion\"") ||
                   streamMentions(probe, "\"delta\":{\"content\"")
               ? 88
               : 0;
}

} // namespace

const StreamVendor openAiChatEvents{begins, take, nullptr, true, nullptr, knows, false, takeWhole};

ImportFormat openAiChatStream()
{
    return streamFormat<openAiChatEvents>("openai-chat-stream", "OpenAI chat stream", sniffStream);
}

} // namespace arcscope
