// What people say of findings: confirmed, dismissed with a reason, a note. Small ordinary rows; imports leave them be.
#pragma once

#include "finding.h"
#include "result.h"
#include "verdict.h"

#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// What a finding is, in words that later imports do not change: its rule with its scope and cause where it has one,
/// else with its places and what they quote. Findings of one trace and cause have one key. Needs Trace and the columns
/// of the span and trace ids.
std::string findingKey(const Corpus& corpus, const Finding& finding);

/// One finding in such words, also among those of one cause: its rule, its places and what they quote. What
/// findingKey() is where there is no cause.
std::string placedKey(const Corpus& corpus, const Finding& finding);

/// Replaces what was said of that finding before; an open one without note is forgotten. Error: Store, where the
/// workspace may not be written to; Usage for a text that is too long.
Result<void> keepVerdict(Workspace& workspace, const KeptVerdict& verdict);
/// By key.
Result<std::vector<KeptVerdict>> verdicts(Workspace& workspace);

} // namespace arcscope
