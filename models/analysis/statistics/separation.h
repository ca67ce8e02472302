// Whether the runs of two sides differ more from each other than among themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

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

} // namespace arcscope
