// Holds what models say that they have done against the calls that could have done it.
#pragma once

#include "claimplaces.h"

namespace arcscope
{

/// claim.action_without_call and claim.success_after_error of acts. A trace without any tool says nothing of what was
/// called. Each act once, where it is first claimed, unless `everyTime`.
void checkActions(TraceClaims& claims, std::vector<Finding>& into, bool everyTime = false);

} // namespace arcscope
