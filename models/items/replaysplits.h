// What gets done in a replay, split by tags: another mix of tasks is told from doing better.
#pragma once

#include "foundreplay.h"

namespace arcscope
{

class Workspace;

/// By texts of spans, and where there are `mostSplitTasks` tasks at most by texts among the attributes of the first
/// span of their first run; those that part the tasks into 2 to 20 values with five tasks each on the average. Numbers
/// are no values: they are mostly results.
inline constexpr std::size_t mostSplitTasks = 20'000;
std::vector<ReplaySplit> splitsOf(Workspace& workspace, const Corpus& corpus, const ReplayPairing& pairing);

} // namespace arcscope
