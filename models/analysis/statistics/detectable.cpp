#include "detectable.h"

#include "pairedoutcomes.h"
#include "tails.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::uint64_t mostCounted = 300;

/// Chances of 0 to n successes.
std::vector<double> binomialChances(std::uint64_t n, double share)
{
    std::vector<double> chances(n + 1);
    if (share <= 0 || share >= 1) {
        chances[share >= 1 ? n : 0] = 1;
        return chances;
    }
    const double all = static_cast<double>(n);
    for (std::uint64_t i = 0; i <= n; ++i) {
        const double k = static_cast<double>(i);
        chances[i] = std::exp(std::lgamma(all + 1) - std::lgamma(k + 1) - std::lgamma(all - k + 1) +
                              k * std::log(share) + (all - k) * std::log1p(-share));
    }
    return chances;
}

/// For each number of changed tasks: how few regressions still say that the candidate is better; -1: none does.
std::vector<std::int64_t> limits(std::uint64_t tasks)
{
    std::vector<std::int64_t> most(tasks + 1, -1);
    for (std::uint64_t changed = 1; changed <= tasks; ++changed) {
        std::int64_t regressions = most[changed - 1]; // one more change never lowers it
        for (;;) {
            const auto next = static_cast<std::uint64_t>(regressions + 1);
            if (2 * next >= changed || mcNemar({tasks - changed, changed - next, next, 0}).p > 0.05)
                break;
            ++regressions;
        }
        most[changed] = regressions;
    }
    return most;
}

double countedPower(const std::vector<std::int64_t>& limits, double churn, double gained)
{
    const std::uint64_t tasks = limits.size() - 1;
    const double changing = churn + gained;
    const std::vector<double> changes = binomialChances(tasks, changing);
    double power = 0;
    for (std::uint64_t changed = 1; changed <= tasks; ++changed) {
        if (limits[changed] < 0 || changes[changed] < 1e-12)
            continue;
        const std::vector<double> regressions = binomialChances(changed, churn / 2 / changing);
        double found = 0;
        for (std::int64_t i = 0; i <= limits[changed]; ++i)
            found += regressions[static_cast<std::size_t>(i)];
        power += changes[changed] * found;
    }
    return power;
}

double approximatePower(std::uint64_t tasks, double churn, double gained)
{
    const double changing = churn + gained;
    const double spread = std::sqrt(std::max(1e-12, changing - gained * gained));
    const double z =
        (gained * std::sqrt(static_cast<double>(tasks)) - normalPointOf(0.95) * std::sqrt(changing)) / spread;
    return normalAbove(-z);
}

} // namespace

std::optional<double> detectableRate(std::uint64_t tasks, double churn, double power)
{
    assert(churn >= 0 && churn <= 1 && power > 0.5 && power < 1);
    const bool counted = tasks <= mostCounted;
    const std::vector<std::int64_t> most = counted ? limits(tasks) : std::vector<std::int64_t>{};
    const auto powerAt = [&](double gained) {
        return counted ? countedPower(most, churn, gained) : approximatePower(tasks, churn, gained);
    };
    double high = 1 - churn;
    if (tasks == 0 || high <= 0 || powerAt(high) < power)
        return std::nullopt;
    double low = 0;
    for (int i = 0; i < 20; ++i) {
        const double middle = (low + high) / 2;
        (powerAt(middle) >= power ? high : low) = middle;
    }
    return high;
}

std::optional<double> detectableMean(std::uint64_t tasks, double deviation, double power)
{
    assert(deviation >= 0 && power > 0.5 && power < 1);
    if (tasks < 6)
        return std::nullopt;
    return (normalPointOf(0.95) + normalPoint(1 - power)) * deviation / std::sqrt(static_cast<double>(tasks));
}

} // namespace arcscope
