// Whether two samples are spread over the same categories alike.
#pragma once

#include <cstdint>
#include <span>

namespace arcscope
{

/// Categories that are expected to hold fewer than this in either sample are counted as one (Cochran 1954).
inline constexpr double leastExpected = 5;

struct SpreadTest {
    double statistic = 0;
    int freedom = 0; ///< 0: nothing can be said: fewer than two categories hold enough
    double p = 1;
    /// Half the sum of the differences between the shares of both, over the categories as they were tested: from 0,
    /// alike, to 1, nothing in common.
    double distance = 0;

    bool told() const { return freedom > 0; }
};

/// A category as each sample counts it.
struct CategoryCounts {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

/// Pearson's chi-square test of homogeneity. O(categories).
SpreadTest spreadTest(std::span<const CategoryCounts> categories);

} // namespace arcscope
