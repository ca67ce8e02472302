// Many tests at once, where each of them was declared beforehand.
#pragma once

#include <span>
#include <vector>

namespace arcscope
{

/// P values as Holm adjusts them (Scandinavian Journal of Statistics 6, 1979): that any of those at 0.05 or below is
/// there by chance has a chance of 0.05 at most, however they hang together. For tests that were chosen before looking;
/// for those that one looks through, adjustedForMany() of ranktest.h.
std::vector<double> adjustedByHolm(std::span<const double> p);

} // namespace arcscope
