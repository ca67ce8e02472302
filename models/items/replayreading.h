// Makes what views show of a replay, on any thread.
#pragma once

#include "control.h"
#include "foundreplay.h"
#include "replayfields.h"
#include "result.h"

namespace arcscope
{

class Workspace;

/// What traces can be told apart by. The corpus has the columns that are shown.
Result<ReplayFields> fieldsOf(Workspace& workspace, const Corpus& corpus);

/// Compares all runs of the sides; loads the columns that this needs. `in` is left null. Error: Cancelled, Store, Usage
/// where the sides name nothing that is there.
Result<FoundReplay> replayOf(Workspace& workspace, const std::shared_ptr<const Corpus>& corpus,
                             const ReplayFields& fields, const ReplaySides& sides, const Control& control);

/// Of each candidate that ran the task the pair of runs that stands for it, with what is said in them. Error:
/// Cancelled, Store.
Result<ReplayReading> readReplay(Workspace& workspace, const ReplayPtr& found, std::uint32_t task,
                                 const Control& control);

} // namespace arcscope
