#include "geminiarguments.h"
#include "streamvendors.h"

namespace arcscope
{
namespace
{

/// A chunk stands alone, in {"response": chunk} or {"method", "response": [chunks]}.
bool isChunk(const JsonObject& event)
{
    return hasMember(event, "candidates") || hasMember(event, "usageMetadata") || hasMember(event, "promptFeedback");
}

bool isWrapper(const JsonObject& event)
{
    return hasMember(event, "response") && !isChunk(event);
}

bool isMethod(const JsonObject& event)
{
    return memberText(event, {"method"}).starts_with("generateContent");
}

const char* passes(const JsonObject& event)
{
    if (isChunk(event) || hasMember(event, "error"))
        return nullptr;
    JsonObject inner;
    JsonArray chunks;
    JsonElement value;
    if (!findMember(event, {"response"}, value))
        return "a value that is no part of a response";
    if (value.get(inner) == simdjson::SUCCESS && (isChunk(inner) || isMethod(event)))
        return nullptr;
    if (value.get(chunks) == simdjson::SUCCESS && (isMethod(event) || !hasMember(event, "method")))
        return nullptr;
    return "a request that asks for no generated content";
}

bool knows(const JsonObject& event)
{
    JsonElement value;
    JsonArray candidates;
    return (findMember(event, {"candidates"}, value) && value.get(candidates) == simdjson::SUCCESS) ||
           hasMember(event, "usageMetadata") || hasMember(event, "promptFeedback");
}

bool begins(const JsonObject& event, const StreamedResponse& response)
{
    if (hasMember(event, "method"))
        return true;
    JsonObject chunk = event;
    if (isWrapper(event) && !findObject(event, "response", chunk))
        return true;
    const std::string id = memberText(chunk, {"responseId"});
    if (!id.empty() && !response.id.empty())
        return id != response.id;
    // Without ids, what follows a finished response outside of a container is another one.
    return response.terminal && !response.contained && hasMember(chunk, "candidates");
}

/// Runs of one kind are one block: the chunks have no index.
std::uint32_t runOf(const StreamedResponse& response, BlockType type, std::uint32_t choice)
{
    for (auto block = response.blocks().rbegin(); block != response.blocks().rend(); ++block) {
        if (block->choice == choice)
            return block->type == type ? block->index : static_cast<std::uint32_t>(response.blocks().size());
    }
    return static_cast<std::uint32_t>(response.blocks().size());
}

/// The call whose arguments are still coming.
StreamBlock* growingCall(StreamedResponse& response, std::uint32_t choice)
{
    for (auto block = response.blocks().rbegin(); block != response.blocks().rend(); ++block) {
        if (block->choice == choice && block->type == BlockType::ToolCall)
            return block->growing ? response.find(BlockType::ToolCall, block->index, choice) : nullptr;
    }
    return nullptr;
}

bool flagOf(const JsonObject& object, std::string_view key)
{
    JsonElement value;
    bool flag = false;
    return findMember(object, {key}, value) && value.get(flag) == simdjson::SUCCESS && flag;
}

void takeCall(const JsonObject& call, std::uint32_t choice, Nanos time, StreamedResponse& response)
{
    const std::string name = memberText(call, {"name"});
    StreamBlock* block = growingCall(response, choice);
    if (!block || !name.empty()) {
        const auto begun = static_cast<std::uint32_t>(response.blocks().size());
        block = &response.begin(time, BlockType::ToolCall, begun, choice, name, memberText(call, {"id"}));
        block->growing = std::make_shared<GeminiArguments>();
    }
    const std::uint32_t index = block->index;
    const std::shared_ptr<GeminiArguments> growing = block->growing;
    std::string text;
    JsonElement arguments;
    JsonArray pieces;
    if (findMember(call, {"args"}, arguments)) {
        text = textOf(arguments);
    } else if (findMember(call, {"partialArgs"}, arguments) && arguments.get(pieces) == simdjson::SUCCESS) {
        for (const JsonElement element : pieces) {
            JsonObject piece;
            const auto more = element.get(piece) == simdjson::SUCCESS ? growing->take(piece) : std::nullopt;
            if (more)
                text += *more;
            else
                response.notes.push_back("a piece of the arguments of " + block->name + " has no place in them");
        }
    }
    const bool more = flagOf(call, "willContinue");
    if (!more)
        text += growing->finish();
    if (!text.empty())
        response.chunk(time, BlockType::ToolCall, index, choice, text);
    if (more)
        return;
    response.find(BlockType::ToolCall, index, choice)->growing.reset();
    response.end(time, BlockType::ToolCall, index, choice);
}

/// Code that the vendor wrote and ran is a call; its outcome stands in a part behind it.
void takeCode(const JsonObject& code, std::uint32_t choice, Nanos time, StreamedResponse& response)
{
    const auto index = static_cast<std::uint32_t>(response.blocks().size());
    response.begin(time, BlockType::ToolCall, index, choice, "executableCode", memberText(code, {"id"}));
    response.chunk(time, BlockType::ToolCall, index, choice, compactJson(code));
}

void takeOutcome(const JsonObject& outcome, std::uint32_t choice, StreamedResponse& response)
{
    for (auto block = response.blocks().rbegin(); block != response.blocks().rend(); ++block) {
        if (block->type == BlockType::ToolCall && block->choice == choice && block->name == "executableCode") {
            StreamBlock* call = response.find(BlockType::ToolCall, block->index, choice);
            call->executed = true;
            call->failed = memberText(outcome, {"outcome"}) != "OUTCOME_OK";
            return;
        }
    }
}

void takePart(const JsonObject& part, std::uint32_t choice, Nanos time, StreamedResponse& response)
{
    JsonElement text;
    JsonObject inner;
    if (findMember(part, {"text"}, text)) {
        const BlockType type = flagOf(part, "thought") ? BlockType::Reasoning : BlockType::Text;
        const std::string piece = textOf(text);
        if (!piece.empty())
            response.chunk(time, type, runOf(response, type, choice), choice, piece);
        else if (hasMember(part, "thoughtSignature"))
            response.add(StreamEventKind::Other, time, {}, compactJson(part));
    } else if (findObject(part, "functionCall", inner)) {
        takeCall(inner, choice, time, response);
    } else if (findObject(part, "executableCode", inner)) {
        takeCode(inner, choice, time, response);
    } else {
        if (findObject(part, "codeExecutionResult", inner))
            takeOutcome(inner, choice, response);
        const auto index = static_cast<std::uint32_t>(response.blocks().size());
        const std::string detail = compactJson(part);
        response.replaceText(response.begin(time, BlockType::Other, index, choice, {}, {}, detail), detail);
        response.end(time, BlockType::Other, index, choice);
    }
}

void takeStop(const std::string& stop, Nanos time, StreamedResponse& response)
{
    if (stop.empty())
        return;
    response.stop = stop;
    response.terminal = true;
    response.add(StreamEventKind::Stop, time, stop);
}

void takeCandidate(const JsonObject& candidate, Nanos time, StreamedResponse& response)
{
    const std::uint32_t choice = indexOf(candidate, "index");
    JsonObject content;
    JsonElement value;
    JsonArray parts;
    if (findObject(candidate, "content", content) && findMember(content, {"parts"}, value) &&
        value.get(parts) == simdjson::SUCCESS) {
        for (const JsonElement element : parts) {
            JsonObject part;
            if (element.get(part) == simdjson::SUCCESS)
                takePart(part, choice, time, response);
        }
    }
    for (const std::string_view extra : {"groundingMetadata", "urlContextMetadata", "citationMetadata"}) {
        if (findMember(candidate, {extra}, value))
            response.add(StreamEventKind::Other, time, {}, '{' + jsonQuoted(extra) + ':' + textOf(value) + '}');
    }
    takeStop(memberText(candidate, {"finishReason"}), time, response);
}

void takeChunk(const JsonObject& chunk, Nanos time, StreamedResponse& response)
{
    JsonObject inner;
    if (findObject(chunk, "error", inner)) {
        response.fail(time, memberText(inner, {"status", "code"}), memberText(inner, {"message"}), compactJson(chunk));
        return;
    }
    if (response.id.empty())
        response.id = memberText(chunk, {"responseId"});
    if (response.model.empty())
        response.model = memberText(chunk, {"modelVersion"});
    if (response.created == noTime) {
        if (const auto created = parseIsoTime(memberText(chunk, {"createTime"})))
            response.created = created->time;
    }
    if (response.empty())
        response.add(StreamEventKind::Start, time);
    JsonElement value;
    JsonArray candidates;
    if (findMember(chunk, {"candidates"}, value) && value.get(candidates) == simdjson::SUCCESS) {
        for (const JsonElement element : candidates) {
            JsonObject candidate;
            if (element.get(candidate) == simdjson::SUCCESS)
                takeCandidate(candidate, time, response);
        }
    }
    if (findObject(chunk, "promptFeedback", inner))
        takeStop(memberText(inner, {"blockReason"}), time, response);
    if (findMember(chunk, {"usageMetadata"}, value))
        response.count(textOf(value), time);
}

void take(const JsonObject& event, Nanos time, StreamedResponse& response)
{
    if (!isWrapper(event)) {
        takeChunk(event, time, response);
        return;
    }
    response.whole = memberText(event, {"method"}) == "generateContent";
    JsonElement inner;
    JsonArray chunks;
    JsonObject chunk;
    if (!findMember(event, {"response"}, inner))
        return;
    if (inner.get(chunk) == simdjson::SUCCESS)
        takeChunk(chunk, time, response);
    else if (inner.get(chunks) == simdjson::SUCCESS) {
        for (const JsonElement element : chunks) {
            if (element.get(chunk) == simdjson::SUCCESS)
                takeChunk(chunk, time, response);
        }
    }
    if (response.empty())
        response.add(StreamEventKind::Start, time);
}

bool takeWhole(const JsonObject& body, StreamedResponse& response)
{
    if (!knows(body))
        return false;
    takeChunk(body, noTime, response);
    return true;
}

int sniffStream(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const char* const prefix :
             {"", "*/", "data/", "response/", "response/*/", "*/response/", "*/response/*/"}) {
            const std::string at(prefix);
            if (value.hasObject(at + "candidates/*/content") || value.has(at + "candidates/*/finishReason") ||
                value.hasNumber(at + "usageMetadata/promptTokenCount"))
                return 88;
        }
        if (value.text("method").starts_with("generateContent") && value.has("response"))
            return 88;
    }
    if (logMentions(probe, "\\\"candidates\\\""))
        return 86;
    return streamMentions(probe, "\"candidates\"") && streamMentions(probe, "\"parts\"") ? 86 : 0;
}

} // namespace

const StreamVendor geminiEvents{begins, take, nullptr, false, passes, knows, true, takeWhole};

ImportFormat geminiStream()
{
    return streamFormat<geminiEvents>("gemini-stream", "Gemini stream", sniffStream);
}

} // namespace arcscope
