// Differences between two sides, one for each task: sign-flip test of their mean, and an interval for it.
#pragma once

#include "proportions.h"

#include <cstdint>
#include <optional>
#include <span>

namespace arcscope
{

/// Resamples of tests and intervals by tasks.
inline constexpr std::size_t resamples = 9'999;
/// More tasks than this are resampled in this many groups of equal size (random groups: Wolter, Introduction to
/// Variance Estimation, ch. 2), so that a hundred thousand take no longer. Their order must not hang on their values.
inline constexpr std::size_t mostResampledTasks = 512;

struct SignFlipTest {
    double p = 1; ///< two-sided; 1 where no task differs
    bool exact = false;
    std::uint64_t differing = 0; ///< tasks whose difference is not 0
};

/// Whether the mean of differences between the sides is more than their signs by chance make it (Fisher 1935; Good,
/// Permutation Tests, 3.2; for runs of systems on the same tasks: Dror et al., ACL 2018). A difference is that of the
/// means of all runs of a task, so that reruns are no tasks of their own (Miller 2024, arXiv:2411.00640). All
/// arrangements of signs for 16 differing tasks at most, `resamples` of them else. Values must be finite.
SignFlipTest signFlipTest(std::span<const double> differences);

/// Tasks, and tasks that differ, under which no interval is given.
inline constexpr std::size_t leastTasks = 10;
inline constexpr std::size_t leastDiffering = 5;

struct MeanDifference {
    double value = 0;
    std::optional<Interval> interval;

    bool operator==(const MeanDifference&) const = default;
};

/// The mean with its symmetric bootstrap-t interval by tasks (Hall, The Bootstrap and Edgeworth Expansion, 3.6):
/// percentile intervals and those with two tails miss too often below 50 tasks. Nothing where there is no task.
std::optional<MeanDifference> meanDifference(std::span<const double> differences, double confidence = 0.95);

} // namespace arcscope
