// Runs of invented agents: what happened and when. The formats differ only in how they write them.
#pragma once

#include "randomtext.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope::bench
{

enum class Operation { Agent, Chat, Tool, Retrieval, Http, Database };
inline constexpr std::array<std::string_view, 6> operationNames = {"invoke_agent", "chat", "execute_tool",
                                                                   "retrieve",     "http", "db"};

struct ModelName {
    std::string_view name;
    std::string_view provider;
};
inline constexpr std::array<ModelName, 7> modelNames = {{
    {"gpt-4o-2024-11-20", "openai"},
    {"gpt-4.1-mini", "openai"},
    {"claude-sonnet-4-20250514", "anthropic"},
    {"claude-3-5-haiku-20241022", "anthropic"},
    {"gemini-2.5-pro", "gcp.gemini"},
    {"llama-3.3-70b-instruct", "vllm"},
    {"o3-mini", "openai"},
}};
inline constexpr std::array<std::string_view, 10> toolNames = {
    "search_orders", "read_document", "run_query",  "post_message",   "list_folder",
    "find_similar",  "add_numbers",   "look_up_ip", "convert_prices", "edit_file",
};
inline constexpr std::array<std::string_view, 6> serviceNames = {
    "parcel-tracker", "invoice-helper", "review-assistant", "docs-search", "nightly-digest", "eval-driver",
};
inline constexpr std::uint32_t laneCount = 64;

/// 2025-11-20T00:53:20Z, in ns: when the first runs start.
inline constexpr std::int64_t firstStart = 1'763'600'000'000'000'000;

struct PlannedMessage {
    std::string_view role;
    TextPlan text;
};

struct PlannedSpan {
    std::uint64_t id = 0;
    std::uint64_t parent = 0; ///< 0: none
    Operation operation = Operation::Agent;
    std::int64_t start = 0; ///< ns since 1970
    std::int64_t end = 0;
    std::uint32_t inputTokens = 0;
    std::uint32_t outputTokens = 0;
    std::uint32_t tool = 0; ///< index into toolNames; Tool and Retrieval only
    bool failed = false;
    std::uint32_t firstMessage = 0; ///< Chat: reads run.messages[firstMessage … outputMessage - 1]
    std::uint32_t outputMessage = 0;
    TextPlan question; ///< Tool and Retrieval
    std::uint32_t limit = 0;
    TextPlan result;
};

/// One run: an agent span first, then its steps in order of their start.
struct AgentRun {
    std::uint64_t traceHigh = 0;
    std::uint64_t traceLow = 0;
    std::uint64_t session = 0;
    std::uint32_t service = 0;
    std::uint32_t model = 0;
    std::uint32_t lane = 0;
    std::vector<PlannedMessage> messages;
    std::vector<PlannedSpan> spans;
};

/// Plans one run after the other; runs in one lane never overlap.
class RunPlanner
{
public:
    explicit RunPlanner(std::uint64_t seed);

    /// Valid until the next call.
    const AgentRun& next();

private:
    PlannedSpan& addSpan(Operation operation, std::uint64_t parent, std::int64_t start, std::int64_t length);
    std::int64_t addChat(std::int64_t start);
    std::int64_t addTools(std::int64_t start);

    Random m_random;
    std::array<std::int64_t, laneCount> m_laneEnds;
    AgentRun m_run;
};

/// "chat gpt-4.1-mini", "execute_tool edit_file"
void appendSpanName(std::string& out, const AgentRun& run, const PlannedSpan& span);

} // namespace arcscope::bench
