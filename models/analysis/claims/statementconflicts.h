// Statements of models in one trace that cannot both hold: within one answer, and between calls.
#pragma once

#include "claimevidence.h"

#include <span>
#include <string>

namespace arcscope
{

/// conflict.statement and conflict.within_answer. What came between two statements may explain the second: a call that
/// changes something, a user who asks for it, a result that has its value; then it is an update.
void findStatementConflicts(ClaimEvidence& evidence, std::vector<Finding>& into);

/// A sentence of plain prose that says how something is: no condition, request, item, formula, or state on the way.
bool isStatement(std::string_view text, const ClaimSentence& claim);
/// How many content words and values of both claims have no partner in the other one, what differs left out.
std::size_t otherWords(const ClaimSentence& a, const ClaimSentence& b, const WordAlignment& words, const RuleHit& hit);

/// A finding of a pair: both sentences, aligned words with a common link number, and what speaks for it.
Finding conflictOf(std::string_view rule, const Contradiction& pair, const SaidText& a, const SaidText& b);

/// What a trace says in the end, for runs that are asked the same: at most 40 sentences of the last text of a model.
struct ClosingWords {
    std::string asked; ///< what a user said first; empty: nobody did
    const SaidText* said = nullptr;
    std::vector<const ClaimSentence*> claims;
};
ClosingWords closingWordsOf(TraceClaims& claims);

} // namespace arcscope
