// Chat completions of OpenAI and of all who send the same form. A content filter takes text back:
// - Azure's asynchronous filter runs behind the text. It sends chunks with content_filter_offsets and without a delta
//   (also behind finish_reason "stop"). Text before check_offset is final; where results say filtered, the text behind
//   it is withdrawn (declared). Offsets count from the start of the prompt, whose length is that of the first
//   annotation's start; where this does not fit the text nothing is marked as final, and all text is withdrawn.
// - finish_reason "content_filter" without offsets: what no results of a filter came with is withdrawn (inferred).
#include "streamvendors.h"

namespace arcscope
{
namespace
{

constexpr std::string_view filteredByService = R"({"reason":"content_filter","evidence":"declared"})";
constexpr std::string_view filteredPerhaps = R"({"reason":"content_filter","evidence":"inferred"})";

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    const std::string id = memberText(event, {"id"});
    const bool ofPrompt = hasMember(event, "prompt_filter_results") || hasMember(event, "prompt_annotations");
    return response.terminal || (ofPrompt && !response.stop.empty()) ||
           (!id.empty() && !response.id.empty() && id != response.id);
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

bool saysFiltered(const JsonObject& results)
{
    for (const auto& [what, value] : results) {
        JsonObject result;
        JsonElement member;
        bool filtered = false;
        if (value.get(result) == simdjson::SUCCESS && findMember(result, {"filtered"}, member) &&
            member.get(filtered) == simdjson::SUCCESS && filtered)
            return true;
    }
    return false;
}

/// UTF-16 units of a text, which is what an offset counts at most.
std::int64_t unitsOf(std::string_view text)
{
    std::int64_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

/// Bytes of the front of a text of that many units.
std::int64_t bytesOf(std::string_view text, std::int64_t units)
{
    std::size_t at = 0;
    while (at < text.size() && units > 0) {
        std::size_t next = at + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80)
            ++next;
        units -= next - at == 4 ? 2 : 1;
        if (units >= 0)
            at = next;
    }
    return static_cast<std::int64_t>(at);
}

std::int64_t offsetIn(const JsonObject& offsets, std::string_view key)
{
    JsonElement value;
    std::int64_t number = notRecorded;
    if (!findMember(offsets, {key}, value) || value.get(number) != simdjson::SUCCESS || number < 0)
        return notRecorded;
    return number;
}

/// What the asynchronous filter says of the text so far.
void takeAnnotation(const JsonObject& offsets, bool filtered, std::uint32_t choice, Nanos time,
                    StreamedResponse& response)
{
    constexpr std::int64_t unknown = -2;
    StreamBlock* const block = response.find(BlockType::Text, 0, choice);
    const std::int64_t checked = offsetIn(offsets, "check_offset");
    const std::int64_t start = offsetIn(offsets, "start_offset");
    const std::int64_t end = offsetIn(offsets, "end_offset");
    if (block && response.promptUnits == notRecorded) {
        const bool fits = block->length == static_cast<std::int64_t>(block->text.size()) && checked >= 0 &&
                          checked <= start && start <= end && end - start <= unitsOf(block->text);
        response.promptUnits = fits ? start : unknown;
    }
    if (block && response.promptUnits >= 0 && checked > response.promptUnits)
        response.commit(time, *block, bytesOf(block->text, checked - response.promptUnits));
    if (filtered)
        response.retractUncleared(time, choice, filteredByService);
}

void takeChoice(const JsonObject& choice, Nanos time, StreamedResponse& response)
{
    const std::uint32_t index = indexOf(choice, "index");
    JsonObject delta;
    const bool content = findObject(choice, "delta", delta) || findObject(choice, "message", delta);
    if (content)
        takeDelta(delta, index, time, response);
    const std::string text = memberText(choice, {"text"});
    if (!text.empty())
        response.chunk(time, BlockType::Text, 0, index, text);
    JsonObject results;
    JsonObject offsets;
    const bool checked = findObject(choice, "content_filter_results", results);
    const bool filtered = checked && saysFiltered(results);
    const bool annotated = findObject(choice, "content_filter_offsets", offsets);
    if (annotated)
        response.add(StreamEventKind::Other, time, {}, compactJson(choice));
    StreamBlock* const block = response.find(BlockType::Text, 0, index);
    if (block && checked && !filtered && content && hasMember(delta, "content"))
        block->cleared = block->length;
    const std::string stop = memberText(choice, {"finish_reason"});
    if (!stop.empty()) {
        response.stop = stop;
        response.add(StreamEventKind::Stop, time, stop);
    }
    if (response.whole)
        return;
    if (annotated && !content)
        takeAnnotation(offsets, filtered, index, time, response);
    else if (stop == "content_filter")
        response.retractUncleared(time, index, filteredPerhaps);
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
    // Offsets of the filter will count the text that comes.
    if (hasMember(event, "prompt_filter_results") || hasMember(event, "prompt_annotations"))
        response.keepText();
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
