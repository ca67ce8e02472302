#include "inspectcontent.h"

#include "inspectreferences.h"
#include "messagejson.h"
#include "recordreading.h"
#include "usagejson.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

std::string plain(const JsonValue& value)
{
    return std::string(value.isString() ? value.text() : value.raw());
}

/// Content of a result: text, or parts of a message.
std::string joinedParts(const JsonValue& value, std::vector<std::string>& notes)
{
    if (!value.isArray())
        return value.recorded() ? plain(value) : std::string();
    std::vector<Part> parts;
    appendParts(value.raw(), parts, notes);
    std::string text;
    for (const Part& part : parts)
        text.append(text.empty() ? "" : "\n").append(part.text.empty() ? part.media : part.text);
    return text;
}

std::string messageOf(const JsonValue& error)
{
    if (!error.isObject())
        return error.recorded() ? plain(error) : std::string();
    std::string type;
    std::string message;
    error.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "message")
            message = plain(value);
        else if (key == "type")
            type = plain(value);
    });
    return type.empty() ? message : message.empty() ? type : type + ": " + message;
}

void addOutput(const JsonValue& output, SpanContent& content)
{
    output.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "choices") {
            value.eachElement([&](const JsonValue& choice) {
                std::string stop;
                const std::size_t before = content.output.size();
                choice.eachMember([&](std::string_view name, const JsonValue& member) {
                    if (name == "message")
                        appendMessages(member.raw(), Role::Assistant, content.output, content.notes);
                    else if (name == "stop_reason")
                        stop = member.text();
                    else
                        addAttribute(content.attributes, "output.choices." + std::string(name), member);
                });
                if (content.output.size() > before)
                    content.output.back().stopReason = stop;
            });
        } else if (key == "usage") {
            if (const auto usage = readUsage(value.raw()))
                content.usage = usage->raw;
            addAttribute(content.attributes, "output.usage", value);
        } else if (key != "completion") { // the text of the first choice again
            addAttribute(content.attributes, "output." + std::string(key), value);
        }
    });
}

void addModel(const JsonValue& event, std::string_view pooled, SpanContent& content)
{
    if (!pooled.empty())
        appendMessages(pooled, Role::User, content.input, content.notes);
    event.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "input" && value.isArray())
            appendMessages(value.raw(), Role::User, content.input, content.notes);
        else if (key == "output" && value.isObject())
            addOutput(value, content);
        else if (key == "error")
            content.statusMessage = messageOf(value);
        else
            addAttribute(content.attributes, key, value);
    });
}

void addTool(const JsonValue& event, SpanContent& content)
{
    event.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "arguments")
            content.toolArguments = plain(value);
        else if (key == "result" || key == "content")
            content.toolResult = joinedParts(value, content.notes);
        else if (key == "error" && value.recorded()) {
            content.toolFailed = true;
            content.statusMessage = messageOf(value);
        } else if (key != "events") { // spans of their own
            addAttribute(content.attributes, key, value);
        }
    });
}

/// The conversation of a sample is told by its calls; here are its first input and its last output.
void addSample(const JsonValue& sample, SpanContent& content)
{
    sample.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "error") { // read apart: members are visited once
            JsonParser parser;
            content.statusMessage = messageOf(parser.parseCopy(value.raw()));
        }
        if (value.recorded())
            addAttribute(content.attributes, key, value);
    });
}

/// The record of a span that has an end is two events.
void addEnd(const JsonValue& event, SpanContent& content)
{
    event.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "timestamp" || key == "working_start")
            addAttribute(content.attributes, "end." + std::string(key), value);
    });
}

} // namespace

SpanContent inspectContent(std::string_view record, std::string_view)
{
    SpanContent content;
    std::string pooled;
    const std::string first = resolvedRecord(record, pooled);
    JsonParser parser;
    const InspectEvent event = readInspectEvent(parser.parseCopy(first));
    const JsonValue value = parser.parseCopy(first);
    if (event.event == "model") {
        addModel(value, pooled, content);
    } else if (event.event == "tool" || (event.event.empty() && event.role == "tool")) {
        addTool(value, content);
    } else if (event.event.empty() && event.role == "assistant") {
        appendMessages(first, Role::Assistant, content.output, content.notes);
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key != "content" && key != "tool_calls" && key != "role")
                addAttribute(content.attributes, key, member);
        });
    } else if (event.event.empty() && !event.role.empty()) {
        appendMessages(first, Role::User, content.input, content.notes);
    } else {
        addSample(value, content);
    }
    if (event.event == "span_begin" || event.event == "step") {
        bool isFirst = true;
        eachValue(record, [&](const JsonValue& end) {
            if (!std::exchange(isFirst, false))
                addEnd(end, content);
        });
    }
    return content;
}

} // namespace arcscope
