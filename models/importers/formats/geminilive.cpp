// Messages of a server of Gemini Live, one a line. A turn of the model is one stream. toolCallCancellation takes calls
// back (interrupt, declared). serverContent.interrupted cuts the turn: what of it was not heard is not in the messages,
// so the text stays, and the turn is cancelled.
#include "streamvendors.h"

namespace arcscope
{
namespace
{

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    JsonObject content;
    if (!response.terminal)
        return false;
    return hasMember(event, "toolCall") ||
           (findObject(event, "serverContent", content) &&
            (hasMember(content, "modelTurn") || hasMember(content, "outputTranscription")));
}

bool isTrue(const JsonObject& object, std::string_view key)
{
    JsonElement value;
    bool is = false;
    return findMember(object, {key}, value) && value.get(is) == simdjson::SUCCESS && is;
}

void takeParts(const JsonObject& turn, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    JsonArray parts;
    if (!findMember(turn, {"parts"}, value) || value.get(parts) != simdjson::SUCCESS)
        return;
    for (const JsonElement element : parts) {
        JsonObject part;
        if (element.get(part) != simdjson::SUCCESS)
            continue;
        const std::string text = memberText(part, {"text"});
        if (!text.empty())
            response.chunkOf(time, isTrue(part, "thought") ? BlockType::Reasoning : BlockType::Text, {}, text);
        else
            response.add(StreamEventKind::Keepalive, time); // a piece of sound
    }
}

void takeContent(const JsonObject& content, Nanos time, StreamedResponse& response)
{
    JsonObject inner;
    if (findObject(content, "modelTurn", inner))
        takeParts(inner, time, response);
    if (findObject(content, "outputTranscription", inner))
        response.chunkOf(time, BlockType::Audio, {}, memberText(inner, {"text"})).transcript = true;
    for (const std::string_view more : {"inputTranscription", "interimInputTranscription", "groundingMetadata"}) {
        if (hasMember(content, more))
            response.add(StreamEventKind::Other, time, {}, compactJson(content));
    }
    if (isTrue(content, "interrupted")) {
        response.stop = "interrupted";
        response.cancelled = true;
        response.add(StreamEventKind::Stop, time, response.stop);
    }
    if (isTrue(content, "turnComplete")) {
        response.terminal = true;
        response.add(StreamEventKind::End, time);
    }
}

void takeCalls(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    JsonArray calls;
    if (!findMember(event, {"functionCalls"}, value) || value.get(calls) != simdjson::SUCCESS)
        return;
    for (const JsonElement element : calls) {
        JsonObject call;
        if (element.get(call) != simdjson::SUCCESS)
            continue;
        const std::string id = memberText(call, {"id"});
        const StreamBlock& block = response.beginItem(time, BlockType::ToolCall, id, memberText(call, {"name"}), id);
        response.chunk(time, BlockType::ToolCall, block.index, 0, memberText(call, {"args"}));
    }
}

void takeCancellation(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    JsonArray ids;
    if (!findMember(event, {"ids"}, value) || value.get(ids) != simdjson::SUCCESS)
        return;
    for (const JsonElement id : ids) {
        if (StreamBlock* const call = response.findItem(BlockType::ToolCall, textOf(id)))
            response.retract(time, *call, 0, R"({"reason":"interrupt","evidence":"declared"})");
    }
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonObject inner;
    JsonElement usage;
    if (response.empty())
        response.add(StreamEventKind::Start, time);
    const bool counted = findMember(event, {"usageMetadata"}, usage);
    if (counted)
        response.count(textOf(usage), time);
    if (findObject(event, "serverContent", inner))
        takeContent(inner, time, response);
    else if (findObject(event, "toolCall", inner))
        takeCalls(inner, time, response);
    else if (findObject(event, "toolCallCancellation", inner))
        takeCancellation(inner, time, response);
    else if (!counted)
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (value.hasObject("serverContent/modelTurn") || value.has("serverContent/turnComplete") ||
            value.has("serverContent/interrupted") || value.hasObject("serverContent/outputTranscription") ||
            value.hasArray("toolCallCancellation/ids") || value.hasArray("toolCall/functionCalls"))
            return 92;
    }
    return logMentions(probe, "serverContent") ? 90 : 0;
}

} // namespace

const StreamVendor geminiLiveMessages{begins, take, nullptr, false};

ImportFormat geminiLive()
{
    return streamFormat<geminiLiveMessages>("gemini-live", "Gemini Live messages", sniffStream);
}

} // namespace arcscope
