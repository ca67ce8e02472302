#include "superiority.h"

#include "ranktest.h"
#include "tails.h"

#include <cassert>
#include <cmath>

namespace arcscope
{
namespace
{

/// Variance of the share of pairs won where it is `share`, for samples of m and n values.
double varianceAt(double share, double m, double n)
{
    const double more = (m + n) / 2 - 1;
    return share * (1 - share) * (1 + more * (1 - share) / (2 - share) + more * share / (1 + share)) / (m * n);
}

/// The share between `seen` and `end` that lies just z standard errors from what was seen.
double limitOf(double seen, double end, double z, double m, double n)
{
    double inside = seen;
    double outside = end;
    for (int i = 0; i < 60; ++i) {
        const double middle = (inside + outside) / 2;
        (std::abs(middle - seen) <= z * std::sqrt(varianceAt(middle, m, n)) ? inside : outside) = middle;
    }
    return inside;
}

} // namespace

Superiority superiorityOf(std::span<const double> first, std::span<const double> second, double confidence)
{
    assert(!first.empty() && !second.empty());
    const RankTest test = mannWhitney(first, second, Alternative::TwoSided);
    const double m = static_cast<double>(first.size());
    const double n = static_cast<double>(second.size());
    const double share = test.u / (m * n);
    const double z = normalPointOf(confidence);
    Superiority found;
    found.p = test.p;
    found.delta = {2 * share - 1, {2 * limitOf(share, 0, z, m, n) - 1, 2 * limitOf(share, 1, z, m, n) - 1}};
    return found;
}

} // namespace arcscope
