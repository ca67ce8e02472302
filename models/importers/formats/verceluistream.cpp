// The stream that servers of the Vercel AI SDK send to the page: one message a response, as server-sent events or one
// JSON value a line. What is taken back (declared):
// - tool-output-available with preliminary: the next output of the same call supersedes it, tool-output-error too, and
//   tool-output-denied voids it (user_cancel);
// - a part data-* with the id of an earlier one supersedes that.
// After abort what came stays; the message is cancelled.
#include "streamvendors.h"

namespace arcscope
{
namespace
{

constexpr std::string_view replaced = R"({"reason":"superseded","evidence":"declared"})";
constexpr std::string_view denied = R"({"reason":"user_cancel","evidence":"declared"})";

constexpr std::string_view known[] = {
    "start-step",        "text-start",           "text-delta",       "text-end",
    "reasoning-start",   "reasoning-delta",      "reasoning-end",    "tool-input-start",
    "tool-input-delta",  "tool-input-available", "tool-input-error", "tool-output-available",
    "tool-output-error", "tool-output-denied",   "finish-step",      "tool-approval-request"};

bool isKnown(std::string_view type)
{
    return std::find(std::begin(known), std::end(known), type) != std::end(known);
}

bool knows(const JsonObject& event)
{
    const std::string type = memberText(event, {"type"});
    return (type == "start" && hasMember(event, "messageId")) ||
           (isKnown(type) && (hasMember(event, "id") || hasMember(event, "toolCallId") || type.ends_with("-step")));
}

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    return response.terminal || memberText(event, {"type"}) == "start";
}

void takeBack(std::string_view item, std::string_view why, Nanos time, StreamedResponse& response)
{
    if (StreamBlock* const before = response.findItem(BlockType::Other, item))
        response.retract(time, *before, 0, why);
}

void takeInput(const JsonObject& event, std::string_view type, const std::string& id, Nanos time,
               StreamedResponse& response)
{
    StreamBlock* call = response.findItem(BlockType::ToolCall, id);
    if (!call)
        call = &response.beginItem(time, BlockType::ToolCall, id, memberText(event, {"toolName"}), id);
    JsonElement input;
    if (type == "tool-input-delta") {
        response.chunkOf(time, BlockType::ToolCall, id, memberText(event, {"inputTextDelta"}));
    } else if (type != "tool-input-start" && findMember(event, {"input"}, input)) {
        if (call->length == 0)
            response.chunkOf(time, BlockType::ToolCall, id, textOf(input));
        response.end(time, BlockType::ToolCall, call->index);
    }
    if (type == "tool-input-error")
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
}

void takeOutput(const JsonObject& event, std::string_view type, const std::string& id, Nanos time,
                StreamedResponse& response)
{
    const bool refused = type == "tool-output-denied";
    takeBack(id, refused ? denied : replaced, time, response);
    StreamBlock* const call = response.findItem(BlockType::ToolCall, id);
    const std::string name = call ? call->name : std::string();
    if (call) {
        call->denied = refused;
        call->executed = !refused;
        call->failed = type == "tool-output-error";
    }
    if (refused) {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
        return;
    }
    response.beginItem(time, BlockType::Other, id, name);
    response.chunkOf(time, BlockType::Other, id, memberText(event, {"output", "errorText"}));
}

void takeEnd(const std::string& stop, const JsonObject& event, Nanos time, StreamedResponse& response)
{
    response.stop = stop;
    if (!stop.empty())
        response.add(StreamEventKind::Stop, time, stop, compactJson(event));
    response.add(StreamEventKind::End, time);
    response.terminal = true;
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(event, {"type"});
    const std::string id = memberText(event, {"id"});
    const std::string call = memberText(event, {"toolCallId"});
    const BlockType block = type.starts_with("text-") ? BlockType::Text : BlockType::Reasoning;
    if (type == "start") {
        response.id = memberText(event, {"messageId"});
        response.add(StreamEventKind::Start, time);
    } else if (type == "text-start" || type == "reasoning-start") {
        response.beginItem(time, block, id);
    } else if (type == "text-delta" || type == "reasoning-delta") {
        response.chunkOf(time, block, id, memberText(event, {"delta"}));
    } else if (type == "text-end" || type == "reasoning-end") {
        response.endItem(time, block, id);
    } else if (type.starts_with("tool-input-")) {
        takeInput(event, type, call, time, response);
    } else if (type.starts_with("tool-output-")) {
        takeOutput(event, type, call, time, response);
    } else if (type == "finish") {
        takeEnd(memberText(event, {"finishReason"}), event, time, response);
    } else if (type == "abort") {
        response.cancelled = true;
        takeEnd(type, event, time, response);
    } else if (type == "error") {
        response.fail(time, type, memberText(event, {"errorText"}), compactJson(event));
    } else if (type.starts_with("data-") && !id.empty()) {
        const std::string item = type + '/' + id;
        takeBack(item, replaced, time, response);
        response.beginItem(time, BlockType::Other, item, type);
        response.chunkOf(time, BlockType::Other, item, memberText(event, {"data"}));
    } else {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    }
}

bool takeWhole(const JsonObject&, StreamedResponse&)
{
    return false;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view type = value.text("type");
        if ((type == "start" && value.hasString("messageId")) || (type == "text-delta" && value.hasString("id")) ||
            (isKnown(type) && value.hasString("toolCallId")))
            return 89;
    }
    if (logMentions(probe, "text-delta") || logMentions(probe, "tool-input-start"))
        return 80;
    return streamMentions(probe, "\"type\":\"start-step\"") || streamMentions(probe, "\"type\":\"text-delta\"") ||
                   streamMentions(probe, "\"type\":\"tool-input-")
               ? 89
               : 0;
}

} // namespace

const StreamVendor vercelUiEvents{begins, take, nullptr, false, nullptr, knows, false, takeWhole};

ImportFormat vercelUiStream()
{
    return streamFormat<vercelUiEvents>("vercel-ui-stream", "Vercel AI SDK UI stream", sniffStream);
}

} // namespace arcscope
