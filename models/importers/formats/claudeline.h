// One record of a Claude Code session, as far as the reader and the decoder of sessions look into it.
#pragma once

#include "jsonvalue.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace arcscope
{

/// One block of a message's content. Views live as long as the parsed record.
struct ClaudeBlock {
    std::string_view raw;
    std::string_view type;
    std::string_view id;    ///< of a call
    std::string_view name;  ///< of a call
    std::string_view input; ///< of a call, JSON
    std::string_view prompt;
    std::string_view agentType;
    std::string_view text;      ///< of text, and the first text of a result
    std::string_view resultFor; ///< tool_use_id of a result
    std::string_view result;    ///< content of a result, JSON
    bool failed = false;
};

/// Fields that the record does not have are empty.
struct ClaudeLine {
    std::string_view type;
    std::string_view subtype;
    std::string_view operation;
    std::string_view uuid;
    std::string_view parent;
    std::string_view session;
    std::string_view agent;
    std::string_view timestamp;
    std::string_view content; ///< of a system record
    bool sidechain = false;
    bool meta = false;
    bool apiError = false;
    bool compactSummary = false;

    // progress
    std::string_view dataType;
    std::string_view dataAgent;
    std::string_view dataTimestamp;
    std::string_view parentToolUse;

    // a stream
    std::string_view spawnedBy;               ///< the call whose sub-agent says this
    std::string_view event;                   ///< of the model's stream, JSON
    std::string_view ended;                   ///< why the program ended
    std::int64_t toFirstToken = -1;           ///< milliseconds
    std::vector<std::string_view> supersedes; ///< uuids of lines whose message this one replaces
    std::vector<std::string_view> retracted;  ///< uuids of lines that are void

    // message
    bool hasMessage = false;
    std::string_view messageId;
    std::string_view model;
    std::string_view stopReason;
    std::string_view usage;          ///< JSON
    std::string_view messageContent; ///< JSON
    std::string_view messageText;    ///< content that is one string
    std::vector<ClaudeBlock> blocks;

    // toolUseResult
    std::string_view toolResult; ///< JSON
    std::string_view resultAgent;
    std::int64_t exitCode = -1;
    bool interrupted = false;
};

ClaudeLine readClaudeLine(const JsonValue& record);

} // namespace arcscope
