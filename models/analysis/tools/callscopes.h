// Calls that belong together: their scopes, where each is joined, and which call is another try of an earlier one.
#pragma once

#include "callpairing.h"

namespace arcscope
{

/// Gives every call of `tree` its scope. `calls` are those of the tree, in the same order.
void findScopes(const TraceSpans& spans, const std::vector<PairedCall>& calls, CallTree& tree);

/// Where the inputs of model calls are not recorded, the next model call of the conversation is taken to be given what
/// had come by then.
void inferReceipts(const TraceSpans& spans, const CallMentions& mentions, std::vector<PairedCall>& calls);

/// Other tries (TreeCall::retryOf) and repetitions, in one conversation each.
void findRetries(const TraceSpans& spans, const CallMentions& mentions, const std::vector<PairedCall>& calls,
                 CallTree& tree);

} // namespace arcscope
