// Reasons why two claims of one author in one text may both hold although a rule says that they do not.
#pragma once

#include "pairrule.h"

#include <span>
#include <string_view>

namespace arcscope
{

struct PairGuard {
    std::string_view name;
    std::string_view title; ///< what it has found where it stops a rule
    bool (*stops)(const ClaimPair& pair);
};

std::span<const PairGuard> pairGuards();

/// The subjects have the same last word, and what stands before it is not the same: "the first batch", "the second
/// batch".
bool differentModifiers(const ClaimPair& pair);

/// Neither is a pronoun, and they have no word in common.
bool differentSubjects(const ClaimPair& pair);

/// Both subjects have a number or identifier that the other sentence lacks: "order 41" and "order 42".
bool differentRecords(const ClaimPair& pair);
/// One is of before what the other is of after, or both name a place of their own: "on Linux", "on Windows".
bool differentCircumstances(const ClaimPair& pair);

} // namespace arcscope
