#include "sessionlog.h"

#include "sampleids.h"

namespace arcscope::samples
{

using Json = SessionLog::Json;

Json thinkingBlock(const std::string& text)
{
    return {{"type", "thinking"}, {"thinking", text}, {"signature", "aW52ZW50ZWQgZm9yIHRoZSBzYW1wbGU="}};
}

Json textBlock(const std::string& text)
{
    return {{"type", "text"}, {"text", text}};
}

Json toolBlock(const std::string& id, const std::string& name, const Json& input)
{
    return {{"type", "tool_use"}, {"id", id}, {"name", name}, {"input", input}, {"caller", {{"type", "direct"}}}};
}

Json SessionLog::record(const std::string& type)
{
    Json line = {{"parentUuid", m_last.empty() ? Json(nullptr) : Json(m_last)},
                 {"isSidechain", !m_setup.agentId.empty()},
                 {"userType", "external"},
                 {"cwd", "/srv/checkouts/labels-api"},
                 {"sessionId", m_setup.sessionId},
                 {"version", "2.1.39"},
                 {"gitBranch", "fix/4127-depot"}};
    if (!m_setup.agentId.empty())
        line["agentId"] = m_setup.agentId;
    line["type"] = type;
    return line;
}

void SessionLog::write(const Json& line)
{
    Json full = line;
    m_last = uuidOf(m_setup.sessionId + m_setup.agentId + std::to_string(m_lines++));
    full["uuid"] = m_last;
    full["timestamp"] = isoMilliseconds(m_now);
    m_text += full.dump() + "\n";
}

void SessionLog::snapshot()
{
    const std::string id = uuidOf("snapshot " + m_setup.sessionId + std::to_string(m_lines));
    const Json line = {
        {"type", "file-history-snapshot"},
        {"messageId", id},
        {"snapshot",
         {{"messageId", id}, {"trackedFileBackups", Json::object()}, {"timestamp", isoMilliseconds(m_now)}}},
        {"isSnapshotUpdate", false}};
    m_text += line.dump() + "\n";
}

void SessionLog::user(const std::string& text)
{
    Json line = record("user");
    line["message"] = {{"role", "user"}, {"content", text}};
    if (m_setup.agentId.empty()) {
        line["thinkingMetadata"] = {{"maxThinkingTokens", 31'999}};
        line["todos"] = Json::array();
        line["permissionMode"] = "acceptEdits";
    }
    write(line);
}

void SessionLog::assistant(const std::vector<Json>& blocks, int newTokens)
{
    const std::string label = m_setup.sessionId + m_setup.agentId + " message " + std::to_string(m_messages++);
    m_messageId = vendorIdOf("msg_01", label);
    m_now += between(label + " first", 1'300, 2'900) * ms;
    int output = 3;
    for (const Json& block : blocks) {
        m_now += between(label + std::to_string(m_lines), 600, 4'200) * ms;
        output += static_cast<int>(block.dump().size() / 4);
        Json line = record("assistant");
        line["message"] = {
            {"model", m_setup.model},
            {"id", m_messageId},
            {"type", "message"},
            {"role", "assistant"},
            {"content", Json::array({block})},
            {"stop_reason", nullptr},
            {"stop_sequence", nullptr},
            {"usage",
             {{"input_tokens", 3},
              {"cache_creation_input_tokens", newTokens},
              {"cache_read_input_tokens", m_cached},
              {"cache_creation", {{"ephemeral_5m_input_tokens", newTokens}, {"ephemeral_1h_input_tokens", 0}}},
              {"output_tokens", output},
              {"service_tier", "standard"},
              {"inference_geo", "not_available"}}}};
        line["requestId"] = vendorIdOf("req_011", label);
        write(line);
        m_lastAssistant = m_last;
    }
    m_cached += newTokens;
}

void SessionLog::toolResult(const std::string& toolUseId, const std::string& content, bool isError,
                            const Json& toolUseResult)
{
    Json line = record("user");
    line["message"] = {
        {"role", "user"},
        {"content",
         {{{"tool_use_id", toolUseId}, {"type", "tool_result"}, {"content", content}, {"is_error", isError}}}}};
    line["toolUseResult"] = toolUseResult;
    line["sourceToolAssistantUUID"] = m_lastAssistant;
    write(line);
}

void SessionLog::agentProgress(const std::string& agentId, const std::string& toolUseId, const std::string& prompt,
                               const Json& message)
{
    Json line = record("progress");
    line["data"] = {{"message", message},
                    {"normalizedMessages", Json::array()},
                    {"type", "agent_progress"},
                    {"prompt", prompt},
                    {"agentId", agentId}};
    line["toolUseID"] = "agent_" + m_messageId;
    line["parentToolUseID"] = toolUseId;
    write(line);
}

void SessionLog::system(const std::string& subtype, const Json& fields)
{
    Json line = record("system");
    line["subtype"] = subtype;
    line.update(fields);
    line["isMeta"] = false;
    write(line);
}

} // namespace arcscope::samples
