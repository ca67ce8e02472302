// Brings together what belongs to one call: who asked, what ran, its result, and who was given it.
#pragma once

#include "callmentions.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// A call with what its scope is found by.
struct PairedCall {
    TreeCall call;
    std::uint32_t place = TraceSpans::none; ///< where it belongs to: its asker, else its span, else where it is told of
    std::vector<std::uint32_t> runs;        ///< in CallMentions::runs: its own, and spans of the same call within it
    std::uint32_t batch = TreeCall::none;   ///< number of its batch, of those that no message asks for
};

/// Calls of tools, in the order in which they were asked for. By id, in spans and messages; where there is no id, by
/// tool and arguments, then by tool and order, each span with the model calls of its own conversation before it. An id
/// that is used again is another call, unless it is one response that is recorded twice.
std::vector<PairedCall> pairedCalls(const Corpus& corpus, const TraceSpans& spans, const CallMentions& mentions);

/// What MCP says of each call, and how it changes its outcome.
void addMcpFacts(const TraceSpans& spans, const CallMentions& mentions, std::vector<PairedCall>& calls);

/// Agents that an agent, a workflow or a call started; one that a call started alone is that call.
std::vector<PairedCall> startedAgents(const Corpus& corpus, const TraceSpans& spans);

/// Puts calls into the order in which they were asked for.
void sortCalls(const TraceSpans& spans, std::vector<PairedCall>& calls);

} // namespace arcscope
