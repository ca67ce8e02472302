// Streams of Anthropic's Messages. Text that was shown is taken back by
// - stop_reason "refusal" of a message_delta: all of it (declared);
// - a content block "fallback", where another model goes on: the calls of tools before it that nothing has answered,
// for
//   nobody may run them. Text stays (inferred: the block names the models only);
// - a message_start inside of a message: all of it (observed).
#include "jsontext.h"
#include "streamvendors.h"

#include <charconv>

namespace arcscope
{
namespace
{

constexpr std::string_view restarted = R"({"reason":"superseded","evidence":"observed"})";
constexpr std::string_view handedOver = R"({"reason":"fallback","evidence":"inferred"})";
constexpr std::string_view refused = R"({"reason":"refusal","evidence":"declared"})";

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    return (response.terminal || !response.errorType.empty()) && memberText(event, {"type"}) == "message_start";
}

BlockType blockOf(std::string_view type)
{
    if (type == "text")
        return BlockType::Text;
    if (type == "thinking" || type == "redacted_thinking")
        return BlockType::Reasoning;
    if (type.ends_with("tool_use"))
        return BlockType::ToolCall;
    return BlockType::Other;
}

void takeMessage(const JsonObject& message, Nanos time, StreamedResponse& response)
{
    const std::string id = memberText(message, {"id"});
    if (!response.empty() && !response.blocks().empty()) {
        response.retractAll(time, restarted);
        response.notes.emplace_back(
            "the message was begun again; what came before is void, and its usage is not counted");
    }
    if (!id.empty())
        response.id = id;
    const std::string model = memberText(message, {"model"});
    if (!model.empty())
        response.model = model;
    response.add(StreamEventKind::Start, time, {}, {});
    JsonElement usage;
    if (findMember(message, {"usage"}, usage))
        response.count(textOf(usage), time);
}

/// {"from": {"model"}, "to": {"model"}}
void takeFallback(const JsonObject& block, Nanos time, StreamedResponse& response)
{
    for (StreamBlock& before : response.blocks()) {
        if (before.type == BlockType::ToolCall && !before.executed && !before.retracted)
            response.retract(time, before, 0, handedOver);
    }
    JsonObject next;
    const std::string model = findObject(block, "to", next) ? memberText(next, {"model"}) : std::string();
    if (!model.empty())
        response.model = model;
}

void takeBlock(const JsonObject& block, std::uint32_t index, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(block, {"type"});
    const std::string id = memberText(block, {"id"});
    const BlockType blockType = blockOf(type);
    // A result of a tool that the vendor ran ends that call.
    std::string detail;
    if (type.ends_with("tool_result")) {
        const std::string call = memberText(block, {"tool_use_id"});
        for (const StreamBlock& asked : response.blocks()) {
            if (asked.id == call && asked.type == BlockType::ToolCall) {
                StreamBlock* found = response.find(BlockType::ToolCall, asked.index, asked.choice);
                if (!found) // it was taken back with the response that began before
                    continue;
                found->executed = true;
                JsonElement failed;
                bool isError = false;
                if (findMember(block, {"is_error"}, failed) && failed.get(isError) == simdjson::SUCCESS)
                    found->failed = isError;
                break;
            }
        }
    }
    if (type == "fallback")
        takeFallback(block, time, response);
    if (blockType == BlockType::Other)
        detail = compactJson(block);
    StreamBlock& begun = response.begin(time, blockType, index, 0, memberText(block, {"name"}), id, detail);
    if (blockType == BlockType::Other)
        response.replaceText(begun, detail);
    const std::string text = memberText(block, {"text", "thinking"});
    if (!text.empty())
        response.chunk(time, blockType, index, 0, text);
    JsonElement input;
    if (blockType == BlockType::ToolCall && findMember(block, {"input"}, input)) {
        const std::string whole = textOf(input);
        if (whole != "{}")
            response.chunk(time, blockType, index, 0, whole);
    }
}

void takeDelta(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    JsonObject delta;
    if (!findObject(event, "delta", delta))
        return;
    const std::string type = memberText(delta, {"type"});
    const std::uint32_t index = indexOf(event, "index");
    if (type == "text_delta")
        response.chunk(time, BlockType::Text, index, 0, memberText(delta, {"text"}));
    else if (type == "thinking_delta")
        response.chunk(time, BlockType::Reasoning, index, 0, memberText(delta, {"thinking"}));
    else if (type == "input_json_delta")
        response.chunk(time, BlockType::ToolCall, index, 0, memberText(delta, {"partial_json"}));
    else
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
}

void takeStop(const JsonObject& delta, Nanos time, StreamedResponse& response)
{
    const std::string stop = memberText(delta, {"stop_reason"});
    if (stop.empty())
        return;
    response.stop = stop;
    response.add(StreamEventKind::Stop, time, stop, memberText(delta, {"stop_details"}));
    if (stop == "refusal")
        response.retractAll(time, refused);
}

/// The old text completions: every event has the whole form.
void takeCompletion(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    response.id = memberText(event, {"id"});
    response.model = memberText(event, {"model"});
    if (response.empty())
        response.add(StreamEventKind::Start, time);
    response.chunk(time, BlockType::Text, 0, 0, memberText(event, {"completion"}));
    takeStop(event, time, response);
    response.terminal = !response.stop.empty();
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(event, {"type"});
    JsonObject inner;
    if (type == "message_start") {
        if (findObject(event, "message", inner))
            takeMessage(inner, time, response);
    } else if (type == "content_block_start") {
        if (findObject(event, "content_block", inner))
            takeBlock(inner, indexOf(event, "index"), time, response);
    } else if (type == "content_block_delta") {
        takeDelta(event, time, response);
    } else if (type == "content_block_stop") {
        const std::uint32_t index = indexOf(event, "index");
        const StreamBlock* block = response.find(index);
        response.end(time, block ? block->type : BlockType::Text, index);
    } else if (type == "message_delta") {
        JsonElement usage;
        if (findMember(event, {"usage"}, usage))
            response.count(textOf(usage), time);
        if (findObject(event, "delta", inner))
            takeStop(inner, time, response);
    } else if (type == "message_stop") {
        response.terminal = true;
        response.add(StreamEventKind::End, time);
    } else if (type == "completion") {
        takeCompletion(event, time, response);
    } else if (type == "ping") {
        response.add(StreamEventKind::Keepalive, time);
    } else if (type == "error" || event.at_key("error").error() == simdjson::SUCCESS) {
        if (findObject(event, "error", inner))
            response.fail(time, memberText(inner, {"type"}), memberText(inner, {"message"}), compactJson(event));
        else
            response.fail(time, "error", {}, compactJson(event));
    } else {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
    }
}

bool knows(const JsonObject& event)
{
    const std::string type = memberText(event, {"type"});
    for (const std::string_view known : {"message_start", "content_block_start", "content_block_delta",
                                         "content_block_stop", "message_delta", "message_stop", "ping", "completion"}) {
        if (type == known)
            return true;
    }
    JsonObject error;
    return type == "error" && findObject(event, "error", error);
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    const std::string type = memberText(body, {"type"});
    JsonElement value;
    JsonArray content;
    if (type == "completion" && hasMember(body, "completion")) {
        takeCompletion(body, noTime, response);
        return true;
    }
    if (type != "message" || !findMember(body, {"content"}, value) || value.get(content) != simdjson::SUCCESS)
        return false;
    takeMessage(body, noTime, response);
    std::uint32_t index = 0;
    for (const JsonElement element : content) {
        JsonObject block;
        if (element.get(block) == simdjson::SUCCESS)
            takeBlock(block, index, noTime, response);
        ++index;
    }
    takeStop(body, noTime, response);
    return true;
}

/// Takes `literal` from the front of `text`.
bool skip(std::string_view& text, std::string_view literal)
{
    if (!text.starts_with(literal))
        return false;
    text.remove_prefix(literal.size());
    return true;
}

bool takeFast(std::string_view event, Nanos time, StreamedResponse& response, std::string& scratch)
{
    std::uint32_t index = 0;
    if (!skip(event, R"({"type":"content_block_delta","index":)"))
        return false;
    const auto number = std::from_chars(event.data(), event.data() + event.size(), index);
    if (number.ec != std::errc())
        return false;
    event.remove_prefix(static_cast<std::size_t>(number.ptr - event.data()));
    BlockType type = BlockType::Text;
    if (!skip(event, R"(,"delta":{"type":")"))
        return false;
    if (skip(event, R"(text_delta","text":")"))
        type = BlockType::Text;
    else if (skip(event, R"(thinking_delta","thinking":")"))
        type = BlockType::Reasoning;
    else if (skip(event, R"(input_json_delta","partial_json":")"))
        type = BlockType::ToolCall;
    else
        return false;
    // Exactly the known members: the string ends the event.
    if (!event.ends_with("\"}}"))
        return false;
    event.remove_suffix(3);
    bool escaped = false;
    bool wide = false;
    for (std::size_t i = 0; i < event.size(); ++i) {
        const auto byte = static_cast<unsigned char>(event[i]);
        if (byte == '"' || byte < 0x20)
            return false;
        wide = wide || byte >= 0x80;
        if (byte == '\\') {
            escaped = true;
            if (++i == event.size())
                return false;
        }
    }
    if (wide && !isUtf8(event))
        return false;
    if (escaped) {
        scratch.clear();
        unescapeJson(event, scratch);
        event = scratch;
    }
    response.chunk(time, type, index, 0, event);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view type = value.text("type");
        if ((type == "message_start" && value.hasObject("message")) ||
            (type == "content_block_delta" && value.hasObject("delta")))
            return 90;
        if (type == "error" && value.hasObject("error") && value.hasString("error/message"))
            return 30;
    }
    if (logMentions(probe, "message_start") || logMentions(probe, "content_block_delta"))
        return 90;
    return streamMentions(probe, "\"message_start\"") || streamMentions(probe, "\"content_block_delta\"") ? 90 : 0;
}

} // namespace

const StreamVendor anthropicEvents{begins, take, takeFast, false, nullptr, knows, false, takeWhole};

ImportFormat anthropicStream()
{
    return streamFormat<anthropicEvents>("anthropic-stream", "Anthropic stream", sniffStream);
}

} // namespace arcscope
