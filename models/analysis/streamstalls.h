// The stalls of one recorded stream: what of its events ends a gap, given to the rule of stalls.h.
#pragma once

#include "stalls.h"
#include "streamphases.h"

#include <vector>

namespace arcscope
{

/// Stalls by time; their moments count the request as 0 and event i as i + 1. Empty where no event has a time, or none
/// is a chunk.
std::vector<Stall> stallsOf(const StreamModel& model, const StreamSpanTimes& span);

} // namespace arcscope
