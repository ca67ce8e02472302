#include "ranktest.h"

#include "tails.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace arcscope
{
namespace
{

/// In how many ways the pairs won can be 0, 1, … first * second: the coefficients of a Gaussian binomial. Whole numbers
/// that doubles hold for samples up to mostExact (C(40, 20) < 2^53).
std::vector<double> waysToWin(std::size_t first, std::size_t second)
{
    const std::size_t most = first * second;
    std::vector<double> ways(most + 1, 0);
    ways[0] = 1;
    for (std::size_t i = 1; i <= first; ++i) {
        for (std::size_t u = most + 1; u-- > second + i;) // times 1 - x^(second + i)
            ways[u] -= ways[u - second - i];
        for (std::size_t u = i; u <= most; ++u) // divided by 1 - x^i
            ways[u] += ways[u - i];
    }
    return ways;
}

bool fewEnough(std::size_t first, std::size_t second)
{
    return first <= mostExact && second <= mostExact;
}

double exactP(std::size_t first, std::size_t second, double u, Alternative alternative)
{
    const std::vector<double> ways = waysToWin(first, second);
    const double all = std::accumulate(ways.begin(), ways.end(), 0.0);
    const double larger = alternative == Alternative::Greater
                              ? u
                              : std::max(u, static_cast<double>(first) * static_cast<double>(second) - u);
    double extreme = 0;
    for (auto i = static_cast<std::size_t>(larger); i < ways.size(); ++i)
        extreme += ways[i];
    return std::min(1.0, (alternative == Alternative::TwoSided ? 2 : 1) * extreme / all);
}

/// Doubles in their order, as integers without gaps.
std::int64_t orderOf(double value)
{
    const auto bits = std::bit_cast<std::int64_t>(value + 0.0); // one zero, not two
    return bits >= 0 ? bits : static_cast<std::int64_t>(0x8000000000000000ULL - static_cast<std::uint64_t>(bits));
}

double atOrder(std::int64_t order)
{
    return std::bit_cast<double>(
        order >= 0 ? order : static_cast<std::int64_t>(0x8000000000000000ULL - static_cast<std::uint64_t>(order)));
}

/// All differences between the values of two sorted samples, in order, without a list of them.
class Differences
{
public:
    Differences(std::span<const double> first, std::span<const double> second)
        : m_first(first.begin(), first.end())
        , m_second(second.begin(), second.end())
    {
        std::sort(m_first.begin(), m_first.end());
        std::sort(m_second.begin(), m_second.end());
    }

    std::uint64_t count() const { return std::uint64_t{m_first.size()} * m_second.size(); }

    /// The rank-th smallest, counted from 1.
    double at(std::uint64_t rank) const
    {
        std::int64_t low = orderOf(m_second.front() - m_first.back());
        std::int64_t high = orderOf(m_second.back() - m_first.front());
        while (low < high) {
            const std::int64_t middle =
                low +
                static_cast<std::int64_t>((static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low)) / 2);
            if (notAbove(atOrder(middle)) >= rank)
                high = middle;
            else
                low = middle + 1;
        }
        return atOrder(low);
    }

private:
    /// Both samples are sorted: as values of the first one grow, more of the second are near enough.
    std::uint64_t notAbove(double limit) const
    {
        std::uint64_t pairs = 0;
        std::size_t near = 0;
        for (const double value : m_first) {
            while (near < m_second.size() && m_second[near] - value <= limit)
                ++near;
            pairs += near;
        }
        return pairs;
    }

    std::vector<double> m_first;
    std::vector<double> m_second;
};

/// The rank of the lower end of the interval among the differences.
std::uint64_t lowerRank(std::size_t first, std::size_t second, double confidence)
{
    const double tail = (1 - confidence) / 2;
    const double m = static_cast<double>(first);
    const double n = static_cast<double>(second);
    if (!fewEnough(first, second)) {
        const double rank = m * n / 2 - normalPoint(tail) * std::sqrt(m * n * (m + n + 1) / 12);
        return static_cast<std::uint64_t>(std::max(1.0, std::floor(rank)));
    }
    const std::vector<double> ways = waysToWin(first, second);
    const double all = std::accumulate(ways.begin(), ways.end(), 0.0);
    double below = 0;
    std::uint64_t rank = 0;
    while (rank < ways.size() && (below + ways[rank]) / all < tail)
        below += ways[rank++];
    return std::max<std::uint64_t>(rank, 1);
}

} // namespace

RankTest mannWhitney(std::span<const double> first, std::span<const double> second, Alternative alternative)
{
    if (first.empty() || second.empty())
        return {};
    struct Ranked {
        double value;
        bool ofSecond;
    };
    std::vector<Ranked> all;
    all.reserve(first.size() + second.size());
    for (const double value : first)
        all.push_back({value, false});
    for (const double value : second)
        all.push_back({value, true});
    std::sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.value < b.value; });
    double ranks = 0; // of the second sample
    double ties = 0;  // sum of t^3 - t
    for (std::size_t from = 0; from < all.size();) {
        std::size_t to = from;
        double ofSecond = 0;
        for (; to < all.size() && !(all[from].value < all[to].value); ++to)
            ofSecond += all[to].ofSecond;
        const double equal = static_cast<double>(to - from);
        ranks += ofSecond * (static_cast<double>(from + to + 1) / 2);
        ties += equal * equal * equal - equal;
        from = to;
    }
    const double m = static_cast<double>(first.size());
    const double n = static_cast<double>(second.size());
    RankTest test;
    test.u = ranks - n * (n + 1) / 2;
    test.ties = ties / ((m + n) * (m + n) * (m + n) - (m + n));
    if (!(ties > 0) && fewEnough(first.size(), second.size())) {
        test.exact = true;
        test.p = exactP(first.size(), second.size(), test.u, alternative);
        return test;
    }
    const double spread = std::sqrt(m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1))));
    if (!(spread > 0)) // all values are equal
        return test;
    const double off = alternative == Alternative::Greater ? test.u - m * n / 2 : std::abs(test.u - m * n / 2);
    const double chance = normalAbove((off - 0.5) / spread);
    test.p = std::min(1.0, alternative == Alternative::TwoSided ? 2 * chance : chance);
    return test;
}

Shift hodgesLehmann(std::span<const double> first, std::span<const double> second, double confidence)
{
    assert(!first.empty() && !second.empty());
    const Differences differences(first, second);
    const std::uint64_t count = differences.count();
    Shift shift;
    shift.estimate = count % 2 == 1 ? differences.at(count / 2 + 1)
                                    : (differences.at(count / 2) + differences.at(count / 2 + 1)) / 2;
    const std::uint64_t rank = lowerRank(first.size(), second.size(), confidence);
    shift.low = differences.at(rank);
    shift.high = differences.at(count + 1 - rank);
    return shift;
}

std::vector<double> adjustedForMany(std::span<const double> p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
    std::vector<double> adjusted(p.size());
    double least = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double rank = static_cast<double>(order.size() - i);
        least = std::min(least, p[order[i]] * static_cast<double>(order.size()) / rank);
        adjusted[order[i]] = least;
    }
    return adjusted;
}

} // namespace arcscope
