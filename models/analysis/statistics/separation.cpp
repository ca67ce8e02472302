#include "separation.h"

#include "drawnbits.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <vector>

namespace arcscope
{
namespace
{

constexpr double mostWays = 10'000;
constexpr std::uint32_t draws = 9'999;

double waysOf(std::size_t all, std::size_t of)
{
    double ways = 1;
    for (std::size_t i = 0; i < of && ways <= 2 * mostWays; ++i)
        ways = ways * static_cast<double>(all - i) / static_cast<double>(i + 1);
    return ways;
}

class Arrangements
{
public:
    Arrangements(std::span<const double> distances, std::size_t first, std::size_t second)
        : m_distances(distances)
        , m_first(first)
        , m_runs(first + second)
    {
        m_between = static_cast<double>(first) * static_cast<double>(second);
        m_within = (static_cast<double>(first) * (static_cast<double>(first) - 1) +
                    static_cast<double>(second) * (static_cast<double>(second) - 1)) /
                   2;
        for (std::size_t i = 0; i < m_runs; ++i) {
            for (std::size_t j = i + 1; j < m_runs; ++j)
                m_all += at(i, j);
        }
    }

    bool known() const { return m_between > 0 && m_within > 0; }
    double total() const { return m_all; }

    /// With these runs as the first side.
    double apart(std::span<const std::size_t> chosen) const
    {
        std::vector<bool>& isFirst = m_isFirst;
        isFirst.assign(m_runs, false);
        for (const std::size_t run : chosen)
            isFirst[run] = true;
        double between = 0;
        for (const std::size_t run : chosen) {
            for (std::size_t other = 0; other < m_runs; ++other)
                between += isFirst[other] ? 0 : at(run, other);
        }
        return between / m_between - (m_all - between) / m_within;
    }

private:
    double at(std::size_t row, std::size_t column) const { return m_distances[row * m_runs + column]; }

    std::span<const double> m_distances;
    std::size_t m_first;
    std::size_t m_runs;
    double m_between = 0;
    double m_within = 0;
    double m_all = 0;
    mutable std::vector<bool> m_isFirst;
};

/// The next choice of as many of `all`, in order; false after the last.
bool nextChoice(std::vector<std::size_t>& chosen, std::size_t all)
{
    for (std::size_t i = chosen.size(); i-- > 0;) {
        if (chosen[i] + (chosen.size() - i) >= all)
            continue;
        ++chosen[i];
        for (std::size_t j = i + 1; j < chosen.size(); ++j)
            chosen[j] = chosen[j - 1] + 1;
        return true;
    }
    return false;
}

} // namespace

SeparationTest separationTest(std::span<const double> distances, std::size_t first, std::size_t second)
{
    const std::size_t runs = first + second;
    assert(runs <= mostSeparated && distances.size() == runs * runs);
    const Arrangements arrangements(distances, first, second);
    SeparationTest test;
    if (!arrangements.known())
        return test;
    std::vector<std::size_t> chosen(first);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    test.apart = arrangements.apart(chosen);
    const double least = test.apart - 1e-12 * (1 + arrangements.total());
    std::uint32_t extreme = 0;
    std::uint32_t tried = 0;
    const auto attempt = [&] {
        extreme += arrangements.apart(chosen) >= least;
        ++tried;
    };
    test.exact = waysOf(runs, first) <= mostWays;
    if (test.exact) {
        do
            attempt();
        while (nextChoice(chosen, runs));
    } else {
        attempt();
        std::vector<std::size_t> order(runs);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::uint64_t number = 0;
        for (std::uint32_t draw = 0; draw < draws; ++draw) {
            for (std::size_t i = 0; i < first; ++i)
                std::swap(order[i], order[i + drawnBelow(drawnBits(number++), static_cast<std::uint32_t>(runs - i))]);
            std::copy_n(order.begin(), first, chosen.begin());
            attempt();
        }
    }
    test.p = static_cast<double>(extreme) / tried;
    return test;
}

} // namespace arcscope
