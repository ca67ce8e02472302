// What all tasks cost or take together on two sides.
#pragma once

#include "taskdifferences.h"

namespace arcscope
{

struct TotalRatio {
    double base = 0; ///< sums, in the unit of the values
    double candidate = 0;
    double ratio = 0;                 ///< candidate / base
    std::optional<Interval> interval; ///< of the ratio; nothing below leastTasks, or where nothing varies

    bool operator==(const TotalRatio&) const = default;
};

/// One value a task and side, both spans of one size, none negative. The interval is that of the logarithm by symmetric
/// bootstrap-t over tasks (as meanDifference() has it, with the error of a ratio by linearisation: Efron and
/// Tibshirani, 25.2). Nothing where one of the sums is 0.
std::optional<TotalRatio> totalRatio(std::span<const double> base, std::span<const double> candidate,
                                     double confidence = 0.95);

} // namespace arcscope
