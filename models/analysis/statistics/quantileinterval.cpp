#include "quantileinterval.h"

#include "tails.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t mostExactValues = 2'000;

struct Ranks {
    std::size_t low = 0; ///< counted from 1; 0: there is none
    std::size_t high = 0;
};

/// The largest low with P(X < low) and the smallest high with P(X >= high) at most `tail`, X binomial.
Ranks exactRanks(std::size_t n, double quantile, double tail)
{
    Ranks ranks;
    const double count = static_cast<double>(n);
    double below = 0; // P(X < rank)
    for (std::size_t rank = 1; rank <= n; ++rank) {
        const double k = static_cast<double>(rank - 1);
        below += std::exp(std::lgamma(count + 1) - std::lgamma(k + 1) - std::lgamma(count - k + 1) +
                          k * std::log(quantile) + (count - k) * std::log1p(-quantile));
        if (below <= tail)
            ranks.low = rank;
        if (1 - below <= tail) {
            ranks.high = rank;
            break;
        }
    }
    return ranks;
}

Ranks ranksOf(std::size_t n, double quantile, double confidence)
{
    if (n <= mostExactValues)
        return exactRanks(n, quantile, (1 - confidence) / 2);
    const double middle = static_cast<double>(n) * quantile;
    const double off = normalPointOf(confidence) * std::sqrt(middle * (1 - quantile));
    Ranks ranks;
    if (middle - off >= 1)
        ranks.low = static_cast<std::size_t>(middle - off);
    if (middle + off + 1 <= static_cast<double>(n))
        ranks.high = static_cast<std::size_t>(std::ceil(middle + off)) + 1;
    if (ranks.high > n)
        ranks.high = 0;
    return ranks;
}

template <typename Value>
QuantileEstimate estimated(std::span<Value> values, double quantile, double confidence)
{
    assert(quantile > 0 && quantile < 1);
    QuantileEstimate estimate;
    estimate.count = values.size();
    if (values.empty())
        return estimate;
    const auto at = [&](std::size_t from, std::size_t rank) {
        const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
        std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(from), place, values.end());
        return *place;
    };
    const auto nearest = static_cast<std::size_t>(std::ceil(quantile * static_cast<double>(values.size()) - 1e-9));
    const std::size_t rank = std::max<std::size_t>(nearest, 1);
    const Ranks ranks = ranksOf(values.size(), quantile, confidence);
    estimate.bounded = ranks.low > 0 && ranks.high > 0;
    if (!estimate.bounded) {
        estimate.value = at(0, rank);
        return estimate;
    }
    estimate.low = at(0, ranks.low);
    estimate.value = at(ranks.low - 1, rank);
    estimate.high = at(rank - 1, ranks.high);
    return estimate;
}

} // namespace

QuantileEstimate quantileOf(std::span<std::int64_t> values, double quantile, double confidence)
{
    return estimated(values, quantile, confidence);
}

QuantileEstimate quantileOf(std::span<std::int32_t> values, double quantile, double confidence)
{
    return estimated(values, quantile, confidence);
}

} // namespace arcscope
