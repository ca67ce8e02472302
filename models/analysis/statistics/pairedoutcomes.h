// Tasks that two sides did or did not do: the tests and intervals for pairs of yes and no.
#pragma once

#include "proportions.h"

#include <optional>

namespace arcscope
{

/// Tasks, each tried once by the base and once by the candidate.
struct PairedOutcomes {
    std::uint64_t both = 0;
    std::uint64_t gains = 0;       ///< only the candidate did it
    std::uint64_t regressions = 0; ///< only the base did it
    std::uint64_t neither = 0;

    std::uint64_t tasks() const { return both + gains + regressions + neither; }
    std::uint64_t ties() const { return both + neither; }
    Count base() const { return {both + regressions, tasks()}; }
    Count candidate() const { return {both + gains, tasks()}; }
    bool operator==(const PairedOutcomes&) const = default;
};

/// Up to this many tasks the exact test is used.
inline constexpr std::uint64_t mostExactTasks = 20;

struct McNemarTest {
    double p = 1; ///< two-sided; 1 where nothing changed
    bool midP = false;
};

/// Whether gains and regressions are equally likely (McNemar 1947). By the exact conditional distribution for
/// mostExactTasks tasks at most, by its mid-p above: the exact test is then far more careful than it says, the mid-p
/// one hardly ever less (Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91, 2013). O(changed
/// tasks).
McNemarTest mcNemar(const PairedOutcomes& outcomes);

/// The rate of the candidate less that of the base: hybrid score interval with correction for correlation (method 10
/// of Newcombe, Statistics in Medicine 17, 1998, pp. 2635-2650). There has to be a task.
Estimate pairedRateDifference(const PairedOutcomes& outcomes, double confidence = 0.95);

/// Gains for each regression (conditional odds ratio), with Wilson's interval of the share of gains among the changes
/// transformed (Fagerland et al. 2014, Statistics in Medicine 33, pp. 2850-2875). Infinite where nothing got worse;
/// nothing where nothing changed.
std::optional<Estimate> gainOdds(const PairedOutcomes& outcomes, double confidence = 0.95);

} // namespace arcscope
