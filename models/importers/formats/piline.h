// One record of a pi session, as far as the reader and the decoder look into it.
#pragma once

#include "jsonvalue.h"
#include "times.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace arcscope
{

/// One block of a message. Views live as long as the parsed record.
struct PiBlock {
    std::string_view raw;
    std::string_view type;
    std::string_view text; ///< also of thinking
    std::string_view id;   ///< of a call
    std::string_view name;
    std::string_view arguments;           ///< JSON
    std::optional<std::string_view> part; ///< of arguments whose end never came
};

/// Fields that the record does not have are empty.
struct PiLine {
    std::string_view type;
    std::string_view id;
    std::string_view timestamp;
    std::string_view provider;
    std::string_view model;
    std::string_view summary;

    // message
    bool hasMessage = false;
    std::string_view role;
    std::string_view content; ///< JSON
    std::string_view usage;   ///< JSON
    std::string_view stopReason;
    std::string_view error;
    std::string_view callId;
    std::string_view toolName;
    std::string_view command;
    std::string_view output;
    Nanos time = noTime; ///< when the message began: sent to the model, typed, or the end of a tool
    std::optional<std::int64_t> exitCode;
    bool failed = false;
    bool cancelled = false;
    std::vector<PiBlock> blocks;
};

PiLine readPiLine(const JsonValue& record);

} // namespace arcscope
