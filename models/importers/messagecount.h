// Counts the messages and tool calls in a JSON text without unescaping or parsing it: for importing, where nothing else
// of the content is looked at.
#pragma once

#include <cstdint>
#include <string_view>

namespace arcscope
{

struct MessageCount {
    std::int64_t messages = 0;
    std::int64_t calls = 0;      ///< tool calls that the messages ask for
    std::int64_t elements = 0;   ///< of the list, whatever they are
    bool named = false;          ///< they have roles: messages, and not any other JSON
    std::string_view stopReason; ///< of the last message that has one, escapes as written
};

/// `text` is JSON, or plain text, which is one message. `isEscaped`: it is the content of a JSON string that holds such
/// text. Counts what appendMessages() would give for the usual shapes.
MessageCount countMessages(std::string_view text, bool isEscaped);

} // namespace arcscope
