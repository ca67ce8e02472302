#include "streamvendors.h"

namespace arcscope
{
namespace
{

constexpr std::string_view eventTypes[] = {"message-start",   "content-start",   "content-delta",   "content-end",
                                           "tool-plan-delta", "tool-call-start", "tool-call-delta", "tool-call-end",
                                           "citation-start",  "citation-end",    "message-end"};

/// The plan has no index; the indices of content begin at 0.
constexpr std::uint32_t planIndex = 0x10000;

bool knows(const JsonObject& event)
{
    const std::string type = memberText(event, {"type"});
    for (const std::string_view known : eventTypes) {
        if (type == known)
            return true;
    }
    return false;
}

bool begins(const JsonObject& event, const StreamedResponse&)
{
    return memberText(event, {"type"}) == "message-start";
}

/// What a delta holds of the message: content, tool_calls, tool_plan, citations.
bool messageOf(const JsonObject& event, JsonObject& message)
{
    JsonObject delta;
    return findObject(event, "delta", delta) && findObject(delta, "message", message);
}

void takeContent(const JsonObject& content, std::uint32_t index, Nanos time, StreamedResponse& response)
{
    const std::string thinking = memberText(content, {"thinking"});
    const std::string text = memberText(content, {"text"});
    if (!thinking.empty())
        response.chunk(time, BlockType::Reasoning, index, 0, thinking);
    if (!text.empty())
        response.chunk(time, BlockType::Text, index, 0, text);
}

void takeCall(const JsonObject& call, std::uint32_t index, bool begin, Nanos time, StreamedResponse& response)
{
    JsonObject function;
    const bool named = findObject(call, "function", function);
    if (begin)
        response.begin(time, BlockType::ToolCall, index, 0, named ? memberText(function, {"name"}) : std::string(),
                       memberText(call, {"id"}));
    const std::string arguments = named ? memberText(function, {"arguments"}) : std::string();
    if (!arguments.empty())
        response.chunk(time, BlockType::ToolCall, index, 0, arguments);
}

void takeEnd(const JsonObject& outcome, Nanos time, StreamedResponse& response)
{
    JsonElement usage;
    if (findMember(outcome, {"usage"}, usage))
        response.count(textOf(usage), time);
    const std::string stop = memberText(outcome, {"finish_reason"});
    if (!stop.empty()) {
        response.stop = stop;
        response.add(StreamEventKind::Stop, time, stop);
    }
    const std::string error = memberText(outcome, {"error"});
    if (!error.empty() || stop == "ERROR" || stop == "TIMEOUT")
        response.fail(time, stop, error, compactJson(outcome));
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(event, {"type"});
    const std::uint32_t index = indexOf(event, "index");
    JsonObject message;
    JsonObject inner;
    const bool told = messageOf(event, message);
    if (type == "message-start") {
        response.id = memberText(event, {"id"});
        response.add(StreamEventKind::Start, time);
    } else if (type == "content-start" || type == "content-delta") {
        if (told && findObject(message, "content", inner))
            takeContent(inner, index, time, response);
    } else if (type == "content-end") {
        const StreamBlock* block = response.find(index);
        response.end(time, block ? block->type : BlockType::Text, index);
    } else if (type == "tool-plan-delta") {
        if (told)
            response.chunk(time, BlockType::Reasoning, planIndex, 0, memberText(message, {"tool_plan"}));
    } else if (type == "tool-call-start" || type == "tool-call-delta") {
        if (told && findObject(message, "tool_calls", inner))
            takeCall(inner, index, type == "tool-call-start", time, response);
    } else if (type == "tool-call-end") {
        response.end(time, BlockType::ToolCall, index);
    } else if (type == "message-end") {
        if (findObject(event, "delta", inner))
            takeEnd(inner, time, response);
        response.terminal = true;
        response.add(StreamEventKind::End, time);
    } else {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    }
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    JsonObject message;
    JsonElement value;
    JsonArray list;
    if (!hasMember(body, "finish_reason") || !findObject(body, "message", message))
        return false;
    response.id = memberText(body, {"id"});
    const std::string plan = memberText(message, {"tool_plan"});
    if (!plan.empty())
        response.chunk(noTime, BlockType::Reasoning, planIndex, 0, plan);
    std::uint32_t index = 0;
    JsonObject inner;
    if (findMember(message, {"content"}, value) && value.get(list) == simdjson::SUCCESS) {
        for (const JsonElement element : list) {
            if (element.get(inner) == simdjson::SUCCESS)
                takeContent(inner, index++, noTime, response);
        }
    }
    index = 0;
    if (findMember(message, {"tool_calls"}, value) && value.get(list) == simdjson::SUCCESS) {
        for (const JsonElement element : list) {
            if (element.get(inner) == simdjson::SUCCESS)
                takeCall(inner, index++, true, noTime, response);
        }
    }
    takeEnd(body, noTime, response);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view type = value.text("type");
        if ((type == "message-start" || type == "content-delta" || type == "tool-call-start") &&
            value.hasObject("delta/message"))
            return 90;
    }
    if (logMentions(probe, "content-delta") || logMentions(probe, "message-start"))
        return 90;
    return streamMentions(probe, "\"message-start\"") || streamMentions(probe, "\"content-delta\"") ? 88 : 0;
}

} // namespace

const StreamVendor cohereEvents{begins, take, nullptr, false, nullptr, knows, false, takeWhole};

ImportFormat cohereStream()
{
    return streamFormat<cohereEvents>("cohere-stream", "Cohere stream", sniffStream);
}

} // namespace arcscope
