#include "superiority.h"

#include "ranktest.h"
#include "tails.h"

#include <cassert>
#include <cmath>

namespace arcscope
{
namespace
{

/// Samples as far as the variance of the share of pairs won depends on them.
struct Sizes {
    double m;
    double n;
    double untied; ///< 1 less RankTest::ties
};

double varianceAt(double share, const Sizes& sizes)
{
    const auto& [m, n, untied] = sizes;
    const double more = (m + n) / 2 - 1;
    return untied * share * (1 - share) * (1 + more * (1 - share) / (2 - share) + more * share / (1 + share)) / (m * n);
}

/// The share between `seen` and `end` that lies just z standard errors from what was seen.
double limitOf(double seen, double end, double z, const Sizes& sizes)
{
    double inside = seen;
    double outside = end;
    for (int i = 0; i < 60; ++i) {
        const double middle = (inside + outside) / 2;
        (std::abs(middle - seen) <= z * std::sqrt(varianceAt(middle, sizes)) ? inside : outside) = middle;
    }
    return inside;
}

} // namespace

Superiority superiorityOf(std::span<const double> first, std::span<const double> second, double confidence)
{
    assert(!first.empty() && !second.empty());
    const RankTest test = mannWhitney(first, second, Alternative::TwoSided);
    const Sizes sizes{static_cast<double>(first.size()), static_cast<double>(second.size()), 1 - test.ties};
    const double share = test.u / (sizes.m * sizes.n);
    const double z = normalPointOf(confidence);
    Superiority found;
    found.p = test.p;
    found.delta = {2 * share - 1, {2 * limitOf(share, 0, z, sizes) - 1, 2 * limitOf(share, 1, z, sizes) - 1}};
    return found;
}

} // namespace arcscope
