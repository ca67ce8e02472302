#include "codexdecoding.h"

#include "codexevent.h"
#include "messagejson.h"
#include "recordreading.h"
#include "usagejson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Texts that are shown as messages, calls and results.
bool isShownElsewhere(std::string_view key)
{
    return key == "type" || key == "content" || key == "message" || key == "base_instructions" ||
           key == "instructions" || key == "last_agent_message" || key == "output" || key == "arguments" ||
           key == "formatted_output" || key == "input" || key == "text";
}

Message& outputMessage(SpanContent& content)
{
    if (content.output.empty()) {
        content.output.emplace_back();
        content.output.back().role = Role::Assistant;
        content.output.back().roleText = "assistant";
    }
    return content.output.back();
}

void addText(std::string_view text, PartKind kind, std::vector<Part>& parts)
{
    Part& part = parts.emplace_back();
    part.kind = kind;
    part.text = text;
}

Message messageOf(std::string_view role)
{
    Message message;
    message.role = roleOf(role);
    message.roleText = role;
    return message;
}

void addCall(const CodexEvent& event, SpanContent& content)
{
    std::vector<Part>& parts = outputMessage(content).parts;
    addText(event.arguments, PartKind::ToolCall, parts);
    parts.back().name = event.name.empty() ? event.type.substr(0, event.type.rfind('_')) : event.name;
    if (event.name.empty() && event.type.ends_with("_approval_request"))
        parts.back().name = event.type.starts_with("exec") ? "exec_command" : "patch_apply";
    parts.back().id = event.callId;
}

void addOutput(const CodexEvent& event, SpanContent& content)
{
    std::vector<Part>& parts = outputMessage(content).parts;
    if (event.type == "message") {
        appendParts(event.content, parts, content.notes);
    } else if (event.type == "reasoning") {
        if (!event.content.empty() && event.contentTexts > 0)
            appendParts(event.raw, parts, content.notes);
        else if (event.encryptedSize > 0) {
            addText({}, PartKind::Reasoning, parts);
            parts.back().media = "encrypted, " + std::to_string(event.encryptedSize) + " bytes as text";
        }
    } else {
        addCall(event, content);
    }
}

void addAttributes(const JsonValue& value, SpanContent& content)
{
    std::vector<Attribute> found;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (!isShownElsewhere(key) && !(key == "summary" && member.isArray()))
            addAttribute(found, key, member);
    });
    // Several records of one span name the same call and turn.
    for (Attribute& attribute : found) {
        if (std::find(content.attributes.begin(), content.attributes.end(), attribute) == content.attributes.end())
            content.attributes.push_back(std::move(attribute));
    }
}

/// The whole output of a command, where the model was given none.
std::string_view wholeOutput(std::string_view raw, JsonParser& parser)
{
    std::string_view whole;
    parser.parseCopy(raw).eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "aggregated_output" || (whole.empty() && (key == "stdout" || key == "stderr")))
            whole = member.text();
        else if (key == "result")
            whole = member.raw();
    });
    return whole;
}

void addEvent(const CodexEvent& event, SpanContent& content)
{
    if (!event.instructions.empty()) {
        content.input.push_back(messageOf("system"));
        addText(event.instructions, PartKind::Text, content.input.back().parts);
    }
    if (!event.lastMessage.empty())
        addText(event.lastMessage, PartKind::Text, outputMessage(content).parts);
    if (event.type == "user_message") {
        content.input.push_back(messageOf("user"));
        addText(event.text, PartKind::Text, content.input.back().parts);
    } else if (event.type == "agent_message" || event.type == "agent_reasoning" || event.type.empty()) {
        if (!event.text.empty())
            addText(event.text, event.type == "agent_reasoning" ? PartKind::Reasoning : PartKind::Text,
                    outputMessage(content).parts);
    } else if (event.type == "turn_aborted") {
        content.statusMessage = event.reason;
    } else if (event.type == "error" || event.type == "stream_error") {
        content.statusMessage = event.text;
    }
    const bool direct = event.type == "token_count" && event.usage.empty();
    if (const auto usage = readUsage(direct ? event.raw : event.usage))
        content.usage = usage->raw;
}

} // namespace

void addCodexEvent(const JsonValue& value, SpanContent& content, bool asks)
{
    const CodexEvent event = readCodexEvent(value);
    if (asks && (event.type.ends_with("_begin") || event.type.ends_with("_approval_request"))) {
        addCall(event, content);
        return;
    }
    const bool isResult = event.type.ends_with("_output");
    if (isResult) {
        content.toolResult = event.output;
        bool stated = false;
        content.toolFailed =
            content.toolFailed || event.success == false || exitCodeIn(event.output, stated).value_or(0) != 0;
    } else if (event.type == "message" && event.role != "assistant") {
        content.input.push_back(messageOf(event.role));
        appendParts(event.content, content.input.back().parts, content.notes);
    } else if (event.type == "message" || event.type == "reasoning" || event.type.ends_with("_call")) {
        addOutput(event, content);
        return;
    } else if (event.type.ends_with("_end")) {
        if (content.toolResult.empty()) {
            JsonParser parser;
            content.toolResult = wholeOutput(event.raw, parser);
        }
        if (content.toolArguments.empty())
            content.toolArguments = event.arguments;
        content.toolFailed = event.exitCode.value_or(0) != 0 || event.success == false || event.failed;
    } else {
        addEvent(event, content);
    }
    // The event was read and is void now; its members are visited again.
    JsonParser again;
    addAttributes(again.parseCopy(event.raw), content);
}

void addCodexCall(std::string_view item, SpanContent& content)
{
    JsonParser parser;
    const CodexEvent event = readCodexEvent(parser.parseCopy(item));
    content.toolArguments = event.arguments;
}

} // namespace arcscope
