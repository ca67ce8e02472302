// Makes what views show of a replay, on any thread.
#pragma once

#include "arcdecision.h"
#include "control.h"
#include "foundpieces.h"
#include "foundreplay.h"
#include "foundstops.h"
#include "replayfields.h"
#include "result.h"

#include <functional>

namespace arcscope
{

class Workspace;
struct ReplayProgress;

/// What traces can be told apart by. The corpus has the columns that are shown.
Result<ReplayFields> fieldsOf(Workspace& workspace, const Corpus& corpus);

/// What is to be held against what, and what is known of it.
struct AskedReplay {
    ReplaySides sides;
    std::vector<ReplayMatch> matches{};
    ArcDecisions arcs{};
    ReplayPtr known{};  ///< of the same corpus and sides, paired or matched in another way; null: nothing
    PiecesPtr pieces{}; ///< what the traces show of task arcs, and what their calls stopped for, both of all traces of
    StopsPtr stops{};   ///< this corpus; null: they are looked for
    ReplayProgress* progress = nullptr;
    /// Given what is known as soon as runs are paired, on the thread of the caller; see FoundReplay::whole.
    std::function<void(FoundReplay)> early{};
};

/// Compares all runs of the sides; loads the columns that this needs. `in` is left null. Error: Cancelled, Store, Usage
/// where the sides name nothing that is there, or the key is none.
Result<FoundReplay> replayOf(Workspace& workspace, const std::shared_ptr<const Corpus>& corpus,
                             const ReplayFields& fields, const AskedReplay& asked, const Control& control);

/// Of each candidate that ran the task the pair of runs that stands for it, with what is said in them. Error:
/// Cancelled, Store.
Result<ReplayReading> readReplay(Workspace& workspace, const ReplayPtr& found, std::uint32_t task,
                                 const Control& control);

} // namespace arcscope
