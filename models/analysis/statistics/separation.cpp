#include "separation.h"

#include "drawnbits.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <utility>

namespace arcscope
{
namespace
{

constexpr double mostWays = 10'000;
constexpr std::uint32_t draws = 9'999;
constexpr double ownWays = 200; ///< from so many on a task is judged by itself
constexpr double even = 1e-12;  ///< of what distances add up to

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
    const double least = test.apart - even * (1 + arrangements.total());
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

namespace
{

/// How far apart the sides of a task are, and how far they would be if its runs had come in other ways.
struct Seen {
    double apart = 0;
    std::vector<double> others;
};

Seen seenOf(const SeparatedRuns& task)
{
    const std::size_t runs = task.first + task.second;
    const Arrangements arrangements(task.distances, task.first, task.second);
    std::vector<std::size_t> chosen(task.first);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    Seen seen{arrangements.apart(chosen), {}};
    // Where both sides have as many runs each way comes twice, with the sides exchanged.
    const bool twice = task.first == task.second;
    while (nextChoice(chosen, runs)) {
        if (!twice || chosen.front() == 0)
            seen.others.push_back(arrangements.apart(chosen));
    }
    return seen;
}

std::optional<double> chanceAmong(std::vector<double>& sorted, double value)
{
    if (sorted.size() < leastHeldAgainst)
        return std::nullopt;
    const auto beyond = sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), value - even * 1'000);
    return (1.0 + static_cast<double>(beyond)) / (1.0 + static_cast<double>(sorted.size()));
}

} // namespace

std::vector<std::optional<double>> separationsOf(std::span<const SeparatedRuns> tasks, std::span<const double> reruns)
{
    std::vector<std::optional<double>> chances(tasks.size());
    std::vector<double> apart(tasks.size());
    std::map<std::pair<std::size_t, std::size_t>, std::vector<double>> others;
    std::vector<double>& single = others[{1, 1}];
    single.assign(reruns.begin(), reruns.end());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const SeparatedRuns& task = tasks[i];
        if (task.first == 1 && task.second == 1) {
            apart[i] = task.distances[1];
        } else if (waysOf(task.first + task.second, task.first) >= ownWays) {
            chances[i] = separationTest(task.distances, task.first, task.second).p;
        } else {
            Seen seen = seenOf(task);
            apart[i] = seen.apart;
            std::vector<double>& all = others[std::minmax(task.first, task.second)];
            all.insert(all.end(), seen.others.begin(), seen.others.end());
        }
    }
    for (auto& [runs, values] : others)
        std::sort(values.begin(), values.end());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (!chances[i])
            chances[i] = chanceAmong(others[std::minmax(tasks[i].first, tasks[i].second)], apart[i]);
    }
    return chances;
}

} // namespace arcscope
