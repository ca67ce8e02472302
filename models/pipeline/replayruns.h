// The runs that one side of a replay has: its task arcs, and traces that are no work of a user.
#pragma once

#include "arcdecision.h"
#include "arcpiece.h"
#include "control.h"
#include "replaypairing.h"
#include "result.h"
#include "runkey.h"
#include "spantable.h"
#include "stopsurvey.h"

#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// One side: a workspace, or some traces of it. Several sides may be of one workspace.
struct ReplaySource {
    Workspace* workspace = nullptr;
    const Corpus* corpus = nullptr; ///< of it, with arcSearchColumns()
    ArcDecisions decisions{};
    const std::vector<std::uint32_t>* traces = nullptr; ///< ascending; null: all
    /// Of these traces; none of them may be of a trace that is not asked for, too. Null: they are searched.
    const ArcCorpus* arcs = nullptr;
    /// What all traces of the corpus show of arcs, and what their calls stopped for (by rows); null: it is searched.
    const std::vector<ArcPiece>* pieces = nullptr;
    const StopSurvey* stops = nullptr;
};

/// What the side is paired by beside task ids: read only where they are asked for.
struct ReplayRunFields {
    bool requests = false;
    const RunKey* key = nullptr; ///< its "file" is the name of the file, its "request" the first one; null: none
};

/// In the order of time. Outcomes, scores, costs are those of the task arcs; of other traces what the trace table has.
/// Error: Cancelled, Store.
Result<std::vector<PairableRun>> replayRuns(const ReplaySource& source, const ArcCorpus& arcs,
                                            const ReplayRunFields& fields, const Control& control);

} // namespace arcscope
