// NumberedMessage: one message out of attributes that are named by its number: gen_ai.prompt.0.role, and
// llm.input_messages.0.message.tool_calls.1.tool_call.function.name.
#pragma once

#include "content.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class NumberedMessage
{
public:
    explicit NumberedMessage(Role assumed);

    /// `key` is what stands behind the number.
    void take(std::string_view key, const std::string& value, std::vector<std::string>& notes);
    Message finish();

private:
    void takeCall(std::string_view key, const std::string& value);
    void takeContent(std::string_view key, const std::string& value);

    Message m_message;
    std::vector<Part> m_text;
    std::map<std::uint32_t, Part> m_contents;
    std::map<std::uint32_t, Part> m_calls;
    std::string m_callId;
};

} // namespace arcscope
