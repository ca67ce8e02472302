// Whether the runs of two sides differ more from each other than among themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace arcscope
{

struct SeparationTest {
    double p = 1; ///< one-sided: apart
    /// Mean distance between runs of different sides less that of runs of one side; in the unit of the distances.
    double apart = 0;
    bool exact = false;

    bool operator==(const SeparationTest&) const = default;
};

/// Runs of both sides together at most.
inline constexpr std::size_t mostSeparated = 64;

/// By giving the sides to the runs anew (Clarke, Australian Journal of Ecology 18, 1993, with distances in place of
/// their ranks; Anderson 2001): all ways where there are 10,000 at most, 9,999 drawn ones else. `distances` has
/// (first + second)² entries by rows, the runs of the first side first, and is symmetric. p is 1 where neither side has
/// two runs: nothing is known of what differs by itself.
SeparationTest separationTest(std::span<const double> distances, std::size_t first, std::size_t second);

/// One task of several: its runs as separationTest() takes them.
struct SeparatedRuns {
    std::vector<double> distances;
    std::size_t first = 1;
    std::size_t second = 1;
};

/// With fewer values to be held against, nothing is said: none could be so rare.
inline constexpr std::size_t leastHeldAgainst = 19;

/// For each task the chance that its sides are so far apart by themselves. A task with runs enough is judged by
/// separationTest(). Of one with fewer, 2 and 2 for instance, no way to give the sides anew is rare enough: it is held
/// against the ways that were not seen of all tasks with as many runs (the pooled null of Tusher et al., PNAS 98,
/// 2001), so that among tasks that do not differ 0.05 are at 0.05 or below, taken together and not each by itself. One
/// with a single run a side is held against `reruns`, distances of two runs of one side on any task. Nothing where
/// there is too little to hold it against. O(ways of all tasks).
std::vector<std::optional<double>> separationsOf(std::span<const SeparatedRuns> tasks, std::span<const double> reruns);

} // namespace arcscope
