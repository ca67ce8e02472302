// Intervals for rates: Wilson's for one, Newcombe's for the difference of two.
#pragma once

#include <cstdint>

namespace arcscope
{

/// Both ends belong to it.
struct Interval {
    double low = 0;
    double high = 0;

    bool contains(double value) const { return low <= value && value <= high; }
    bool operator==(const Interval&) const = default;
};

/// How many of how many. A rate only where `all` is not 0: otherwise it is not recorded.
struct Count {
    std::uint64_t of = 0;
    std::uint64_t all = 0;

    bool recorded() const { return all > 0; }
    double rate() const { return recorded() ? static_cast<double>(of) / static_cast<double>(all) : 0; }
    bool operator==(const Count&) const = default;
};

/// The score interval without continuity correction (Wilson 1927; method 3 of Newcombe, Statistics in Medicine 17,
/// 1998, pp. 857-872). The whole of [0, 1] where nothing is counted.
Interval wilsonInterval(const Count& count, double confidence = 0.95);

/// An estimate with its interval.
struct Estimate {
    double value = 0;
    Interval interval;

    bool operator==(const Estimate&) const = default;
};

/// The rate of the second less that of the first, with the hybrid score interval (method 10 of Newcombe, Statistics in
/// Medicine 17, 1998, pp. 873-890). Both have to be recorded.
Estimate rateDifference(const Count& first, const Count& second, double confidence = 0.95);

/// The chance that two equal rates differ as much or more: by Fisher's exact test where a cell is expected to hold
/// fewer than 5 and there are 1,000 at most, by the chi-square test without correction else. 1 where one is not
/// recorded.
double differenceChance(const Count& first, const Count& second);

} // namespace arcscope
