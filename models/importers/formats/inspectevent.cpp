#include "inspectevent.h"

namespace arcscope
{
namespace
{

std::int64_t count(const JsonValue& list)
{
    std::int64_t elements = 0;
    list.eachElement([&](const JsonValue&) { ++elements; });
    return elements;
}

void readOutput(const JsonValue& output, InspectEvent& event)
{
    output.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "model")
            event.modelServed = value.text();
        else if (key == "usage" && value.isObject())
            event.usage = value.raw();
        else if (key == "time" && value.type() == JsonType::Number)
            event.seconds = value.raw();
        else if (key == "error" && !value.text().empty())
            event.failed = true;
        else if (key == "choices")
            value.eachElement([&](const JsonValue& choice) {
                choice.eachMember([&](std::string_view name, const JsonValue& member) {
                    if (name == "stop_reason" && event.stopReason.empty())
                        event.stopReason = member.text();
                    else if (name == "message" && member.isObject()) {
                        ++event.outputs;
                        member.eachMember([&](std::string_view part, const JsonValue& inner) {
                            if (part == "tool_calls")
                                event.callsAsked += count(inner);
                        });
                    }
                });
            });
    });
}

/// An error is a text, or an object with its type and message.
void readError(const JsonValue& error, InspectEvent& event)
{
    if (!error.recorded())
        return;
    event.failed = true;
    error.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "type")
            event.errorType = value.text();
    });
}

void readCall(const JsonValue& call, InspectEvent& event)
{
    call.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "response")
            value.eachMember([&](std::string_view name, const JsonValue& member) {
                if (name == "id")
                    event.responseId = member.text();
            });
    });
}

} // namespace

std::vector<InspectRange> readRanges(const JsonValue& list)
{
    std::vector<InspectRange> ranges;
    list.eachElement([&](const JsonValue& pair) {
        std::vector<std::int64_t> ends;
        pair.eachElement([&](const JsonValue& end) { ends.push_back(end.integer().value_or(-1)); });
        if (ends.size() == 2 && ends[0] >= 0 && ends[1] >= ends[0])
            ranges.push_back({ends[0], ends[1]});
    });
    return ranges;
}

InspectEvent readInspectEvent(const JsonValue& value)
{
    InspectEvent event;
    const std::pair<std::string_view, std::string InspectEvent::*> texts[] = {
        {"event", &InspectEvent::event},         {"uuid", &InspectEvent::uuid},
        {"span_id", &InspectEvent::spanId},      {"id", &InspectEvent::id},
        {"tool_call_id", &InspectEvent::id},     {"parent_id", &InspectEvent::parentId},
        {"name", &InspectEvent::name},           {"function", &InspectEvent::name},
        {"scorer", &InspectEvent::name},         {"type", &InspectEvent::type},
        {"action", &InspectEvent::action},       {"timestamp", &InspectEvent::timestamp},
        {"completed", &InspectEvent::completed}, {"decision", &InspectEvent::decision},
        {"model", &InspectEvent::model},         {"role", &InspectEvent::role},
        {"cache", &InspectEvent::cache},         {"agent", &InspectEvent::agent},
    };
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        for (const auto& [name, text] : texts) {
            if (name == key && member.isString())
                event.*text = member.text();
        }
        if (key == "output" && member.isObject())
            readOutput(member, event);
        else if (key == "input" && member.isArray())
            event.inputs = count(member);
        else if (key == "input_refs")
            event.pooled = readRanges(member);
        else if (key == "error")
            readError(member, event);
        else if (key == "failed")
            event.failed = event.failed || member.boolean().value_or(false);
        else if (key == "pending")
            event.pending = member.boolean().value_or(false);
        else if (key == "call")
            readCall(member, event);
        else if (key == "events" && member.isArray())
            event.nested = member.raw();
        else if (key == "tool_calls") // of a message
            event.callsAsked += count(member);
    });
    return event;
}

} // namespace arcscope
