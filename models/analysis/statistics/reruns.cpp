#include "reruns.h"

#include "tails.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace arcscope
{

std::optional<double> passAll(const TaskRuns& task, std::uint32_t times)
{
    assert(times > 0 && task.done <= task.runs);
    if (task.runs < times)
        return std::nullopt;
    double chance = 1;
    for (std::uint32_t i = 0; i < times && chance > 0; ++i)
        chance *= i < task.done ? static_cast<double>(task.done - i) / (task.runs - i) : 0;
    return chance;
}

std::vector<PassPoint> passCurve(std::span<const TaskRuns> tasks, std::uint32_t most)
{
    std::uint32_t longest = 0;
    for (const TaskRuns& task : tasks)
        longest = std::max(longest, task.runs);
    std::vector<PassPoint> curve;
    std::vector<double> shares;
    for (std::uint32_t times = 1; times <= std::min(longest, most); ++times) {
        shares.clear();
        for (const TaskRuns& task : tasks) {
            if (const std::optional<double> share = passAll(task, times))
                shares.push_back(*share);
        }
        MeanDifference mean = *meanDifference(shares);
        if (mean.interval)
            mean.interval = Interval{std::max(0.0, mean.interval->low), std::min(1.0, mean.interval->high)};
        curve.push_back({times, shares.size(), mean});
    }
    return curve;
}

std::optional<RerunNoise> rerunNoise(std::span<const TaskRunsPair> tasks)
{
    RerunNoise noise;
    double churn = 0;
    double squares = 0;
    double shares = 0; // how much one run counts in the mean of its side, over all tasks
    double paired = 0;
    for (const TaskRunsPair& task : tasks) {
        double differing = 0;
        double pairs = 0;
        for (const TaskRuns& side : {task.base, task.candidate}) {
            differing += static_cast<double>(side.done) * (side.runs - side.done);
            pairs += static_cast<double>(side.runs) * (side.runs - 1.0) / 2;
        }
        if (pairs > 0) {
            ++noise.tasks;
            noise.pairs += static_cast<std::uint64_t>(pairs);
            churn += differing / pairs;
            squares += differing / pairs * (differing / pairs);
        }
        if (task.base.runs > 0 && task.candidate.runs > 0) {
            ++paired;
            shares += 1.0 / task.base.runs + 1.0 / task.candidate.runs;
        }
    }
    if (noise.tasks == 0)
        return std::nullopt;
    noise.churn = churn / static_cast<double>(noise.tasks);
    // What is known of few tasks is itself uncertain: Satterthwaite, Biometrics 2, 1946.
    const double tasksKnown = static_cast<double>(noise.tasks);
    const double spread = tasksKnown > 1 ? (squares - tasksKnown * noise.churn * noise.churn) / (tasksKnown - 1) : 0;
    const double freedom = spread > 0 ? 2 * noise.churn * noise.churn * tasksKnown / spread : tasksKnown;
    if (paired > 0) // two runs differ with twice the variance of one
        noise.band = studentPointOf(0.95, std::max(3.0, freedom)) * std::sqrt(noise.churn / 2 * shares) / paired;
    return noise;
}

} // namespace arcscope
