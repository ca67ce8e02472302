// Finds the parts of a claim whose tokens are known: what is negated, verb, names, and what governs values.
#pragma once

#include "claimsentence.h"

namespace arcscope::claimparts
{

/// Marks the first three content words behind each cue, not beyond a sign or a word like "but".
void markNegations(ClaimSentence& claim);
void findVerb(ClaimSentence& claim);
/// Words that begin with a capital. The first of a sentence only where it is no ordinary word, or another follows.
void findEntities(ClaimSentence& claim);
/// Of all values and names.
void findGovernors(ClaimSentence& claim);

bool beginsWithCondition(const ClaimSentence& claim); ///< "When …", "To cancel …", "For example …"
bool beginsWithRequest(const ClaimSentence& claim);   ///< "Make sure …", "Please …"
bool beginsWithLabel(const ClaimSentence& claim);     ///< "Root cause: …"

} // namespace arcscope::claimparts
