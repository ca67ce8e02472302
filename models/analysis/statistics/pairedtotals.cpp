#include "pairedtotals.h"

#include "drawnbits.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace arcscope
{
namespace
{

/// Both sides of a task, or of the tasks of a group, each as a share of the mean.
struct Shares {
    double base = 0;
    double candidate = 0;
};

/// Sums over tasks as far as the logarithm of a ratio and its error depend on them.
struct Moments {
    double base = 0;
    double candidate = 0;
    double base2 = 0;
    double both = 0;
    double candidate2 = 0;

    void add(const Shares& shares)
    {
        base += shares.base;
        candidate += shares.candidate;
        base2 += shares.base * shares.base;
        both += shares.base * shares.candidate;
        candidate2 += shares.candidate * shares.candidate;
    }
    double logarithm() const { return std::log(candidate / base); }
    double error(double count) const
    {
        const double squares =
            candidate2 / (candidate * candidate) - 2 * both / (candidate * base) + base2 / (base * base);
        return std::sqrt(std::max(0.0, squares) * count / (count - 1));
    }
};

} // namespace

std::optional<TotalRatio> totalRatio(std::span<const double> base, std::span<const double> candidate, double confidence)
{
    assert(base.size() == candidate.size());
    TotalRatio total;
    total.base = std::accumulate(base.begin(), base.end(), 0.0);
    total.candidate = std::accumulate(candidate.begin(), candidate.end(), 0.0);
    if (!(total.base > 0) || !(total.candidate > 0))
        return std::nullopt;
    total.ratio = total.candidate / total.base;
    if (base.size() < leastTasks)
        return total;
    std::vector<Shares> groups(std::min(base.size(), mostResampledTasks));
    const double count = static_cast<double>(groups.size());
    for (std::size_t i = 0; i < base.size(); ++i) {
        groups[i % groups.size()].base += base[i] / total.base * count;
        groups[i % groups.size()].candidate += candidate[i] / total.candidate * count;
    }
    Moments seen;
    for (const Shares& group : groups)
        seen.add(group);
    const double error = seen.error(count);
    if (!(error > 1e-9))
        return total;
    std::vector<double> t;
    std::uint64_t number = std::uint64_t{1} << 41U;
    for (std::size_t draw = 0; draw < resamples; ++draw) {
        Moments drawn;
        for (std::size_t i = 0; i < groups.size(); ++i)
            drawn.add(groups[drawnBelow(drawnBits(number++), static_cast<std::uint32_t>(groups.size()))]);
        const double drawnError = drawn.base > 0 && drawn.candidate > 0 ? drawn.error(count) : 0;
        if (drawnError > error * 1e-6)
            t.push_back(std::abs(drawn.logarithm()) / drawnError);
    }
    t.resize(resamples, std::numeric_limits<double>::infinity());
    const auto at = static_cast<std::size_t>(std::llround(confidence * static_cast<double>(resamples + 1))) - 1;
    std::nth_element(t.begin(), t.begin() + static_cast<std::ptrdiff_t>(at), t.end());
    if (std::isfinite(t[at]))
        total.interval = Interval{total.ratio * std::exp(-t[at] * error), total.ratio * std::exp(t[at] * error)};
    return total;
}

} // namespace arcscope
