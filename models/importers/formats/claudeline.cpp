#include "claudeline.h"

namespace arcscope
{
namespace
{

ClaudeBlock readBlock(const JsonValue& value)
{
    ClaudeBlock block;
    block.raw = value.raw();
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "type")
            block.type = member.text();
        else if (key == "id")
            block.id = member.text();
        else if (key == "name")
            block.name = member.text();
        else if (key == "text" || key == "thinking")
            block.text = member.text();
        else if (key == "tool_use_id")
            block.resultFor = member.text();
        else if (key == "is_error")
            block.failed = member.boolean().value_or(false);
        else if (key == "input") {
            block.input = member.raw();
            member.eachMember([&](std::string_view name, const JsonValue& argument) {
                if (name == "prompt")
                    block.prompt = argument.text();
                else if (name == "subagent_type")
                    block.agentType = argument.text();
            });
        } else if (key == "content") {
            block.result = member.raw();
            block.text = member.text();
            member.eachElement([&](const JsonValue& part) {
                part.eachMember([&](std::string_view name, const JsonValue& text) {
                    if (name == "text" && block.text.empty())
                        block.text = text.text();
                });
            });
        }
    });
    return block;
}

void readMessage(const JsonValue& message, ClaudeLine& line)
{
    line.hasMessage = message.isObject();
    message.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "id")
            line.messageId = member.text();
        else if (key == "model")
            line.model = member.text();
        else if (key == "stop_reason")
            line.stopReason = member.text();
        else if (key == "usage" && member.isObject())
            line.usage = member.raw();
        else if (key == "content") {
            line.messageContent = member.raw();
            line.messageText = member.text();
            member.eachElement([&](const JsonValue& block) { line.blocks.push_back(readBlock(block)); });
        }
    });
}

void readProgress(const JsonValue& data, ClaudeLine& line)
{
    data.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "type")
            line.dataType = member.text();
        else if (key == "agentId")
            line.dataAgent = member.text();
        else if (key == "message") {
            member.eachMember([&](std::string_view name, const JsonValue& value) {
                if (name == "timestamp")
                    line.dataTimestamp = value.text();
            });
        }
    });
}

void readToolResult(const JsonValue& result, ClaudeLine& line)
{
    line.toolResult = result.raw();
    result.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "agentId")
            line.resultAgent = member.text();
        else if (key == "exitCode")
            line.exitCode = member.integer().value_or(-1);
        else if (key == "interrupted")
            line.interrupted = member.boolean().value_or(false);
        else if (key == "task") {
            member.eachMember([&](std::string_view name, const JsonValue& value) {
                if (name == "exitCode")
                    line.exitCode = value.integer().value_or(-1);
            });
        }
    });
}

/// A uuid, or a list of them.
void readUuids(const JsonValue& value, std::vector<std::string_view>& uuids)
{
    if (value.isString())
        uuids.push_back(value.text());
    value.eachElement([&](const JsonValue& uuid) {
        if (uuid.isString())
            uuids.push_back(uuid.text());
    });
}

} // namespace

ClaudeLine readClaudeLine(const JsonValue& record)
{
    ClaudeLine line;
    record.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "type")
            line.type = member.text();
        else if (key == "subtype")
            line.subtype = member.text();
        else if (key == "operation")
            line.operation = member.text();
        else if (key == "uuid")
            line.uuid = member.text();
        else if (key == "parentUuid")
            line.parent = member.text();
        else if (key == "sessionId" || (key == "session_id" && line.session.empty()))
            line.session = member.text();
        else if (key == "parent_tool_use_id")
            line.spawnedBy = member.text();
        else if (key == "event" && member.isObject())
            line.event = member.raw();
        else if (key == "ttft_ms")
            line.toFirstToken = member.integer().value_or(-1);
        else if (key == "terminal_reason")
            line.ended = member.text();
        else if (key == "supersedes")
            readUuids(member, line.supersedes);
        else if (key == "retracted_message_uuids" || key == "retractedMessageUuids")
            readUuids(member, line.retracted);
        else if (key == "agentId")
            line.agent = member.text();
        else if (key == "timestamp")
            line.timestamp = member.text();
        else if (key == "content")
            line.content = member.text();
        else if (key == "isSidechain")
            line.sidechain = member.boolean().value_or(false);
        else if (key == "isMeta")
            line.meta = member.boolean().value_or(false);
        else if (key == "isApiErrorMessage")
            line.apiError = member.boolean().value_or(false);
        else if (key == "isCompactSummary")
            line.compactSummary = member.boolean().value_or(false);
        else if (key == "data")
            readProgress(member, line);
        else if (key == "parentToolUseID")
            line.parentToolUse = member.text();
        else if (key == "message")
            readMessage(member, line);
        else if (key == "toolUseResult")
            readToolResult(member, line);
    });
    return line;
}

} // namespace arcscope
