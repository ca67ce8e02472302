#include "piline.h"

namespace arcscope
{
namespace
{

PiBlock readBlock(const JsonValue& value)
{
    PiBlock block;
    block.raw = value.raw();
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "type")
            block.type = member.text();
        else if (key == "text" || key == "thinking")
            block.text = member.text();
        else if (key == "id")
            block.id = member.text();
        else if (key == "name")
            block.name = member.text();
        else if (key == "arguments")
            block.arguments = member.raw();
        else if (key == "partialJson" && member.isString())
            block.part = member.text();
    });
    return block;
}

Nanos fromMilliseconds(const JsonValue& value)
{
    constexpr std::int64_t most = std::int64_t(5'000'000'000) * 1'000; // the year 2128
    const auto ms = value.integer();
    return ms && *ms > 0 && *ms < most ? *ms * millisecond : noTime;
}

void readMessage(const JsonValue& message, PiLine& line)
{
    line.hasMessage = message.isObject();
    message.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "role")
            line.role = member.text();
        else if (key == "content") {
            line.content = member.raw();
            member.eachElement([&](const JsonValue& block) { line.blocks.push_back(readBlock(block)); });
        } else if (key == "provider")
            line.provider = member.text();
        else if (key == "model")
            line.model = member.text();
        else if (key == "usage" && member.isObject())
            line.usage = member.raw();
        else if (key == "stopReason")
            line.stopReason = member.text();
        else if (key == "errorMessage")
            line.error = member.text();
        else if (key == "timestamp")
            line.time = fromMilliseconds(member);
        else if (key == "toolCallId")
            line.callId = member.text();
        else if (key == "toolName")
            line.toolName = member.text();
        else if (key == "isError")
            line.failed = member.boolean().value_or(false);
        else if (key == "command")
            line.command = member.text();
        else if (key == "output")
            line.output = member.text();
        else if (key == "exitCode")
            line.exitCode = member.integer();
        else if (key == "cancelled")
            line.cancelled = member.boolean().value_or(false);
    });
}

} // namespace

PiLine readPiLine(const JsonValue& record)
{
    PiLine line;
    record.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "type")
            line.type = member.text();
        else if (key == "id")
            line.id = member.text();
        else if (key == "timestamp")
            line.timestamp = member.text();
        else if (key == "provider")
            line.provider = member.text();
        else if (key == "modelId")
            line.model = member.text();
        else if (key == "summary")
            line.summary = member.text();
        else if (key == "message")
            readMessage(member, line);
    });
    return line;
}

} // namespace arcscope
