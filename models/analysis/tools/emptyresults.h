// Answers that state something of what a look-up did not find.
#pragma once

#include "finding.h"

#include <vector>

namespace arcscope
{

class TraceClaims;

/// tool.empty_result_then_assertion
void findAssertionsOfNothing(TraceClaims& claims, std::vector<Finding>& into);

} // namespace arcscope
