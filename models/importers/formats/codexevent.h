// One record of Codex, of a rollout file or of the log of its window, as far as readers and decoders look into it.
#pragma once

#include "jsonvalue.h"
#include "times.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// What a response item or an event says. What it does not have is empty; views live as long as the parsed record.
struct CodexEvent {
    std::string_view raw;
    std::string_view type;
    std::string_view role;
    std::string_view callId;
    std::string_view turn;
    std::string_view session;
    std::string_view name;   ///< of a tool
    std::string_view server; ///< of an MCP tool
    std::string_view arguments;
    std::string_view text;        ///< of a message, a delta, or a prompt
    std::string_view content;     ///< JSON of a message's content
    std::string_view contentText; ///< first text in it, or in a summary
    std::string_view output;      ///< JSON or text of a result
    std::string_view instructions;
    std::string_view lastMessage; ///< of a turn
    std::string_view status;
    std::string_view source; ///< of a command: who started it
    std::string_view reason; ///< of an abort
    std::string_view model;
    std::string_view provider;
    std::string_view chunk;  ///< base64
    std::string_view stream; ///< of a chunk
    std::string_view usage;  ///< JSON of the counts of one call
    std::string_view total;  ///< JSON of the counts of the session so far
    std::string_view codexError;
    std::optional<std::int64_t> exitCode;
    std::optional<bool> success;
    std::int64_t turns = 0; ///< that a rollback takes back
    bool hasId = false;
    bool failed = false;            ///< the result of an MCP tool is an error
    Nanos duration = noTime;        ///< of a command or tool
    Nanos toFirstToken = noTime;    ///< of a turn, from its start
    std::int64_t contentTexts = 0;  ///< texts in the content or summary
    std::int64_t encryptedSize = 0; ///< characters of reasoning that cannot be read
};

CodexEvent readCodexEvent(const JsonValue& value);

/// A line of a rollout: {timestamp, type, payload}. Until September 2025 lines were what is the payload now, without a
/// time: first that of a session_meta, which has a time of its own, then response items and {"record_type": "state"}.
struct CodexLine {
    std::string_view timestamp;
    std::string_view type;
    bool hasPayload = false;
    bool bare = false; ///< the line itself stands for the payload
    CodexEvent event;  ///< the payload
};

/// Whether a line without a payload is one of those, by its own type.
bool isBareItem(std::string_view type);

CodexLine readCodexLine(const JsonValue& value);

/// What the output of a command says of its exit: JSON with metadata.exit_code, or the head of a text before its
/// output. `stated`: it is a field, and not a text for the model.
std::optional<std::int64_t> exitCodeIn(std::string_view output, bool& stated);

} // namespace arcscope
