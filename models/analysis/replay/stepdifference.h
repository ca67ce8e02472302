// How two steps that stand for each other differ, by what matters: effects before path before wording.
#pragma once

#include "runsteps.h"
#include "saidchange.h"
#include "stepalign.h"

#include <vector>

namespace arcscope
{

/// The aligned steps with kind, places, difference, detail, weight and slots; validity is left as it is.
///
/// | steps | difference | weight |
/// |---|---|---|
/// | answers, one of which declines (StopBucket::Declined) | declined | effect |
/// | answers that stopped for different reasons; a tool call (handoff) and the end of an answer are no such reasons |
/// stop-bucket | effect | | answers with another content | content | to a user and of value or polarity: effect; else
/// path | | another tool | tool-call, name; where one writes and the other reads: effect | effect where one of them
/// writes, else path | | the same tool with other arguments; texts named as prose ("message", "thought") may be
/// reworded | tool-call, argument | likewise | | an equal call that failed in one run | tool-call, effect | likewise |
/// | a call or answer that one run has; equal calls in another place | tool-call or content, added or dropped; order |
/// likewise; path | | other words, another form | reworded, format-only | wording |
std::vector<ReplayStep> judgedSteps(const RunSteps& base, const RunSteps& candidate, std::span<const StepPair> pairs,
                                    SaidComparer& comparer);

/// Writes that succeeded, or of which no failure is recorded, in any order: equal for equal tools and arguments.
std::vector<std::uint64_t> writesOf(const RunSteps& run);

} // namespace arcscope
