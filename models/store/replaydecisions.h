// What people say of replays: verdicts on tasks, and which runs are held against each other. Small ordinary rows;
// imports leave them be.
#pragma once

#include "replaydecision.h"
#include "result.h"

namespace arcscope
{

class Workspace;

/// Replaces what was said of that task between these sides; one without opinion and note is forgotten. Error: Store,
/// where the workspace may not be written to; Usage for a text that is too long.
Result<void> keepReplayReview(Workspace& workspace, const ReplayReview& review);
/// Not chosen ones: forgotten.
Result<void> keepReplaySides(Workspace& workspace, const ReplaySides& sides);
/// By task.
Result<ReplayDecisions> replayDecisions(Workspace& workspace);

} // namespace arcscope
