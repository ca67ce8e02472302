#include "managedevent.h"

namespace arcscope
{
namespace
{

void readAgent(const JsonValue& agent, ManagedEvent& event)
{
    agent.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "name")
            event.agent = member.text();
        else if (key == "system")
            event.system = member.text();
        else if (key == "model") {
            event.model = member.text();
            member.eachMember([&](std::string_view name, const JsonValue& value) {
                if (name == "id")
                    event.model = value.text();
            });
        }
    });
}

} // namespace

ManagedEvent readManaged(const JsonValue& value)
{
    ManagedEvent event;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "type")
            event.type = member.text();
        else if (key == "id")
            event.id = member.text();
        else if (key == "processed_at")
            event.time = member.text();
        else if (key == "created_at")
            event.created = member.text();
        else if (key == "name")
            event.name = member.text();
        else if (key == "input")
            event.input = member.raw();
        else if (key == "content" && member.recorded())
            event.content = member.raw();
        else if (key == "tool_use_id" || key == "custom_tool_use_id" || key == "mcp_tool_use_id")
            event.callId = member.text();
        else if (key == "model_request_start_id")
            event.started = member.text();
        else if (key == "model_usage" && member.isObject())
            event.usage = member.raw();
        else if (key == "evaluated_permission")
            event.permission = member.text();
        else if (key == "result")
            event.result = member.text();
        else if (key == "is_error")
            event.failed = member.boolean().value_or(false);
        else if (key == "agent_name")
            event.agent = member.text();
        else if (key == "agent")
            readAgent(member, event);
        else if (key == "stop_reason")
            member.eachMember([&](std::string_view name, const JsonValue& inner) {
                if (name == "type")
                    event.stop = inner.text();
            });
        else if (key == "error")
            member.eachMember([&](std::string_view name, const JsonValue& inner) {
                if (name == "type")
                    event.errorType = inner.text();
                else if (name == "message")
                    event.error = inner.text();
            });
    });
    return event;
}

bool asksTool(std::string_view type)
{
    return type.starts_with("agent.") && type.ends_with("tool_use");
}

} // namespace arcscope
