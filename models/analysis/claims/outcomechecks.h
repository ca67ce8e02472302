// Holds what models say to have gone well - tests, builds, linters, tools by name - against the last run of it.
#pragma once

#include "claimplaces.h"

namespace arcscope
{

/// claim.success_after_error of runs: by tools named for it, and by commands given to shells, whose output or status
/// says that they failed. Also claim.action_without_call of what no tool could have run. Each noun once, where it is
/// first claimed, unless `everyTime`.
void checkOutcomes(TraceClaims& claims, std::vector<Finding>& into, bool everyTime = false);

} // namespace arcscope
