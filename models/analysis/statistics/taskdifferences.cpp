#include "taskdifferences.h"

#include "drawnbits.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::size_t mostArranged = 16;
constexpr double even = 1e-9; ///< sums that differ by less, as a share of the largest possible, are equal

/// Tasks, or the groups that they are put into.
struct Resampled {
    std::vector<double> sum;
    std::vector<double> tasks;
};

Resampled groupsOf(std::span<const double> values)
{
    const std::size_t groups = std::min(values.size(), mostResampledTasks);
    Resampled made{std::vector<double>(groups), std::vector<double>(groups)};
    for (std::size_t i = 0; i < values.size(); ++i) {
        made.sum[i % groups] += values[i];
        ++made.tasks[i % groups];
    }
    return made;
}

/// Share of all arrangements of signs whose sum is as large; by Gray's code one sign changes at a time.
double arrangedShare(const std::vector<double>& values, double least)
{
    const std::uint32_t all = std::uint32_t{1} << values.size();
    double sum = std::accumulate(values.begin(), values.end(), 0.0);
    std::vector<double> signedValues = values;
    std::uint32_t extreme = 0;
    for (std::uint32_t i = 1;; ++i) {
        extreme += std::abs(sum) >= least;
        if (i == all)
            break;
        double& flipped = signedValues[static_cast<std::size_t>(std::countr_zero(i))];
        sum -= 2 * flipped;
        flipped = -flipped;
    }
    return static_cast<double>(extreme) / all;
}

double drawnShare(const std::vector<double>& values, double least)
{
    std::uint32_t extreme = 1; // the arrangement seen is one of them
    std::uint64_t number = 0;
    for (std::size_t draw = 0; draw < resamples; ++draw) {
        double sum = 0;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i % 64 == 0)
                bits = drawnBits(number++);
            sum += (bits >> (i % 64) & 1U) != 0 ? values[i] : -values[i];
        }
        extreme += std::abs(sum) >= least;
    }
    return static_cast<double>(extreme) / static_cast<double>(resamples + 1);
}

} // namespace

SignFlipTest signFlipTest(std::span<const double> differences)
{
    std::vector<double> differing;
    std::copy_if(differences.begin(), differences.end(), std::back_inserter(differing),
                 [](double difference) { return std::abs(difference) > 0; });
    SignFlipTest test;
    test.differing = differing.size();
    test.exact = differing.size() <= mostArranged;
    if (differing.empty())
        return test;
    const std::vector<double> values = groupsOf(differing).sum;
    const double sum = std::abs(std::accumulate(values.begin(), values.end(), 0.0));
    const double most =
        std::accumulate(values.begin(), values.end(), 0.0, [](double all, double one) { return all + std::abs(one); });
    const double least = sum - even * most;
    test.p = test.exact ? arrangedShare(values, least) : drawnShare(values, least);
    return test;
}

std::optional<MeanDifference> meanDifference(std::span<const double> differences, double confidence)
{
    if (differences.empty())
        return std::nullopt;
    const double tasks = static_cast<double>(differences.size());
    MeanDifference mean;
    mean.value = std::accumulate(differences.begin(), differences.end(), 0.0) / tasks;
    const auto differing = std::count_if(differences.begin(), differences.end(),
                                         [](double difference) { return std::abs(difference) > 0; });
    if (differences.size() < leastTasks || static_cast<std::size_t>(differing) < leastDiffering)
        return mean;
    Resampled groups = groupsOf(differences);
    const double count = static_cast<double>(groups.sum.size());
    double squares = 0;
    for (std::size_t i = 0; i < groups.sum.size(); ++i) {
        groups.sum[i] -= mean.value * groups.tasks[i]; // what is left around the mean
        squares += groups.sum[i] * groups.sum[i];
    }
    const auto errorOf = [&](double sumOfSquares, double over) {
        return std::sqrt(std::max(0.0, sumOfSquares) * count / (count - 1)) / over;
    };
    const double error = errorOf(squares, tasks);
    if (!(error > 1e-12 * (1 + std::abs(mean.value)))) // all tasks differ by the same
        return mean;
    std::vector<double> t;
    std::uint64_t number = std::uint64_t{1} << 40U;
    for (std::size_t draw = 0; draw < resamples; ++draw) {
        double sum = 0;
        double over = 0;
        double sum2 = 0;
        double both = 0;
        double over2 = 0;
        for (std::size_t i = 0; i < groups.sum.size(); ++i) {
            const std::uint32_t at = drawnBelow(drawnBits(number++), static_cast<std::uint32_t>(groups.sum.size()));
            const double off = groups.sum[at];
            const double size = groups.tasks[at];
            sum += off;
            over += size;
            sum2 += off * off;
            both += off * size;
            over2 += size * size;
        }
        const double moved = sum / over;
        const double drawnError = errorOf(sum2 - 2 * moved * both + moved * moved * over2, over);
        if (drawnError > error * 1e-6)
            t.push_back(std::abs(moved) / drawnError);
    }
    // Where nearly all tasks differ alike some resamples have no spread, which is as far off as can be.
    t.resize(resamples, std::numeric_limits<double>::infinity());
    const auto at = static_cast<std::size_t>(std::llround(confidence * static_cast<double>(resamples + 1))) - 1;
    std::nth_element(t.begin(), t.begin() + static_cast<std::ptrdiff_t>(at), t.end());
    if (std::isfinite(t[at]))
        mean.interval = Interval{mean.value - t[at] * error, mean.value + t[at] * error};
    return mean;
}

} // namespace arcscope
