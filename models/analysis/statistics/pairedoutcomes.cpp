#include "pairedoutcomes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace arcscope
{
namespace
{

/// Of coins thrown `n` times: the chance of `k` heads, and of that many at most. k <= n / 2.
struct Heads {
    double exactly = 1;
    double atMost = 1;
};
Heads headsOf(std::uint64_t n, std::uint64_t k)
{
    const double all = static_cast<double>(n);
    const double of = static_cast<double>(k);
    Heads heads;
    heads.exactly =
        std::exp(std::lgamma(all + 1) - std::lgamma(of + 1) - std::lgamma(all - of + 1) - all * std::log(2.0));
    heads.atMost = heads.exactly;
    double term = heads.exactly;
    for (double i = of; i > 0 && term > heads.atMost * 1e-17; --i) {
        term *= i / (all - i + 1);
        heads.atMost += term;
    }
    return heads;
}

/// How alike both sides are in what they do, corrected for chance in small samples as Newcombe does.
double correlation(const PairedOutcomes& outcomes)
{
    const auto of = [](std::uint64_t count) { return static_cast<double>(count); };
    const double margins = of(outcomes.both + outcomes.gains) * of(outcomes.regressions + outcomes.neither) *
                           of(outcomes.both + outcomes.regressions) * of(outcomes.gains + outcomes.neither);
    if (!(margins > 0))
        return 0;
    const double alike = of(outcomes.both) * of(outcomes.neither) - of(outcomes.gains) * of(outcomes.regressions);
    const double half = of(outcomes.tasks()) / 2;
    return (alike > 0 ? std::max(0.0, alike - half) : alike) / std::sqrt(margins);
}

} // namespace

McNemarTest mcNemar(const PairedOutcomes& outcomes)
{
    const std::uint64_t changed = outcomes.gains + outcomes.regressions;
    McNemarTest test;
    test.midP = outcomes.tasks() > mostExactTasks;
    if (changed == 0)
        return test;
    const std::uint64_t fewer = std::min(outcomes.gains, outcomes.regressions);
    const Heads heads = headsOf(changed, fewer);
    const bool even = 2 * fewer == changed;
    if (even)
        test.p = test.midP ? 1 - heads.exactly / 2 : 1;
    else
        test.p = std::min(1.0, 2 * heads.atMost - (test.midP ? heads.exactly : 0));
    return test;
}

Estimate pairedRateDifference(const PairedOutcomes& outcomes, double confidence)
{
    assert(outcomes.tasks() > 0);
    const double base = outcomes.base().rate();
    const double candidate = outcomes.candidate().rate();
    const Interval one = wilsonInterval(outcomes.base(), confidence);
    const Interval two = wilsonInterval(outcomes.candidate(), confidence);
    const double alike = correlation(outcomes);
    const auto reach = [&](double a, double b) { return std::sqrt(std::max(0.0, a * a - 2 * alike * a * b + b * b)); };
    const double value = candidate - base;
    return {value,
            {std::max(-1.0, value - reach(candidate - two.low, one.high - base)),
             std::min(1.0, value + reach(two.high - candidate, base - one.low))}};
}

std::optional<Estimate> gainOdds(const PairedOutcomes& outcomes, double confidence)
{
    const Count gains{outcomes.gains, outcomes.gains + outcomes.regressions};
    if (!gains.recorded())
        return std::nullopt;
    const auto odds = [](double share) {
        return share < 1 ? share / (1 - share) : std::numeric_limits<double>::infinity();
    };
    const Interval share = wilsonInterval(gains, confidence);
    return Estimate{odds(gains.rate()), {odds(share.low), odds(share.high)}};
}

} // namespace arcscope
