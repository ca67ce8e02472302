// What people say of replays: verdicts on tasks, which runs and steps are held against each other. Small ordinary rows;
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
/// Keeps it, or forgets it.
Result<void> keepReplayMatch(Workspace& workspace, const ReplayMatch& match, bool holds);
/// By task, and by run. Error: Store, Malformed where what is kept is damaged.
Result<ReplayDecisions> replayDecisions(Workspace& workspace);

} // namespace arcscope
