// Comparing two samples by ranks: the Mann-Whitney test, the Hodges-Lehmann shift, and many tests at once.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace arcscope
{

enum class Alternative : unsigned char {
    TwoSided,
    Greater, ///< the second sample is the larger one
};

struct RankTest {
    double u = 0; ///< pairs in which the value of the second sample is larger, ties half
    double p = 1;
    bool exact = false;
    double ties = 0; ///< share by which equal values lower the variance of u; 1: all are equal
};

/// Samples of this size at most are tested by the distribution itself, where no values are equal; others by the normal
/// approximation with corrections for ties and continuity.
inline constexpr std::size_t mostExact = 20;

/// p is 1 where one of them is empty. Values must be numbers. O(n log n).
RankTest mannWhitney(std::span<const double> first, std::span<const double> second, Alternative alternative);

/// By how much the second sample lies above the first.
struct Shift {
    double estimate = 0; ///< median of all differences between the two
    double low = 0;      ///< ends of the confidence interval, both of them differences that occur
    double high = 0;
};

/// The interval belongs to the two-sided Mann-Whitney test: exact for samples up to mostExact, else by the normal
/// approximation. Neither sample may be empty. Memory of the samples, not of their pairs; O(n log n + 64 n).
Shift hodgesLehmann(std::span<const double> first, std::span<const double> second, double confidence = 0.95);

/// P values of many tests as Benjamini and Hochberg adjust them: at most a share q of those below q is there by chance.
std::vector<double> adjustedForMany(std::span<const double> p);

} // namespace arcscope
