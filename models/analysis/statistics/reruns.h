// Several runs of each task by one model: what is done every time, and how much changes by running again.
#pragma once

#include "taskdifferences.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace arcscope
{

/// Runs of one task on one side, of those whose outcome is known.
struct TaskRuns {
    std::uint32_t done = 0;
    std::uint32_t runs = 0;

    double rate() const { return runs == 0 ? 0 : static_cast<double>(done) / runs; }
    bool operator==(const TaskRuns&) const = default;
};

/// The chance that `times` further runs are all done, C(done, times) / C(runs, times): the unbiased estimator of pass^k
/// (Yao et al., tau-bench, arXiv:2406.12045; its twin pass@k is that of Chen et al. 2021). Nothing where there are
/// fewer runs. times > 0.
std::optional<double> passAll(const TaskRuns& task, std::uint32_t times);

/// One point of the curve: the mean over the tasks with enough runs.
struct PassPoint {
    std::uint32_t times = 1;
    std::uint64_t tasks = 0;
    MeanDifference share; ///< the interval is by tasks

    bool operator==(const PassPoint&) const = default;
};

/// From 1 to the most runs that any task has, and `most` at most.
std::vector<PassPoint> passCurve(std::span<const TaskRuns> tasks, std::uint32_t most = 8);

/// A task that both sides ran.
struct TaskRunsPair {
    TaskRuns base;
    TaskRuns candidate;
};

/// What running again changes by itself (A/A).
struct RerunNoise {
    std::uint64_t tasks = 0; ///< with reruns on a side: what is known of noise is from these
    std::uint64_t pairs = 0; ///< pairs of runs of one model on one task
    double churn = 0;        ///< the mean over those tasks of the share of pairs whose outcomes differ
    /// Within plus or minus this the difference of rates between two sides of one and the same model would lie in 95 of
    /// 100 cases, on these tasks and with as many runs of each. The tasks are held fixed; by Student's t, with the
    /// freedom that the spread of churn over tasks leaves.
    double band = 0;

    bool operator==(const RerunNoise&) const = default;
};

/// From the variance within tasks. Only tasks with runs on both sides count for the band. Nothing where no task has
/// reruns: noise is then not recorded.
std::optional<RerunNoise> rerunNoise(std::span<const TaskRunsPair> tasks);

} // namespace arcscope
