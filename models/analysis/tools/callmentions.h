// What the contents of a trace say of calls: who asks, what ran, which results somebody was given. Each text is read
// once.
#pragma once

#include "calltree.h"
#include "tracespans.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace arcscope
{

/// A call or a result in a list of messages.
struct CallMention {
    std::uint32_t place = 0; ///< its span, in TraceSpans
    TextPlace text;
    std::int64_t moment = 0; ///< TraceSpans::begins or finishes of the span
    std::string tool;
    std::string id;
    std::uint64_t words = 0; ///< of tool and arguments; of a result: those of the call it answers; 0: not known
    std::uint64_t key = 0;   ///< canonicalKey
    std::uint32_t nth = 0;   ///< how many of the same id (without one: words) the list has before it
    bool failed = false;     ///< of a result: marked as an error, or it says so
    bool timedOut = false;   ///< likewise: and that it took too long
};

/// A span of a tool.
struct CallRun {
    std::uint32_t place = 0;
    std::string tool;
    std::string id; ///< of the call; empty: none is recorded
    std::uint64_t words = 0;
    std::uint64_t arguments = 0;
    std::uint64_t result = 0;
    bool named = false; ///< the source names the tool: `tool` is not only the name of the span
    bool hasArguments = false;
    bool hasResult = false;
    bool failed = false;
    bool timedOut = false;
    std::optional<McpFacts> mcp;
    std::string batch;          ///< id of a batch that the source gives
    Nanos cancelledAt = noTime; ///< the first of its events that says so
};

struct CallMentions {
    CallMentions(TraceReading& trace, const TraceSpans& spans);

    std::vector<CallMention> asked;   ///< in outputs of model calls, by moment
    std::vector<CallMention> told;    ///< calls in messages that repeat what was said, each once a conversation
    std::vector<CallMention> results; ///< likewise, by moment
    std::vector<CallRun> runs;        ///< in pre-order
    std::vector<std::pair<std::uint32_t, McpNotification>> notifications; ///< with the place of each
    std::vector<bool> hasInput; ///< by place: a model call whose input is recorded
    /// By place: which of several conversations a model call goes on with that one agent, or a trace without agents,
    /// has one after the other. Those that begin anew know nothing of what was said before.
    std::vector<std::uint32_t> thread;
};

/// Of a call: equal for the same tool with equal arguments.
std::uint64_t wordsOf(std::string_view tool, std::uint64_t arguments);

} // namespace arcscope
