// Findings as a list to read: those of one cause in one entry, the ones most worth a look first.
#pragma once

#include "finding.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// Findings of one rule, level and cause, over all traces; one without a cause is an entry of its own. The first one is
/// the typical example: the strongest, of equals the longest seen, then the first.
struct FindingEntry {
    std::vector<std::uint32_t> findings; ///< indices
    double score = 0;
};

/// Findings that are severe or a warning, then checks that are, findings that are a note, checks that are, signals; of
/// those by weight, then by a score of how clearly the rule holds, how long a user had it in sight, and how rare
/// the rule is here: one that fires everywhere tells less of each place, and each further one of a rule less than the
/// first of another. Equal ones keep their order.
std::vector<FindingEntry> ranked(const std::vector<Finding>& findings);

} // namespace arcscope
