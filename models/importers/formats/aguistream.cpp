// The events of an AG-UI run, as server-sent events or one JSON value a line; `timestamp` is in milliseconds. The
// protocol has no event that takes text back. MESSAGES_SNAPSHOT says how the conversation is: where a message of this
// run is not in it, or reads differently, what differs is withdrawn (superseded, inferred) and what is new comes
// behind. RUN_FINISHED with the outcome "cancelled" or "interrupt" leaves what came.
#include "streamvendors.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view replaced = R"({"reason":"superseded","evidence":"inferred"})";

bool isKnown(std::string_view type)
{
    for (const std::string_view known :
         {"RUN_STARTED", "RUN_FINISHED", "RUN_ERROR", "TEXT_MESSAGE_", "TOOL_CALL_", "MESSAGES_SNAPSHOT",
          "STATE_SNAPSHOT", "STATE_DELTA", "STEP_STARTED", "REASONING_", "THINKING_", "ACTIVITY_"}) {
        if (type.starts_with(known))
            return true;
    }
    return false;
}

bool knows(const JsonObject& event)
{
    return isKnown(memberText(event, {"type"}));
}

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    return memberText(event, {"type"}) == "RUN_STARTED" &&
           (response.terminal || !response.errorType.empty() || !response.id.empty());
}

/// What a snapshot says of the blocks of this run: messages by their id, calls of tools by theirs.
void takeSnapshot(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    JsonArray messages;
    if (!findMember(event, {"messages"}, value) || value.get(messages) != simdjson::SUCCESS)
        return;
    struct Said {
        BlockType type;
        std::string item;
        std::string text;
    };
    std::vector<Said> all;
    for (const JsonElement element : messages) {
        JsonObject message;
        if (element.get(message) != simdjson::SUCCESS)
            continue;
        const std::string role = memberText(message, {"role"});
        const BlockType type = role == "reasoning" ? BlockType::Reasoning : BlockType::Text;
        JsonElement content;
        all.push_back({type, memberText(message, {"id"}),
                       findMember(message, {"content"}, content) ? joinedText(content) : std::string()});
        JsonArray calls;
        if (!findMember(message, {"toolCalls", "tool_calls"}, value) || value.get(calls) != simdjson::SUCCESS)
            continue;
        for (const JsonElement each : calls) {
            JsonObject call;
            JsonObject function;
            if (each.get(call) == simdjson::SUCCESS && findObject(call, "function", function))
                all.push_back({BlockType::ToolCall, memberText(call, {"id"}), memberText(function, {"arguments"})});
        }
    }
    const std::size_t blocks = response.blocks().size();
    for (std::size_t i = 0; i < blocks; ++i) {
        StreamBlock& block = response.blocks()[i];
        if (block.retracted || block.item.empty() || block.type == BlockType::Other)
            continue;
        const auto said = std::find_if(
            all.begin(), all.end(), [&](const Said& one) { return one.type == block.type && one.item == block.item; });
        // Snapshots need not hold the reasoning.
        if (said == all.end() && block.type != BlockType::Reasoning)
            response.retract(time, block, 0, replaced);
        else if (said != all.end() && said->text != block.text)
            response.rewrite(time, block, said->text, replaced);
    }
}

void takeRun(const JsonObject& event, std::string_view type, Nanos time, StreamedResponse& response)
{
    if (type == "RUN_STARTED") {
        response.id = memberText(event, {"runId"});
        response.keepText(); // snapshots are compared with it
        response.add(StreamEventKind::Start, time);
        return;
    }
    if (type == "RUN_ERROR") {
        const std::string code = memberText(event, {"code"});
        response.fail(time, code.empty() ? "error" : code, memberText(event, {"message"}), compactJson(event));
        return;
    }
    JsonObject outcome;
    response.stop =
        findObject(event, "outcome", outcome) ? memberText(outcome, {"type"}) : memberText(event, {"outcome"});
    if (!response.stop.empty())
        response.add(StreamEventKind::Stop, time, response.stop);
    response.terminal = true;
    response.add(StreamEventKind::End, time);
}

/// TEXT_MESSAGE_…, REASONING_MESSAGE_… and what older versions call THINKING_TEXT_MESSAGE_….
void takeMessage(const JsonObject& event, std::string_view type, Nanos time, StreamedResponse& response)
{
    const BlockType block = type.starts_with("TEXT") ? BlockType::Text : BlockType::Reasoning;
    const std::string item = memberText(event, {"messageId"});
    if (type.ends_with("_START"))
        response.beginItem(time, block, item);
    else if (type.ends_with("_END"))
        response.endItem(time, block, item);
    else
        response.chunkOf(time, block, item, memberText(event, {"delta"}));
}

void takeCall(const JsonObject& event, std::string_view type, Nanos time, StreamedResponse& response)
{
    const std::string id = memberText(event, {"toolCallId"});
    StreamBlock* call = response.findItem(BlockType::ToolCall, id);
    if (type == "TOOL_CALL_RESULT") {
        if (call)
            call->executed = true;
        response.beginItem(time, BlockType::Other, id, call ? call->name : std::string());
        response.chunkOf(time, BlockType::Other, id, memberText(event, {"content"}));
        return;
    }
    if (!call)
        response.beginItem(time, BlockType::ToolCall, id, memberText(event, {"toolCallName"}), id);
    const std::string delta = memberText(event, {"delta"});
    if (!delta.empty())
        response.chunkOf(time, BlockType::ToolCall, id, delta);
    if (type == "TOOL_CALL_END")
        response.endItem(time, BlockType::ToolCall, id);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(event, {"type"});
    if (time == noTime)
        time = millisecondsOf(event, "timestamp");
    if (type == "RUN_STARTED" || type == "RUN_FINISHED" || type == "RUN_ERROR")
        takeRun(event, type, time, response);
    else if (type.find("TEXT_MESSAGE_") != std::string::npos || type.starts_with("REASONING_MESSAGE_"))
        takeMessage(event, type, time, response);
    else if (type.starts_with("TOOL_CALL_"))
        takeCall(event, type, time, response);
    else
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    if (type == "MESSAGES_SNAPSHOT")
        takeSnapshot(event, time, response);
}

bool takeWhole(const JsonObject&, StreamedResponse&)
{
    return false;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view type = value.text("type");
        if ((type == "RUN_STARTED" && value.hasString("runId")) ||
            (type.starts_with("TEXT_MESSAGE_") && value.hasString("messageId")) ||
            (type.starts_with("TOOL_CALL_") && value.hasString("toolCallId")))
            return 90;
    }
    if (logMentions(probe, "RUN_STARTED") || logMentions(probe, "TEXT_MESSAGE_"))
        return 90;
    return streamMentions(probe, "\"RUN_STARTED\"") || streamMentions(probe, "\"TEXT_MESSAGE_") ? 90 : 0;
}

} // namespace

const StreamVendor agUiEvents{begins, take, nullptr, false, nullptr, knows, false, takeWhole};

ImportFormat agUiStream()
{
    return streamFormat<agUiEvents>("ag-ui-stream", "AG-UI run", sniffStream);
}

} // namespace arcscope
