#include "messagejson.h"

#include "jsontext.h"
#include "jsontokens.h"
#include "messageparts.h"

#include <algorithm>
#include <cctype>

namespace arcscope
{
namespace
{

/// What is known about a message before it is looked at.
struct Reading {
    Role assumed;
    std::vector<Message>& messages;
};

void append(const JsonElement& value, const Reading& reading, int depth);

constexpr int maxWrapping = 8; ///< wrappers around messages (request, body, "messages": [[…]]) that are opened

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// LangChain names the role by the class of a serialised message, by "type", or by "role".
std::string roleWordOf(const JsonObject& object)
{
    std::string word = memberText(object, {"role"});
    if (!word.empty())
        return word;
    JsonElement id;
    JsonArray path;
    if (findMember(object, {"id"}, id) && id.get_array().get(path) == simdjson::SUCCESS) {
        for (const JsonElement step : path)
            word = textOf(step);
        if (const auto tail = word.find("Message"); tail != std::string::npos)
            word.resize(tail);
        return lower(word);
    }
    word = memberText(object, {"type"});
    if (roleOf(word) != Role::Other)
        return word;
    const std::string event = memberText(object, {"event.name"}); // "gen_ai.user.message"
    if (event.starts_with("gen_ai.") && event.ends_with(".message"))
        return event.substr(7, event.size() - 7 - 8);
    return {};
}

Message blank(Role role)
{
    Message message;
    message.role = role;
    message.roleText = roleText(role);
    return message;
}

/// Members beside the content.
void addBeside(const JsonObject& object, Message& message)
{
    JsonElement value;
    if (findMember(object, {"reasoning_content", "reasoning", "thinking"}, value) && value.is_string()) {
        Part part;
        part.kind = PartKind::Reasoning;
        part.text = textOf(value);
        if (!part.text.empty())
            message.parts.insert(message.parts.begin(), std::move(part));
    }
    if (findMember(object, {"refusal"}, value) && value.is_string()) {
        Part part;
        part.kind = PartKind::Refusal;
        part.text = textOf(value);
        if (!part.text.empty())
            message.parts.push_back(std::move(part));
    }
    const bool called = std::any_of(message.parts.begin(), message.parts.end(),
                                    [](const Part& part) { return part.kind == PartKind::ToolCall; });
    JsonElement extra;
    const bool inExtra = findMember(object, {"additional_kwargs"}, extra) && extra.is_object();
    JsonArray calls;
    if (called)
        return; // LangChain repeats the calls of its content
    const auto callsOf = [&](const JsonObject& holder) {
        return findMember(holder, {"tool_calls", "toolCalls"}, value) &&
               value.get_array().get(calls) == simdjson::SUCCESS && calls.size() > 0;
    };
    if (callsOf(object) || (inExtra && callsOf(extra.get_object().value_unsafe()))) {
        for (const JsonElement call : calls)
            appendCall(call, message.parts);
    } else if (findMember(object, {"function_call"}, value) && value.is_object()) {
        appendCall(value, message.parts);
    }
}

/// A tool's message is its result: its whole content, unless that says of itself what it is.
void makeResult(const JsonObject& object, Message& message)
{
    const bool typed = std::any_of(message.parts.begin(), message.parts.end(),
                                   [](const Part& part) { return part.kind == PartKind::ToolResult; });
    if (typed)
        return;
    Part part;
    part.kind = PartKind::ToolResult;
    part.id = memberText(object, {"tool_call_id", "toolCallId", "id"});
    part.name = memberText(object, {"name", "tool_name"});
    part.failed = memberText(object, {"status"}) == "error";
    JsonElement content;
    if (findMember(object, {"content", "parts"}, content))
        part.text = joinedText(content);
    message.parts.clear();
    message.parts.push_back(std::move(part));
}

void appendMessage(const JsonObject& outer, const Reading& reading)
{
    JsonObject object = outer;
    JsonElement inner;
    const std::string word = roleWordOf(outer);
    if (findMember(outer, {"kwargs", "data"}, inner) && inner.is_object() && !hasMember(outer, "content"))
        object = inner.get_object().value_unsafe();

    Message message = blank(reading.assumed);
    if (!word.empty()) {
        message.role = roleOf(word);
        message.roleText = word;
    }
    message.name = memberText(object, {"name"});
    message.stopReason = memberText(object, {"finish_reason", "finishReason", "stop_reason", "stopReason"});
    if (findMember(object, {"content", "parts", "message", "body"}, inner))
        appendContent(inner, message.parts);
    addBeside(object, message);
    if (message.role == Role::Tool)
        makeResult(object, message);
    if (message.stopReason.empty() && findMember(object, {"response_metadata"}, inner) && inner.is_object())
        message.stopReason = memberText(inner.get_object().value_unsafe(), {"finish_reason", "stop_reason"});
    reading.messages.push_back(std::move(message));
}

/// An element of choices, candidates or an event: a message in a wrapper that has the stop reason.
void appendChoice(const JsonObject& object, const Reading& reading, int depth)
{
    const std::size_t before = reading.messages.size();
    JsonElement inner;
    if (findMember(object, {"message", "content", "delta"}, inner) && inner.is_object())
        append(inner, reading, depth + 1);
    else
        appendMessage(object, reading);
    const std::string reason = memberText(object, {"finish_reason", "finishReason", "stop_reason"});
    JsonElement calls;
    for (std::size_t i = before; i < reading.messages.size(); ++i) {
        Message& message = reading.messages[i];
        if (message.stopReason.empty())
            message.stopReason = reason;
        const bool called = std::any_of(message.parts.begin(), message.parts.end(),
                                        [](const Part& part) { return part.kind == PartKind::ToolCall; });
        if (!called && findMember(object, {"tool_calls"}, calls) && calls.is_array()) {
            const JsonArray list = calls.get_array().value_unsafe();
            for (const JsonElement call : list)
                appendCall(call, message.parts);
        }
    }
}

/// One message of parts that stand alone.
void appendBare(const JsonElement& parts, const Reading& reading)
{
    Message message = blank(reading.assumed);
    appendContent(parts, message.parts);
    const bool results =
        !message.parts.empty() && std::all_of(message.parts.begin(), message.parts.end(),
                                              [](const Part& p) { return p.kind == PartKind::ToolResult; });
    if (results && message.role != Role::Assistant)
        message = Message{Role::Tool, std::string(roleText(Role::Tool)), {}, std::move(message.parts), {}};
    reading.messages.push_back(std::move(message));
}

/// An item of the Responses API that is no message goes with the assistant's, or is a tool's result.
bool appendItem(const JsonElement& item, const JsonObject& object, const Reading& reading)
{
    const std::string type = memberText(object, {"type"});
    const bool result = type.ends_with("_call_output");
    if (!result && type != "function_call" && type != "custom_tool_call" && type != "reasoning")
        return false;
    const Role role = result ? Role::Tool : Role::Assistant;
    if (reading.messages.empty() || reading.messages.back().role != role || result)
        reading.messages.push_back(blank(role));
    appendPart(item, reading.messages.back().parts);
    return true;
}

void appendArray(const JsonElement& whole, const JsonArray& array, const Reading& reading, int depth)
{
    bool parts = array.size() > 0;
    for (const JsonElement element : array) {
        JsonObject object;
        parts = parts && element.get_object().get(object) == simdjson::SUCCESS && looksLikePart(object) &&
                !memberText(object, {"type"}).ends_with("_call_output");
    }
    if (parts) {
        appendBare(whole, reading);
        return;
    }
    for (const JsonElement element : array)
        append(element, reading, depth + 1);
}

/// Pydantic AI's turns have parts that name their own role.
bool appendTurn(const JsonObject& object, const Reading& reading)
{
    const std::string kind = memberText(object, {"kind"});
    JsonElement parts;
    if ((kind != "request" && kind != "response") || !findMember(object, {"parts"}, parts) || !parts.is_array())
        return false;
    const JsonArray list = parts.get_array().value_unsafe();
    for (const JsonElement part : list) {
        JsonObject fields;
        if (part.get_object().get(fields) != simdjson::SUCCESS)
            continue;
        const std::string partKind = memberText(fields, {"part_kind"});
        const Role role = kind == "response"            ? Role::Assistant
                          : partKind == "system-prompt" ? Role::System
                          : partKind == "tool-return"   ? Role::Tool
                                                        : Role::User;
        if (reading.messages.empty() || reading.messages.back().role != role || role != Role::Assistant)
            reading.messages.push_back(blank(role));
        appendPart(part, reading.messages.back().parts);
    }
    return true;
}

/// The members of a request or a response that hold messages, in the order in which they are said.
bool appendWrapped(const JsonObject& object, const Reading& reading, int depth)
{
    struct Wrapper {
        std::string_view key;
        Role role;
    };
    constexpr Wrapper wrappers[] = {
        {"system", Role::System},
        {"systemInstruction", Role::System},
        {"system_instruction", Role::System},
        {"instructions", Role::System},
        {"messages", Role::User},
        {"contents", Role::User},
        {"input", Role::User},
        {"prompt", Role::User},
        {"choices", Role::Assistant},
        {"candidates", Role::Assistant},
        {"output", Role::Assistant},
        {"generations", Role::Assistant},
        {"response", Role::Assistant},
    };
    bool any = false;
    for (const Wrapper& wrapper : wrappers) {
        JsonElement value;
        if (!findMember(object, {wrapper.key}, value))
            continue;
        if (value.is_string() && textOf(value).empty())
            continue;
        const bool assumedElse = wrapper.role == Role::User && reading.assumed != Role::Other;
        append(value, {assumedElse ? reading.assumed : wrapper.role, reading.messages}, depth + 1);
        any = true;
    }
    return any;
}

void append(const JsonElement& value, const Reading& reading, int depth)
{
    if (depth > maxWrapping) {
        appendBare(value, reading);
        return;
    }
    JsonArray array;
    if (value.get_array().get(array) == simdjson::SUCCESS) {
        appendArray(value, array, reading, depth);
        return;
    }
    JsonObject object;
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        if (!value.is_null())
            appendBare(value, reading);
        return;
    }
    if (appendTurn(object, reading) || appendItem(value, object, reading))
        return;
    JsonElement inner;
    const bool wrapsMessage =
        (findMember(object, {"message", "delta"}, inner) && inner.is_object()) ||
        (findMember(object, {"content"}, inner) && inner.is_object() && !hasMember(object, "role"));
    if (wrapsMessage) {
        appendChoice(object, reading, depth);
    } else if (hasMember(object, "role") || !roleWordOf(object).empty()) {
        appendMessage(object, reading);
    } else if (looksLikePart(object)) {
        appendBare(value, reading);
    } else if (!appendWrapped(object, reading, depth)) {
        if (hasMember(object, "content") || hasMember(object, "parts") || hasMember(object, "tool_calls"))
            appendMessage(object, reading);
        else
            appendBare(value, reading);
    }
}

/// Parses and hands the tree over; false where the text is none.
template <typename Use>
bool parse(std::string_view text, std::vector<std::string>& notes, Use use)
{
    const std::string_view json = trimmed(text);
    if (json.empty() || std::string_view("[{\"").find(json.front()) == std::string_view::npos)
        return false;
    simdjson::dom::parser parser;
    JsonElement root;
    simdjson::error_code error = parser.parse(json.data(), json.size()).get(root);
    if (error == simdjson::UTF8_ERROR) {
        notes.emplace_back("bytes that are no UTF-8 were replaced in a message");
        error = parser.parse(repairedUtf8(json)).get(root);
    }
    if (error != simdjson::SUCCESS) {
        if (json.front() != '"' && json.size() > 2)
            notes.push_back(std::string("a message looks like JSON and cannot be read as it (") +
                            simdjson::error_message(error) + "); shown as text");
        return false;
    }
    use(root);
    return true;
}

Part textPart(std::string_view text)
{
    Part part;
    part.text = repairedUtf8(text);
    return part;
}

} // namespace

Role roleOf(std::string_view word)
{
    const std::string role = lower(std::string(word));
    if (role == "system" || role == "developer")
        return Role::System;
    if (role == "user" || role == "human")
        return Role::User;
    if (role == "assistant" || role == "ai" || role == "model" || role == "chatbot" || role == "aichunk" ||
        role == "aimessagechunk")
        return Role::Assistant;
    if (role == "tool" || role == "function")
        return Role::Tool;
    return Role::Other;
}

std::string_view roleText(Role role)
{
    constexpr std::string_view texts[] = {"system", "user", "assistant", "tool", ""};
    return texts[static_cast<std::size_t>(role)];
}

void appendMessages(std::string_view json, Role assumed, std::vector<Message>& messages,
                    std::vector<std::string>& notes)
{
    const Reading reading{assumed, messages};
    if (trimmed(json).empty() || parse(json, notes, [&](const JsonElement& root) { append(root, reading, 0); }))
        return;
    Message message = blank(assumed);
    message.parts.push_back(textPart(json));
    messages.push_back(std::move(message));
}

void appendParts(std::string_view json, std::vector<Part>& parts, std::vector<std::string>& notes)
{
    if (!trimmed(json).empty() && !parse(json, notes, [&](const JsonElement& root) { appendContent(root, parts); }))
        parts.push_back(textPart(json));
}

void appendCalls(std::string_view json, std::vector<Part>& parts, std::vector<std::string>& notes)
{
    const auto use = [&](const JsonElement& root) {
        JsonArray array;
        if (root.get_array().get(array) != simdjson::SUCCESS) {
            appendCall(root, parts);
            return;
        }
        for (const JsonElement call : array)
            appendCall(call, parts);
    };
    if (trimmed(json).empty() || parse(json, notes, use))
        return;
    Part part = textPart(json);
    part.kind = PartKind::Other;
    parts.push_back(std::move(part));
}

} // namespace arcscope
