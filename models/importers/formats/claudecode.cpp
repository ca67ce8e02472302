#include "claudesession.h"
#include "messagejson.h"
#include "probe.h"
#include "usagejson.h"

namespace arcscope
{
namespace
{

int sniffClaudeCode(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (value.has("sessionId") && value.has("uuid") && value.has("parentUuid") && value.hasString("type"))
            return 95;
        if (value.text("type") == "summary" && value.has("leafUuid"))
            return 90;
        if (value.text("type") == "file-history-snapshot" && value.has("snapshot"))
            return 90;
    }
    return 0;
}

Result<void> readClaudeCode(ReadJob& job)
{
    ClaudeSession session(job.sink);
    const auto done = readRecords(job, SplitPaths(), [&](const JsonValue& value, const SplitEvent& event) {
        session.take(value, static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
    });
    session.finish();
    return done;
}

/// What the records say beside their messages, and what a call of a tool was given.
std::string addAttributes(std::string_view record, SpanContent& content)
{
    std::string callId;
    bool first = true;
    eachValue(record, [&](const JsonValue& value) {
        bool call = false;
        bool withdrawn = false;
        std::vector<Attribute> attributes;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "type" && member.text() == "tool_use")
                call = true;
            else if (key == "type" && member.text() == "withdrawn")
                withdrawn = true;
            else if (withdrawn)
                addAttribute(content.attributes, "arcscope.withdrawn." + std::string(key), member);
            else if (key == "id" && call)
                callId = member.text();
            else if (key == "input" && call)
                content.toolArguments = member.raw();
            else if (key == "toolUseResult")
                attributes.push_back({"toolUseResult", std::string(member.raw()), AttributeType::Json});
            else if (key != "message" && first)
                addAttribute(attributes, key, member);
        });
        if (call || withdrawn)
            return;
        first = false;
        content.attributes.insert(content.attributes.end(), attributes.begin(), attributes.end());
    });
    return callId;
}

void addOutput(const ClaudeLine& line, SpanContent& content)
{
    if (content.output.empty()) {
        content.output.emplace_back();
        content.output.back().role = Role::Assistant;
        content.output.back().roleText = "assistant";
    }
    appendParts(line.messageContent, content.output.back().parts, content.notes);
    if (!line.stopReason.empty())
        content.output.back().stopReason = line.stopReason;
    if (const auto usage = readUsage(line.usage))
        content.usage = usage->raw;
}

/// The result of the call, or what the user wrote.
void addUserLine(const ClaudeLine& line, std::string_view callId, SpanContent& content)
{
    bool result = false;
    for (const ClaudeBlock& block : line.blocks) {
        if (block.type != "tool_result" || (!callId.empty() && block.resultFor != callId))
            continue;
        result = true;
        content.toolResult = block.result.starts_with('"') ? block.text : block.result;
        content.toolFailed = block.failed;
        if (block.failed)
            content.statusMessage = block.text;
    }
    if (result)
        return;
    Message& message = content.input.emplace_back();
    message.role = Role::User;
    message.roleText = "user";
    appendParts(line.messageContent, message.parts, content.notes);
}

} // namespace

SpanContent decodeClaudeCode(std::string_view record, std::string_view)
{
    SpanContent content;
    const std::string callId = addAttributes(record, content);
    eachValue(record, [&](const JsonValue& value) {
        const ClaudeLine line = readClaudeLine(value);
        if (line.type == "assistant")
            addOutput(line, content);
        else if (line.type == "user")
            addUserLine(line, callId, content);
        else if (line.type == "system")
            content.statusMessage = line.content;
        else if (line.type == "withdrawn")
            content.notes.emplace_back("this answer, or a part of it, was taken back");
        else if (!line.event.empty()) {
            content.notes.emplace_back("the text is in the stream's events");
            content.output.emplace_back().role = Role::Assistant;
            content.output.back().roleText = "assistant";
        }
    });
    return content;
}

ImportFormat claudeCode()
{
    return {"claude-code", "Claude Code session", sniffClaudeCode, readClaudeCode, decodeClaudeCode};
}

} // namespace arcscope
