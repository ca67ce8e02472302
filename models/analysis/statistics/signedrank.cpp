#include "signedrank.h"

#include "tails.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

namespace arcscope
{
namespace
{

/// In how many ways of giving signs the ranks of positive ones add up to 0, 1, …; ranks are whole numbers.
std::vector<double> waysToAddUp(const std::vector<std::uint32_t>& ranks)
{
    std::vector<double> ways{1};
    for (const std::uint32_t rank : ranks) {
        ways.resize(ways.size() + rank, 0);
        for (std::size_t sum = ways.size(); sum-- > rank;)
            ways[sum] += ways[sum - rank];
    }
    return ways;
}

/// Means of all pairs of sorted values, each with itself, in order, without a list of them.
class PairMeans
{
public:
    explicit PairMeans(std::span<const double> values)
        : m_values(values.begin(), values.end())
    {
        std::sort(m_values.begin(), m_values.end());
    }

    std::uint64_t count() const { return std::uint64_t{m_values.size()} * (m_values.size() + 1) / 2; }

    /// The rank-th smallest, counted from 1: to the precision of a double.
    double at(std::uint64_t rank) const
    {
        double low = m_values.front();
        double high = m_values.back();
        for (int i = 0; i < 80; ++i) {
            const double middle = low + (high - low) / 2;
            (notAbove(middle) >= rank ? high : low) = middle;
        }
        return notAbove(low) >= rank ? low : high;
    }

private:
    std::uint64_t notAbove(double limit) const
    {
        std::uint64_t pairs = 0;
        std::size_t near = m_values.size(); // values before it are small enough with the one looked at
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            while (near > 0 && m_values[i] / 2 + m_values[near - 1] / 2 > limit)
                --near;
            if (near <= i)
                break;
            pairs += near - i;
        }
        return pairs;
    }

    std::vector<double> m_values;
};

/// The rank of the lower end of the interval among the means of pairs.
std::uint64_t lowerEnd(std::size_t count, double confidence)
{
    const double tail = (1 - confidence) / 2;
    const double n = static_cast<double>(count);
    if (count > mostExactRanks) {
        const double rank = n * (n + 1) / 4 - normalPointOf(confidence) * std::sqrt(n * (n + 1) * (2 * n + 1) / 24);
        return static_cast<std::uint64_t>(std::max(1.0, std::floor(rank)));
    }
    std::vector<std::uint32_t> ranks(count);
    std::iota(ranks.begin(), ranks.end(), 1U);
    const std::vector<double> ways = waysToAddUp(ranks);
    const double all = std::ldexp(1.0, static_cast<int>(count));
    double below = 0;
    std::uint64_t rank = 0;
    while (rank < ways.size() && (below + ways[rank]) / all <= tail)
        below += ways[rank++];
    return std::max<std::uint64_t>(rank, 1);
}

} // namespace

SignedRankTest signedRankTest(std::span<const double> differences)
{
    std::vector<double> sizes;
    SignedRankTest test;
    for (const double difference : differences) {
        test.more += difference > 0;
        test.less += difference < 0;
        if (std::abs(difference) > 0)
            sizes.push_back(difference);
    }
    test.same = differences.size() - sizes.size();
    if (sizes.empty())
        return test;
    std::sort(sizes.begin(), sizes.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    std::vector<std::uint32_t> ranks(sizes.size()); // twice the rank: those of ties are halves
    double ties = 0;                                // sum of t^3 - t
    double positive = 0;
    for (std::size_t from = 0; from < sizes.size();) {
        std::size_t to = from;
        while (to < sizes.size() && !(std::abs(sizes[from]) < std::abs(sizes[to])))
            ++to;
        const double equal = static_cast<double>(to - from);
        ties += equal * equal * equal - equal;
        for (std::size_t i = from; i < to; ++i) {
            ranks[i] = static_cast<std::uint32_t>(from + to + 1);
            positive += sizes[i] > 0 ? static_cast<double>(ranks[i]) : 0;
        }
        from = to;
    }
    const double n = static_cast<double>(sizes.size());
    const double middle = n * (n + 1) / 2; // of twice the ranks
    const double off = std::abs(positive - middle);
    if (sizes.size() <= mostExactRanks) {
        test.exact = true;
        const std::vector<double> ways = waysToAddUp(ranks);
        double extreme = 0;
        for (std::size_t sum = 0; sum < ways.size(); ++sum)
            extreme += std::abs(static_cast<double>(sum) - middle) >= off - 0.25 ? ways[sum] : 0;
        test.p = std::min(1.0, extreme / std::ldexp(1.0, static_cast<int>(sizes.size())));
        return test;
    }
    const double spread = 2 * std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
    test.p = std::min(1.0, 2 * normalAbove((off - 1) / spread));
    return test;
}

Shift pairedShift(std::span<const double> differences, double confidence)
{
    assert(differences.size() >= leastRanked);
    const PairMeans means(differences);
    const std::uint64_t count = means.count();
    Shift shift;
    shift.estimate = count % 2 == 1 ? means.at(count / 2 + 1) : (means.at(count / 2) + means.at(count / 2 + 1)) / 2;
    const std::uint64_t rank = lowerEnd(differences.size(), confidence);
    shift.low = means.at(rank);
    shift.high = means.at(count + 1 - rank);
    return shift;
}

} // namespace arcscope
