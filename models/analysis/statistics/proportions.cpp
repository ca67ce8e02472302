#include "proportions.h"

#include "tails.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::uint64_t mostExactTotal = 1'000;

double logChoose(std::uint64_t n, std::uint64_t k)
{
    const auto factorial = [](std::uint64_t of) { return std::lgamma(static_cast<double>(of) + 1); };
    return factorial(n) - factorial(k) - factorial(n - k);
}

/// Two-sided: all tables with these margins that are not more likely than the one seen.
double fisherChance(const Count& first, const Count& second)
{
    const std::uint64_t of = first.of + second.of;
    const std::uint64_t all = first.all + second.all;
    const auto likelihood = [&](std::uint64_t x) {
        return std::exp(logChoose(first.all, x) + logChoose(second.all, of - x) - logChoose(all, of));
    };
    const double seen = likelihood(first.of);
    double sum = 0;
    const std::uint64_t least = of > second.all ? of - second.all : 0;
    for (std::uint64_t x = least; x <= std::min(first.all, of); ++x) {
        const double one = likelihood(x);
        sum += one <= seen * (1 + 1e-7) ? one : 0;
    }
    return std::min(1.0, sum);
}

} // namespace

Interval wilsonInterval(const Count& count, double confidence)
{
    assert(count.of <= count.all);
    if (!count.recorded())
        return {0, 1};
    const double n = static_cast<double>(count.all);
    const double p = count.rate();
    const double z = normalPointOf(confidence);
    const double middle = 2 * n * p + z * z;
    const double half = z * std::sqrt(z * z + 4 * n * p * (1 - p));
    const double width = 2 * (n + z * z);
    return {count.of == 0 ? 0 : std::max(0.0, (middle - half) / width),
            count.of == count.all ? 1 : std::min(1.0, (middle + half) / width)};
}

Estimate rateDifference(const Count& first, const Count& second, double confidence)
{
    assert(first.recorded() && second.recorded());
    const Interval one = wilsonInterval(first, confidence);
    const Interval two = wilsonInterval(second, confidence);
    const double value = second.rate() - first.rate();
    return {value,
            {value - std::hypot(second.rate() - two.low, one.high - first.rate()),
             value + std::hypot(two.high - second.rate(), first.rate() - one.low)}};
}

double differenceChance(const Count& first, const Count& second)
{
    const std::uint64_t of = first.of + second.of;
    const std::uint64_t all = first.all + second.all;
    if (!first.recorded() || !second.recorded() || of == 0 || of == all)
        return 1;
    const double rarer = static_cast<double>(std::min(of, all - of)) / static_cast<double>(all);
    if (all <= mostExactTotal && rarer * static_cast<double>(std::min(first.all, second.all)) < 5)
        return fisherChance(first, second);
    const double together = static_cast<double>(of) / static_cast<double>(all);
    const double spread =
        together * (1 - together) * (1 / static_cast<double>(first.all) + 1 / static_cast<double>(second.all));
    const double off = second.rate() - first.rate();
    return chiSquareAbove(off * off / spread, 1);
}

} // namespace arcscope
