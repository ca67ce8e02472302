// What is recorded of a call by the Model Context Protocol: attributes of its span, and notifications about it.
#pragma once

#include "times.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

struct SpanContent;

enum class McpOutcome : std::uint8_t {
    Ok,
    ToolError,         ///< a result with isError
    RpcError,          ///< an error of JSON-RPC in place of a result
    Timeout,           ///< the client gave up waiting: the server may still have answered
    CancelledByClient, ///< notifications/cancelled names it
    Closed,            ///< the connection was closed before an answer came
    Unanswered,        ///< no answer and no end is recorded
};

struct McpFacts {
    McpOutcome outcome = McpOutcome::Unanswered;
    std::string method;    ///< "tools/call"; each text is empty where it is not recorded
    std::string session;   ///< Mcp-Session-Id
    std::string server;    ///< its name, else its address, else what the name of the tool says ("mcp__SERVER__tool")
    std::string request;   ///< id of the JSON-RPC request
    std::string transport; ///< network.transport: "pipe" is stdio
    std::int64_t progress = 0;  ///< notifications/progress that are recorded
    Nanos cancelledAt = noTime; ///< when notifications/cancelled was sent
    std::string cancelReason;

    bool operator==(const McpFacts&) const = default;
};

/// Nothing where neither the attributes nor the name of the tool speak of MCP. `ended`: its span has an end; `failed`:
/// its status or its result says so.
std::optional<McpFacts> mcpFactsOf(const SpanContent& content, std::string_view tool, bool ended, bool failed);

/// A notification recorded as a span of its own.
struct McpNotification {
    bool cancelled = false; ///< else progress
    std::string session;
    std::string request; ///< the request that it names; empty: not recorded
    Nanos time = noTime;
    std::string reason;
};
std::optional<McpNotification> mcpNotificationOf(const SpanContent& content, Nanos time);

/// Adds what a notification says of the call.
void apply(const McpNotification& notification, McpFacts& facts);

std::string_view name(McpOutcome outcome); ///< "ok", "tool_error", "rpc_error", "timeout", …

} // namespace arcscope
