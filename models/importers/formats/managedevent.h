// One event of a session of Claude managed agents, as far as the reader and the decoder look into it.
#pragma once

#include "jsonvalue.h"

#include <string_view>

namespace arcscope
{

/// An event of a session, or the session itself as it was made. Views live as long as the parsed record.
struct ManagedEvent {
    std::string_view type;
    std::string_view id;
    std::string_view time;
    std::string_view created;
    std::string_view name;       ///< of a tool
    std::string_view input;      ///< JSON, of a tool
    std::string_view content;    ///< JSON
    std::string_view callId;     ///< that a result or confirmation is for
    std::string_view started;    ///< id of the event with which a model call began
    std::string_view usage;      ///< JSON
    std::string_view permission; ///< of a tool
    std::string_view result;     ///< of a confirmation
    std::string_view stop;
    std::string_view error;
    std::string_view errorType;
    std::string_view agent;
    std::string_view model;
    std::string_view system;
    bool failed = false;
};

ManagedEvent readManaged(const JsonValue& value);

/// Whether the agent asks for a tool: its own, the client's, or one of an MCP server.
bool asksTool(std::string_view type);

} // namespace arcscope
