// What people say of task arcs: outcomes, notes, and which two are one. Small ordinary rows; imports leave them be.
#pragma once

#include "arcdecision.h"
#include "result.h"

#include <string_view>

namespace arcscope
{

class Workspace;

/// Each of these is a transaction of its own. Error: Store, where the workspace may not be written to; Usage for a text
/// that is too long.

/// Replaces what was said of that arc before; one without outcome and note is forgotten.
Result<void> keepArcReview(Workspace& workspace, const ArcReview& review);
/// Replaces what was said of these two before.
Result<void> keepStitchDecision(Workspace& workspace, const StitchDecision& decision);
/// They are proposed again. One that was not decided is left as it is.
Result<void> removeStitchDecision(Workspace& workspace, std::string_view earlier, std::string_view later);
/// By key.
Result<ArcDecisions> arcDecisions(Workspace& workspace);

} // namespace arcscope
