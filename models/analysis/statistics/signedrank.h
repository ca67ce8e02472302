// Differences between two sides by their ranks: for costs, times and tokens, of which a few are very large.
#pragma once

#include "ranktest.h"

#include <cstdint>
#include <span>

namespace arcscope
{

struct SignedRankTest {
    double p = 1; ///< two-sided; differences of 0 do not count
    bool exact = false;
    std::uint64_t more = 0; ///< differences above 0
    std::uint64_t less = 0;
    std::uint64_t same = 0;

    std::uint64_t tasks() const { return more + less + same; }
    /// How many more tasks have more than less, from -1 to 1 (the paired dominance of Cliff 1993).
    double dominance() const
    {
        return tasks() == 0 ? 0
                            : (static_cast<double>(more) - static_cast<double>(less)) / static_cast<double>(tasks());
    }
};

/// Tasks of this number at most are tested by the distribution itself, ties and all.
inline constexpr std::size_t mostExactRanks = 50;

/// Whether differences of one for each task lie around 0 (Wilcoxon 1945: the sign-flip test of ranks). By the normal
/// approximation with corrections for ties and continuity above mostExactRanks. O(n log n).
SignedRankTest signedRankTest(std::span<const double> differences);

/// Tasks under which a 95 % interval has no ends.
inline constexpr std::size_t leastRanked = 6;

/// Around which value they lie: the median of the means of all pairs, with the interval that belongs to the test
/// (Hodges and Lehmann 1963; Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3.2 and 3.3). Of
/// logarithms of ratios it is that of a ratio. At least leastRanked differences; O(64 n).
Shift pairedShift(std::span<const double> differences, double confidence = 0.95);

} // namespace arcscope
