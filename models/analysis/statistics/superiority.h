// How much larger one sample is than another, as a share of pairs.
#pragma once

#include "proportions.h"

#include <span>

namespace arcscope
{

/// Of all pairs of one value from each, how many more are won by the second sample than by the first: from -1 to 1, 0
/// where neither is larger (Cliff's delta; 2 U / mn - 1 of the Mann-Whitney test).
struct Superiority {
    Estimate delta;
    double p = 1; ///< Mann and Whitney, two-sided
};

/// With the interval that Newcombe recommends (method 5 of Statistics in Medicine 25, 2006, pp. 559-573). Neither
/// sample may be empty. O(n log n).
Superiority superiorityOf(std::span<const double> first, std::span<const double> second, double confidence = 0.95);

} // namespace arcscope
