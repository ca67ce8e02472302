// Holds the values of what models say against what tools returned: from nowhere, of another record, of another number.
#pragma once

#include "claimevidence.h"

namespace arcscope
{

void checkUnsupportedValues(ClaimEvidence& evidence, std::vector<Finding>& into); ///< claim.unsupported_value
void checkRecords(ClaimEvidence& evidence, std::vector<Finding>& into);           ///< claim.wrong_record
void checkCounts(ClaimEvidence& evidence, std::vector<Finding>& into);            ///< claim.wrong_count

} // namespace arcscope
