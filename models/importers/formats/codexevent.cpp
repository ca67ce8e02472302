#include "codexevent.h"

#include "jsontext.h"

#include <array>
#include <utility>

namespace arcscope
{
namespace
{

/// Members that are taken as their text.
constexpr auto texts = std::to_array<std::pair<std::string_view, std::string_view CodexEvent::*>>({
    {"type", &CodexEvent::type},
    {"role", &CodexEvent::role},
    {"call_id", &CodexEvent::callId},
    {"turn_id", &CodexEvent::turn},
    {"name", &CodexEvent::name},
    {"arguments", &CodexEvent::arguments},
    {"input", &CodexEvent::arguments},
    {"message", &CodexEvent::text},
    {"text", &CodexEvent::text},
    {"delta", &CodexEvent::text},
    {"last_agent_message", &CodexEvent::lastMessage},
    {"status", &CodexEvent::status},
    {"source", &CodexEvent::source},
    {"reason", &CodexEvent::reason},
    {"model", &CodexEvent::model},
    {"model_provider", &CodexEvent::provider},
    {"chunk", &CodexEvent::chunk},
    {"stream", &CodexEvent::stream},
});

Nanos fromMilliseconds(const JsonValue& value)
{
    constexpr std::int64_t most = std::int64_t(1'000'000'000) * 1'000;
    const auto ms = value.integer();
    return ms && *ms >= 0 && *ms < most ? *ms * millisecond : noTime;
}

Nanos readDuration(const JsonValue& value)
{
    std::int64_t seconds = -1;
    std::int64_t rest = 0;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "secs")
            seconds = member.integer().value_or(-1);
        else if (key == "nanos")
            rest = member.integer().value_or(-1);
    });
    if (seconds < 0 || seconds > 1'000'000'000 || rest < 0 || rest >= second)
        return noTime;
    return seconds * second + rest;
}

void readTexts(const JsonValue& list, CodexEvent& event)
{
    list.eachElement([&](const JsonValue& part) {
        part.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key != "text" || !member.isString())
                return;
            if (event.contentTexts == 0)
                event.contentText = member.text();
            ++event.contentTexts;
        });
    });
}

void readCounts(const JsonValue& info, CodexEvent& event)
{
    info.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "last_token_usage" && member.isObject())
            event.usage = member.raw();
        else if (key == "total_token_usage" && member.isObject())
            event.total = member.raw();
    });
}

void readInvocation(const JsonValue& invocation, CodexEvent& event)
{
    invocation.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "server")
            event.server = member.text();
        else if (key == "tool")
            event.name = member.text();
        else if (key == "arguments")
            event.arguments = member.raw();
    });
}

void readResult(const JsonValue& result, CodexEvent& event)
{
    event.output = result.raw();
    result.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "Err")
            event.failed = true;
        member.eachMember([&](std::string_view name, const JsonValue& value) {
            if (name == "isError" || name == "is_error")
                event.failed = event.failed || value.boolean().value_or(false);
        });
    });
}

void readMember(std::string_view key, const JsonValue& member, CodexEvent& event)
{
    if (key == "id" && member.isString()) {
        event.session = member.text(); // comes before session_id, which a thread may share with others
        event.hasId = true;
    } else if (key == "content" || key == "summary") {
        if (member.isArray() && (event.content.empty() || event.contentTexts == 0)) {
            event.content = member.raw();
            readTexts(member, event);
        }
    } else if (key == "session_id" && !event.hasId) {
        event.session = member.text();
    } else if (key == "output") {
        event.output = member.isString() ? member.text() : member.raw();
        member.eachMember([&](std::string_view name, const JsonValue& value) {
            if (name == "success")
                event.success = value.boolean();
        });
    } else if (key == "exit_code") {
        event.exitCode = member.integer();
    } else if (key == "num_turns") {
        event.turns = member.integer().value_or(0);
    } else if (key == "success") {
        event.success = member.boolean();
    } else if (key == "duration") {
        event.duration = readDuration(member);
    } else if (key == "time_to_first_token_ms") {
        event.toFirstToken = fromMilliseconds(member);
    } else if (key == "info") {
        readCounts(member, event);
    } else if (key == "invocation") {
        readInvocation(member, event);
    } else if (key == "result") {
        readResult(member, event);
    } else if (key == "action" || (key == "command" && member.isArray())) {
        event.arguments = member.raw();
    } else if (key == "changes" && event.arguments.empty()) {
        event.arguments = member.raw();
    } else if (key == "encrypted_content") {
        event.encryptedSize = static_cast<std::int64_t>(member.content().size());
    } else if (key == "base_instructions") {
        event.instructions = member.text();
        member.eachMember([&](std::string_view name, const JsonValue& value) {
            if (name == "text")
                event.instructions = value.text();
        });
    } else if (key == "instructions" && event.instructions.empty()) {
        event.instructions = member.text();
    } else if (key == "codex_error_info") {
        event.codexError = member.isString() ? member.text() : std::string_view();
    }
}

void readMemberOf(std::string_view key, const JsonValue& member, CodexEvent& event)
{
    for (const auto& [name, into] : texts) {
        if (key == name && member.isString()) {
            event.*into = member.text();
            return;
        }
    }
    readMember(key, member, event);
}

/// The number behind these words where the text has them.
std::optional<std::int64_t> numberBehind(std::string_view text, std::string_view words)
{
    const std::size_t at = text.find(words);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = text.substr(at + words.size());
    return readInteger(rest.substr(0, rest.find_first_not_of("-0123456789")));
}

} // namespace

CodexEvent readCodexEvent(const JsonValue& value)
{
    CodexEvent event;
    event.raw = value.raw();
    value.eachMember([&](std::string_view key, const JsonValue& member) { readMemberOf(key, member, event); });
    return event;
}

bool isBareItem(std::string_view type)
{
    return type == "message" || type == "reasoning" || type.ends_with("_call") || type.ends_with("_call_output");
}

CodexLine readCodexLine(const JsonValue& value)
{
    CodexLine line;
    bool isState = false;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "timestamp")
            line.timestamp = member.text();
        else if (key == "type")
            line.type = member.text();
        else if (key == "record_type")
            isState = member.text() == "state";
        else if (key == "payload" && member.isObject()) {
            line.hasPayload = true;
            line.event = readCodexEvent(member);
        } else if (!line.hasPayload) {
            readMemberOf(key, member, line.event);
        }
    });
    if (line.hasPayload)
        return line;
    const bool isHeader = line.type.empty() && !line.event.session.empty() && !line.timestamp.empty();
    line.bare = isState || isHeader || isBareItem(line.type);
    if (line.bare) {
        line.hasPayload = true;
        line.event.raw = value.raw();
        line.event.type = line.type;
        line.type = isState ? "state" : isHeader ? "session_meta" : "response_item";
    }
    return line;
}

std::optional<std::int64_t> exitCodeIn(std::string_view output, bool& stated)
{
    stated = false;
    if (output.starts_with('{')) {
        std::optional<std::int64_t> code;
        JsonParser parser;
        parser.parseCopy(output).eachMember([&](std::string_view key, const JsonValue& member) {
            if (key != "metadata")
                return;
            member.eachMember([&](std::string_view name, const JsonValue& value) {
                if (name == "exit_code")
                    code = value.integer();
            });
        });
        stated = code.has_value();
        return code;
    }
    const std::size_t body = output.find("\nOutput:");
    if (body == std::string_view::npos)
        return std::nullopt;
    const std::string_view head = output.substr(0, body);
    const auto code = numberBehind(head, "Process exited with code ");
    return code ? code : numberBehind(head, "Exit code: ");
}

} // namespace arcscope
