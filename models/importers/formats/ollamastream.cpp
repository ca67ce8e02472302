#include "streamvendors.h"

namespace arcscope
{
namespace
{

bool knows(const JsonObject& event)
{
    return hasMember(event, "model") && hasMember(event, "created_at") && hasMember(event, "done") &&
           (hasMember(event, "message") || hasMember(event, "response"));
}

bool begins(const JsonObject&, const StreamedResponse& response)
{
    return response.terminal || !response.errorType.empty();
}

/// Every line says when it was made.
Nanos timeOf(const JsonObject& event)
{
    const auto made = parseIsoTime(memberText(event, {"created_at"}));
    return made ? made->time : noTime;
}

void takeCalls(const JsonObject& message, Nanos time, StreamedResponse& response)
{
    JsonElement value;
    JsonArray calls;
    if (!findMember(message, {"tool_calls"}, value) || value.get(calls) != simdjson::SUCCESS)
        return;
    for (const JsonElement element : calls) {
        JsonObject call;
        JsonObject function;
        if (element.get(call) != simdjson::SUCCESS || !findObject(call, "function", function))
            continue;
        const auto index = static_cast<std::uint32_t>(response.blocks().size());
        response.begin(time, BlockType::ToolCall, index, 0, memberText(function, {"name"}), memberText(call, {"id"}));
        response.chunk(time, BlockType::ToolCall, index, 0, memberText(function, {"arguments"}));
        response.end(time, BlockType::ToolCall, index);
    }
}

void take(const JsonObject& event, Nanos logged, StreamedResponse& response)
{
    if (const std::string error = memberText(event, {"error"}); !error.empty()) {
        response.fail(logged, {}, error, compactJson(event));
        return;
    }
    const Nanos made = timeOf(event);
    const Nanos time = logged == noTime ? made : logged;
    if (response.model.empty())
        response.model = memberText(event, {"model"});
    if (response.empty())
        response.add(StreamEventKind::Start, time);
    JsonObject message = event;
    findObject(event, "message", message);
    const std::string thinking = memberText(message, {"thinking"});
    const std::string text = memberText(message, {"content", "response"});
    if (!thinking.empty())
        response.chunk(time, BlockType::Reasoning, 0, 0, thinking);
    if (!text.empty())
        response.chunk(time, BlockType::Text, 1, 0, text);
    takeCalls(message, time, response);
    JsonElement value;
    bool done = false;
    if (!findMember(event, {"done"}, value) || value.get(done) != simdjson::SUCCESS || !done)
        return;
    std::int64_t took = 0;
    if (findMember(event, {"total_duration"}, value) && value.get(took) == simdjson::SUCCESS && took > 0)
        response.took = took;
    response.stop = memberText(event, {"done_reason"});
    response.add(StreamEventKind::Stop, time, response.stop);
    if (findMember(event, {"prompt_eval_count", "eval_count"}, value))
        response.count(compactJson(event), time);
    response.terminal = true;
    response.add(StreamEventKind::End, time);
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    if (!knows(body))
        return false;
    take(body, noTime, response);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const char* const prefix : {"", "data/"}) {
            const std::string at(prefix);
            if (value.hasString(at + "model") && value.hasString(at + "created_at") && value.has(at + "done") &&
                (value.hasObject(at + "message") || value.hasString(at + "response")))
                return 88;
        }
    }
    return logMentions(probe, "\\\"done\\\":") && logMentions(probe, "\\\"created_at\\\":") ? 86 : 0;
}

} // namespace

const StreamVendor ollamaEvents{begins, take, nullptr, false, nullptr, knows, true, takeWhole};

ImportFormat ollamaStream()
{
    return streamFormat<ollamaEvents>("ollama-stream", "Ollama stream", sniffStream);
}

} // namespace arcscope
