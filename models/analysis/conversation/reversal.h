// Two statements of one author in one conversation that cannot both hold.
#pragma once

#include "contradictions.h"
#include "statements.h"
#include "turnacts.h"

#include <optional>

namespace arcscope
{

/// The rule that says so. `takenBack`: words say that a mistake is mended, so that neither these words nor a change
/// that they speak of are a reason why both may hold.
std::optional<RuleMatch> reversed(PairComparer& comparer, const ClaimSentence& before, const ClaimSentence& after,
                                  bool takenBack);

/// The places of both statements, with what differs marked, and the facts that speak for it.
void addReversal(const Conversation& conversation, const StatedClaim& before, const StatedClaim& after,
                 const RuleMatch& match, Finding& into);

/// What differs in the later statement, as it stands there.
std::string_view newWords(const Conversation& conversation, const StatedClaim& after, const RuleMatch& match);

} // namespace arcscope
