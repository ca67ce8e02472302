#include "mcpfacts.h"

#include "content.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

namespace arcscope
{
namespace
{

std::string_view valueOf(const std::vector<Attribute>& attributes, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        const auto found = std::find_if(attributes.begin(), attributes.end(),
                                        [&](const Attribute& attribute) { return attribute.key == key; });
        if (found != attributes.end() && !found->value.empty())
            return found->value;
    }
    return {};
}

bool speaksOfMcp(const std::vector<Attribute>& attributes)
{
    return std::any_of(attributes.begin(), attributes.end(), [](const Attribute& attribute) {
        return attribute.key.starts_with("mcp.") || attribute.key == "jsonrpc.request.id";
    });
}

/// "mcp__SERVER__tool"
std::string_view serverIn(std::string_view tool)
{
    constexpr std::string_view prefix = "mcp__";
    if (!tool.starts_with(prefix))
        return {};
    tool.remove_prefix(prefix.size());
    const std::size_t end = tool.find("__");
    return end == std::string_view::npos ? std::string_view() : tool.substr(0, end);
}

std::optional<int> codeOf(const SpanContent& content)
{
    for (const std::string_view text :
         {valueOf(content.attributes, {"rpc.response.status_code", "rpc.jsonrpc.error_code", "jsonrpc.error.code"}),
          valueOf(content.attributes, {"error.type"})}) {
        int code = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
        if (!text.empty() && error == std::errc() && end == text.data() + text.size() && code != 0)
            return code;
    }
    return std::nullopt;
}

McpOutcome outcomeOf(const SpanContent& content, bool ended, bool failed)
{
    constexpr int connectionClosed = -32000;
    constexpr int requestTimeout = -32001;
    const std::string_view error = valueOf(content.attributes, {"error.type"});
    if (const auto code = codeOf(content))
        return *code == requestTimeout     ? McpOutcome::Timeout
               : *code == connectionClosed ? McpOutcome::Closed
                                           : McpOutcome::RpcError;
    if (error == "tool_error")
        return McpOutcome::ToolError;
    if (error.find("imeout") != std::string_view::npos)
        return McpOutcome::Timeout;
    if (error.find("ancelled") != std::string_view::npos)
        return McpOutcome::CancelledByClient;
    if (error.find("onnectionClosed") != std::string_view::npos)
        return McpOutcome::Closed;
    if (failed || content.toolFailed)
        return McpOutcome::ToolError;
    return ended || !content.toolResult.empty() ? McpOutcome::Ok : McpOutcome::Unanswered;
}

bool isCancel(std::string_view word)
{
    return word == "notifications/cancelled";
}

bool isProgress(std::string_view word)
{
    return word == "notifications/progress";
}

std::string_view reasonIn(const std::vector<Attribute>& attributes)
{
    return valueOf(attributes, {"mcp.cancelled.reason", "mcp.cancel.reason", "reason", "params.reason"});
}

} // namespace

std::optional<McpFacts> mcpFactsOf(const SpanContent& content, std::string_view tool, bool ended, bool failed)
{
    const std::string_view named = serverIn(tool);
    if (named.empty() && !speaksOfMcp(content.attributes))
        return std::nullopt;
    McpFacts facts;
    facts.outcome = outcomeOf(content, ended, failed);
    facts.method = valueOf(content.attributes, {"mcp.method.name"});
    facts.session = valueOf(content.attributes, {"mcp.session.id"});
    facts.server = valueOf(content.attributes, {"mcp.server.name", "server.address"});
    if (facts.server.empty())
        facts.server = named;
    facts.request = valueOf(content.attributes, {"jsonrpc.request.id", "mcp.request.id"});
    facts.transport = valueOf(content.attributes, {"network.transport", "mcp.transport"});
    for (const SpanEvent& event : content.events) {
        const std::string_view method = valueOf(event.attributes, {"mcp.method.name"});
        const std::string_view word = method.empty() ? std::string_view(event.name) : method;
        if (isCancel(word) || isProgress(word))
            apply({isCancel(word), {}, {}, event.time, std::string(reasonIn(event.attributes))}, facts);
    }
    return facts;
}

std::optional<McpNotification> mcpNotificationOf(const SpanContent& content, Nanos time)
{
    const std::string_view method = valueOf(content.attributes, {"mcp.method.name"});
    if (!isCancel(method) && !isProgress(method))
        return std::nullopt;
    McpNotification notification;
    notification.cancelled = isCancel(method);
    notification.session = valueOf(content.attributes, {"mcp.session.id"});
    notification.request = valueOf(content.attributes, {"mcp.cancelled.request.id", "mcp.request.id", "requestId",
                                                        "params.requestId", "jsonrpc.request.id"});
    notification.time = time;
    notification.reason = reasonIn(content.attributes);
    return notification;
}

void apply(const McpNotification& notification, McpFacts& facts)
{
    if (!notification.cancelled) {
        ++facts.progress;
        return;
    }
    facts.outcome = McpOutcome::CancelledByClient;
    facts.cancelledAt = notification.time;
    facts.cancelReason = notification.reason;
}

std::string_view name(McpOutcome outcome)
{
    constexpr std::array<std::string_view, 7> names{
        "ok", "tool_error", "rpc_error", "timeout", "cancelled_by_client", "closed", "unanswered"};
    return names[static_cast<std::size_t>(outcome)];
}

} // namespace arcscope
