// Streams of OpenAI's Responses. A response that ends incomplete because of a content filter takes its text back:
// nothing says so of the text itself, so that is inferred.
#include "streamvendors.h"

namespace arcscope
{
namespace
{

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    if (memberText(event, {"type"}) != "response.created")
        return false;
    JsonObject inner;
    return response.terminal ||
           (findObject(event, "response", inner) && !response.id.empty() && memberText(inner, {"id"}) != response.id);
}

/// Items that ask for something to be done: by the client, or by the vendor.
bool isCall(std::string_view type)
{
    return type.ends_with("_call") || type == "mcp_approval_request" || type == "mcp_list_tools";
}
bool runByVendor(std::string_view type)
{
    for (const std::string_view known : {"web_search_call", "file_search_call", "code_interpreter_call", "mcp_call",
                                         "mcp_list_tools", "image_generation_call"}) {
        if (type == known)
            return true;
    }
    return false;
}

BlockType blockOf(std::string_view itemType)
{
    if (itemType == "message")
        return BlockType::Text;
    if (itemType == "reasoning")
        return BlockType::Reasoning;
    return isCall(itemType) ? BlockType::ToolCall : BlockType::Other;
}

/// The arguments of an item, wherever its type keeps them.
std::string argumentsOf(const JsonObject& item)
{
    return memberText(item, {"arguments", "input", "code", "action", "operation", "queries"});
}

void addItem(const JsonObject& item, std::uint32_t index, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(item, {"type"});
    const BlockType block = blockOf(type);
    std::string name = block == BlockType::ToolCall ? memberText(item, {"name"}) : std::string();
    if (block == BlockType::ToolCall && name.empty())
        name = type;
    response.begin(time, block, index, 0, name, memberText(item, {"call_id", "id"}),
                   block == BlockType::Other ? compactJson(item) : std::string());
}

void endItem(const JsonObject& item, std::uint32_t index, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(item, {"type"});
    const BlockType expected = blockOf(type);
    StreamBlock* block = response.find(expected, index);
    if (!block) {
        addItem(item, index, time, response);
        block = response.find(expected, index);
    }
    if (block->type == BlockType::ToolCall) {
        if (block->text.empty())
            response.replaceText(*block, argumentsOf(item));
        const std::string status = memberText(item, {"status"});
        block->executed = runByVendor(type) && (status.empty() || status == "completed" || status == "failed");
        JsonElement error;
        block->failed = status == "failed" || findMember(item, {"error"}, error);
    } else if (block->type == BlockType::Other) {
        response.replaceText(*block, compactJson(item));
    }
    response.end(time, block->type, index);
}

/// "created", "in_progress", "completed", …: the response itself.
void takeState(const JsonObject& inner, std::string_view state, Nanos time, StreamedResponse& response)
{
    response.id = memberText(inner, {"id"});
    const std::string model = memberText(inner, {"model"});
    if (!model.empty())
        response.model = model;
    response.created = secondsOf(inner, "created_at");
    if (state == "created")
        response.add(StreamEventKind::Start, time);
    const bool last = state == "completed" || state == "incomplete" || state == "failed" || state == "cancelled";
    if (!last) {
        if (state != "created")
            response.add(StreamEventKind::Other, time, {}, "{\"state\":" + jsonQuoted(state) + '}');
        return;
    }
    response.completed = secondsOf(inner, "completed_at");
    JsonElement usage;
    if (findMember(inner, {"usage"}, usage))
        response.count(textOf(usage), time);
    JsonObject more;
    response.stop = state;
    if (findObject(inner, "incomplete_details", more) && hasMember(more, "reason"))
        response.stop = memberText(more, {"reason"});
    if (findObject(inner, "error", more))
        response.fail(time, memberText(more, {"code", "type"}), memberText(more, {"message"}), compactJson(more));
    else if (state == "failed")
        response.errorType = "failed";
    response.add(StreamEventKind::Stop, time, response.stop);
    if (response.stop == "content_filter" && !response.whole)
        response.retractUncleared(time, 0, R"({"reason":"content_filter","evidence":"inferred"})");
    response.add(StreamEventKind::End, time);
    response.terminal = true;
}

bool takeDelta(const JsonObject& event, std::string_view kind, Nanos time, StreamedResponse& response)
{
    const std::uint32_t index = indexOf(event, "output_index");
    BlockType type = BlockType::ToolCall;
    if (kind == "output_text.delta")
        type = BlockType::Text;
    else if (kind == "refusal.delta")
        type = BlockType::Refusal;
    else if (kind == "reasoning_text.delta" || kind == "reasoning_summary_text.delta")
        type = BlockType::Reasoning;
    else if (kind == "audio.delta" || kind == "audio.transcript.delta")
        type = BlockType::Audio;
    else if (kind != "function_call_arguments.delta" && kind != "custom_tool_call_input.delta" &&
             kind != "mcp_call_arguments.delta" && kind != "code_interpreter_call_code.delta" &&
             !kind.starts_with("apply_patch_call") && !kind.starts_with("shell_call"))
        return false;
    JsonElement delta;
    std::string_view text;
    if (!kind.ends_with(".delta") || !findMember(event, {"delta"}, delta) || delta.get(text) != simdjson::SUCCESS)
        return false;
    response.chunk(time, type, index, 0, text);
    return true;
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string type = memberText(event, {"type"});
    if (type == "keepalive" || type == "ping") {
        response.add(StreamEventKind::Keepalive, time);
        return;
    }
    JsonObject inner;
    if (type == "error" || (type.empty() && hasMember(event, "error"))) {
        if (!findObject(event, "error", inner))
            inner = event;
        response.fail(time, memberText(inner, {"code", "type"}), memberText(inner, {"message"}), compactJson(event));
        return;
    }
    std::string_view kind = type;
    if (kind.starts_with("response."))
        kind.remove_prefix(9);
    if (findObject(event, "response", inner))
        takeState(inner, kind, time, response);
    else if (kind == "output_item.added" && findObject(event, "item", inner))
        addItem(inner, indexOf(event, "output_index"), time, response);
    else if (kind == "output_item.done" && findObject(event, "item", inner))
        endItem(inner, indexOf(event, "output_index"), time, response);
    else if (!takeDelta(event, kind, time, response))
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
}

bool knows(const JsonObject& event)
{
    return memberText(event, {"type"}).starts_with("response.");
}

/// The text of a message or of reasoning that came whole.
void takeTexts(const JsonObject& item, std::uint32_t index, StreamedResponse& response)
{
    JsonElement value;
    JsonArray parts;
    for (const std::string_view key : {"summary", "content"}) {
        if (!findMember(item, {key}, value) || value.get(parts) != simdjson::SUCCESS)
            continue;
        for (const JsonElement element : parts) {
            JsonObject part;
            if (element.get(part) != simdjson::SUCCESS)
                continue;
            const std::string refusal = memberText(part, {"refusal"});
            const bool reasons = memberText(item, {"type"}) == "reasoning";
            const BlockType type = !refusal.empty() ? BlockType::Refusal
                                   : reasons        ? BlockType::Reasoning
                                                    : BlockType::Text;
            response.chunk(noTime, type, index, 0, refusal.empty() ? memberText(part, {"text"}) : refusal);
        }
    }
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    JsonElement value;
    JsonArray output;
    const std::string object = memberText(body, {"object"});
    if ((object != "response" && object != "response.compaction") || !findMember(body, {"output"}, value) ||
        value.get(output) != simdjson::SUCCESS)
        return false;
    std::uint32_t index = 0;
    for (const JsonElement element : output) {
        JsonObject item;
        if (element.get(item) == simdjson::SUCCESS) {
            takeTexts(item, index, response);
            endItem(item, index, noTime, response);
        }
        ++index;
    }
    // A compaction has no status: its answer is there, or it is an error.
    if (object == "response") {
        takeState(body, memberText(body, {"status"}), noTime, response);
        return true;
    }
    response.id = memberText(body, {"id"});
    response.created = secondsOf(body, "created_at");
    if (findMember(body, {"usage"}, value))
        response.count(textOf(value), noTime);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        const std::string_view type = value.text("type");
        if (type.starts_with("response.") && (value.has("sequence_number") || value.hasObject("response") ||
                                              value.has("delta") || value.has("output_index")))
            return 90;
    }
    if (logMentions(probe, "response.created") || logMentions(probe, "response.output"))
        return 90;
    return streamMentions(probe, "\"response.created\"") || streamMentions(probe, "\"response.output_text.delta\"") ? 90
                                                                                                                    : 0;
}

} // namespace

const StreamVendor openAiResponsesEvents{begins, take, nullptr, false, nullptr, knows, false, takeWhole};

ImportFormat openAiResponsesStream()
{
    return streamFormat<openAiResponsesEvents>("openai-responses-stream", "OpenAI Responses stream", sniffStream);
}

} // namespace arcscope
