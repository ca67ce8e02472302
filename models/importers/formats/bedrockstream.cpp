// Streams of Bedrock's Converse. stopReason "guardrail_intervened" takes the text back where the guardrail ran behind
// it (asynchronously): declared where the trace of the guardrail quotes the model and that is what was shown; inferred
// where there is no trace and the text came in several chunks. What a guardrail puts in place of an answer comes as one
// chunk and stays, as do answers to a prompt that was blocked.
#include "streamvendors.h"

namespace arcscope
{
namespace
{

constexpr std::string_view eventNames[] = {"messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop",
                                           "messageStop",  "metadata",          "redactContent"};

/// The member that an event consists of. Exceptions are events, too.
std::string_view nameOf(const JsonObject& event)
{
    for (const std::string_view name : eventNames) {
        if (hasMember(event, name))
            return name;
    }
    for (const auto& [key, value] : event) {
        if (key.ends_with("Exception") && value.is_object())
            return key;
    }
    return {};
}

bool knows(const JsonObject& event)
{
    const std::string_view name = nameOf(event);
    JsonObject inner;
    if (name != "metadata")
        return !name.empty();
    return findObject(event, "metadata", inner) && hasMember(inner, "usage") && hasMember(inner, "metrics");
}

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    return nameOf(event) == "messageStart" && !response.empty();
}

bool takeReasoning(const JsonObject& holder, std::uint32_t index, Nanos time, StreamedResponse& response)
{
    JsonObject reasoning;
    JsonObject nested;
    if (!findObject(holder, "reasoningContent", reasoning))
        return false;
    if (findObject(reasoning, "reasoningText", nested))
        reasoning = nested;
    const std::string text = memberText(reasoning, {"text"});
    if (!text.empty())
        response.chunk(time, BlockType::Reasoning, index, 0, text);
    if (hasMember(reasoning, "signature") || hasMember(reasoning, "redactedContent"))
        response.add(StreamEventKind::Other, time, {}, compactJson(holder));
    return true;
}

void takeDelta(const JsonObject& event, std::uint32_t index, Nanos time, StreamedResponse& response)
{
    JsonObject delta;
    JsonObject inner;
    JsonElement text;
    if (!findObject(event, "delta", delta))
        return;
    if (findMember(delta, {"text"}, text))
        response.chunk(time, BlockType::Text, index, 0, textOf(text));
    else if (findObject(delta, "toolUse", inner))
        response.chunk(time, BlockType::ToolCall, index, 0, memberText(inner, {"input"}));
    else if (!takeReasoning(delta, index, time, response))
        response.add(StreamEventKind::Other, time, {}, compactJson(delta));
}

void takeStop(const std::string& stop, Nanos time, StreamedResponse& response)
{
    if (stop.empty())
        return;
    response.stop = stop;
    response.terminal = true;
    response.add(StreamEventKind::Stop, time, stop);
}

/// Whether what the guardrail's trace quotes of the model begins with the text that was shown. `quotes`: it quotes at
/// all.
bool quotesShown(const JsonObject& guardrail, const StreamBlock& block, bool& quotes)
{
    JsonElement value;
    JsonArray output;
    std::string quoted;
    if (findMember(guardrail, {"modelOutput"}, value) && value.get(output) == simdjson::SUCCESS) {
        for (const JsonElement element : output)
            quoted += textOf(element);
    }
    quotes = !quoted.empty();
    return quotes && quoted.starts_with(block.text);
}

/// The text was shown before the guardrail had seen it, or not: which of both, the event that follows the stop tells.
void takeIntervention(const JsonObject& metadata, Nanos time, StreamedResponse& response)
{
    JsonObject trace;
    JsonObject guardrail;
    const bool traced = findObject(metadata, "trace", trace) && findObject(trace, "guardrail", guardrail);
    const bool ofOutput = !traced || hasMember(guardrail, "outputAssessments") || hasMember(guardrail, "modelOutput");
    for (StreamBlock& block : response.blocks()) {
        if (block.retracted || block.type != BlockType::Text || block.length == 0)
            continue;
        bool quotes = false;
        const bool shown = traced && quotesShown(guardrail, block, quotes);
        if (shown)
            response.retract(time, block, 0, R"({"reason":"guardrail","evidence":"declared"})");
        else if (ofOutput && !quotes && block.chunks > 1)
            response.retract(time, block, 0, R"({"reason":"guardrail","evidence":"inferred"})");
    }
}

void takeMetadata(const JsonObject& metadata, Nanos time, StreamedResponse& response)
{
    JsonElement usage;
    if (findMember(metadata, {"usage"}, usage))
        response.count(textOf(usage), time);
    if (hasMember(metadata, "trace"))
        response.add(StreamEventKind::Other, time, {}, compactJson(metadata));
    if (response.stop == "guardrail_intervened" && !response.whole)
        takeIntervention(metadata, time, response);
}

/// {"redactUserContentMessage", "redactAssistantContentMessage"}: what stands in place of either.
void takeRedaction(const JsonObject& redaction, Nanos time, StreamedResponse& response)
{
    const std::string instead = memberText(redaction, {"redactAssistantContentMessage"});
    response.add(StreamEventKind::Other, time, {}, compactJson(redaction));
    if (instead.empty())
        return;
    response.retractAll(time, R"({"reason":"guardrail","evidence":"declared"})");
    response.chunk(time, BlockType::Text, static_cast<std::uint32_t>(response.blocks().size()), 0, instead);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    const std::string_view name = nameOf(event);
    JsonObject inner;
    if (name.empty() || !findObject(event, name, inner)) {
        response.add(StreamEventKind::Other, time, {}, compactJson(event));
        return;
    }
    const std::uint32_t index = indexOf(inner, "contentBlockIndex");
    if (name == "messageStart") {
        response.keepText(); // the trace of a guardrail is compared with it
        response.add(StreamEventKind::Start, time);
    } else if (name == "contentBlockStart") {
        JsonObject start;
        JsonObject tool;
        if (findObject(inner, "start", start) && findObject(start, "toolUse", tool))
            response.begin(time, BlockType::ToolCall, index, 0, memberText(tool, {"name"}),
                           memberText(tool, {"toolUseId"}));
        else
            response.add(StreamEventKind::Other, time, {}, compactJson(event));
    } else if (name == "contentBlockDelta") {
        takeDelta(inner, index, time, response);
    } else if (name == "contentBlockStop") {
        const StreamBlock* block = response.find(index);
        response.end(time, block ? block->type : BlockType::Text, index);
    } else if (name == "messageStop") {
        takeStop(memberText(inner, {"stopReason"}), time, response);
    } else if (name == "metadata") {
        takeMetadata(inner, time, response);
    } else if (name == "redactContent") {
        takeRedaction(inner, time, response);
    } else {
        response.fail(time, name, memberText(inner, {"message", "originalMessage"}), compactJson(event));
    }
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    JsonObject output;
    JsonObject message;
    JsonElement value;
    JsonArray content;
    if (!hasMember(body, "stopReason") || !findObject(body, "output", output) ||
        !findObject(output, "message", message))
        return false;
    std::uint32_t index = 0;
    if (findMember(message, {"content"}, value) && value.get(content) == simdjson::SUCCESS) {
        for (const JsonElement element : content) {
            JsonObject part;
            JsonObject tool;
            if (element.get(part) != simdjson::SUCCESS)
                continue;
            if (findObject(part, "toolUse", tool)) {
                response.begin(noTime, BlockType::ToolCall, index, 0, memberText(tool, {"name"}),
                               memberText(tool, {"toolUseId"}));
                response.chunk(noTime, BlockType::ToolCall, index, 0, memberText(tool, {"input"}));
            } else if (findMember(part, {"text"}, value)) {
                response.chunk(noTime, BlockType::Text, index, 0, textOf(value));
            } else if (!takeReasoning(part, index, noTime, response)) {
                const std::string detail = compactJson(part);
                response.replaceText(response.begin(noTime, BlockType::Other, index, 0, {}, {}, detail), detail);
            }
            ++index;
        }
    }
    takeStop(memberText(body, {"stopReason"}), noTime, response);
    takeMetadata(body, noTime, response);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (value.hasString("messageStart/role") || value.hasObject("contentBlockDelta/delta") ||
            value.hasString("messageStop/stopReason") || value.hasNumber("contentBlockStop/contentBlockIndex"))
            return 88;
    }
    if (logMentions(probe, "contentBlockDelta") || logMentions(probe, "messageStart"))
        return 86;
    return streamMentions(probe, "\"contentBlockDelta\"") || streamMentions(probe, "\"messageStart\"") ? 86 : 0;
}

} // namespace

const StreamVendor bedrockEvents{begins, take, nullptr, false, nullptr, knows, false, takeWhole};

ImportFormat bedrockStream()
{
    return streamFormat<bedrockEvents>("bedrock-stream", "Bedrock Converse stream", sniffStream);
}

} // namespace arcscope
