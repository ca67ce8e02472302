// Values of structured texts that do not agree: one attribute of one subject, two values.
#pragma once

#include "claimevidence.h"

namespace arcscope
{

/// conflict.value: documents of different model calls give one attribute of one subject two values, and nothing between
/// them says the later one. conflict.entity: a document names one of several alternatives that a text lists ("plan":
/// "Pro"), and a later statement names another ("your Enterprise plan").
void findRecordConflicts(ClaimEvidence& evidence, std::vector<Finding>& into);

} // namespace arcscope
