// Why a model call or a run of an agent really stopped: the first rule that holds.
#pragma once

#include "stopcall.h"

namespace arcscope
{

/// O(its texts); reads no other span.
SpanStop judgeCall(const StoppedCall& call);

/// A run whose exit is recorded, by a word or by its status. `last`: of the last model call in it, or null.
SpanStop judgeRun(TraceReading& trace, Row row, const SpanStop* last);

/// Whether a word with this claim says something else than the bucket. What says nothing disagrees with nothing.
bool disagrees(StopClaim claim, std::string_view word, StopBucket bucket);

/// All model calls of a trace, and runs whose exit is recorded, in the order of rows(). Reads all contents.
std::vector<SpanStop> stopsOf(TraceReading& trace);

} // namespace arcscope
