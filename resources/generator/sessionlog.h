// The log of a coding agent's session, one JSON object a line, in the form that Claude Code keeps it.
#pragma once

#include "sampletime.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace arcscope::samples
{

class SessionLog
{
public:
    using Json = nlohmann::ordered_json;

    struct Setup {
        std::string sessionId;
        std::string agentId; ///< empty: the main session
        std::string model;
        Time start = 0;
    };

    explicit SessionLog(Setup setup)
        : m_setup(std::move(setup))
        , m_now(m_setup.start)
    {
    }

    void snapshot();
    void user(const std::string& text);
    /// One API message: a line for each block, all with the same message id and the usage of that moment.
    void assistant(const std::vector<Json>& blocks, int newTokens);
    void toolResult(const std::string& toolUseId, const std::string& content, bool isError, const Json& toolUseResult);
    /// A line in the main session that says what a sub-agent just did.
    void agentProgress(const std::string& agentId, const std::string& toolUseId, const std::string& prompt,
                       const Json& message);
    void system(const std::string& subtype, const Json& fields);
    void wait(Time length) { m_now += length; }

    Time now() const { return m_now; }
    const std::string& text() const { return m_text; }
    const std::string& lastUuid() const { return m_last; }
    const std::string& lastMessageId() const { return m_messageId; }

private:
    Json record(const std::string& type);
    void write(const Json& record);

    Setup m_setup;
    Time m_now;
    std::string m_text;
    std::string m_last; ///< uuid of the line before; empty: none
    std::string m_lastAssistant;
    std::string m_messageId;
    int m_lines = 0;
    int m_messages = 0;
    int m_cached = 11'442;
};

SessionLog::Json thinkingBlock(const std::string& text);
SessionLog::Json textBlock(const std::string& text);
SessionLog::Json toolBlock(const std::string& id, const std::string& name, const SessionLog::Json& input);

} // namespace arcscope::samples
