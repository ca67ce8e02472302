#include "replaymatrix.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{

ReplayMatrix replayMatrix(const ReplayPairing& pairing, std::span<const ReplaySummary> summaries,
                          std::span<const std::string> forkOfTask)
{
    ReplayMatrix matrix;
    const auto forkOf = [&](std::uint32_t task) { return task < forkOfTask.size() ? forkOfTask[task] : std::string(); };
    std::unordered_map<std::string, std::uint64_t> tasksOf;
    for (std::uint32_t task = 0; task < pairing.tasks.size(); ++task) {
        if (!pairing.tasks[task].runs.empty() && !pairing.tasks[task].runs[0].empty())
            ++tasksOf[forkOf(task)];
    }
    for (const auto& [fork, tasks] : tasksOf)
        matrix.lines.push_back({fork, tasks});
    std::sort(matrix.lines.begin(), matrix.lines.end(),
              [](const auto& a, const auto& b) { return a.tasks != b.tasks ? a.tasks > b.tasks : a.fork < b.fork; });
    std::unordered_map<std::string, std::size_t> lineOf;
    for (std::size_t line = 0; line < matrix.lines.size(); ++line)
        lineOf[matrix.lines[line].fork] = line;
    const auto columnOf = [&](const ReplaySummary& summary, const ReplayTaskSummary& task) {
        const ReplayRun& run = pairing.runs[pairing.tasks[task.task].runs[summary.side].front()];
        return ReplayMatrix::Column{summary.side, run.model};
    };
    for (const ReplaySummary& summary : summaries) {
        for (const ReplayTaskSummary& task : summary.tasks) {
            const ReplayMatrix::Column column = columnOf(summary, task);
            if (std::find(matrix.columns.begin(), matrix.columns.end(), column) == matrix.columns.end())
                matrix.columns.push_back(column);
        }
    }
    matrix.cells.resize(matrix.lines.size() * matrix.columns.size());
    for (const ReplaySummary& summary : summaries) {
        for (const ReplayTaskSummary& task : summary.tasks) {
            const auto column = static_cast<std::size_t>(
                std::find(matrix.columns.begin(), matrix.columns.end(), columnOf(summary, task)) -
                matrix.columns.begin());
            ReplayCell& cell = matrix.cells[lineOf[forkOf(task.task)] * matrix.columns.size() + column];
            ++cell.tasks;
            ++cell.differences[static_cast<std::size_t>(task.difference)];
            ++cell.states[static_cast<std::size_t>(task.state)];
            cell.gains += task.change == ReplayChange::Gain;
            cell.regressions += task.change == ReplayChange::Regression;
            cell.steps += task.steps;
            cell.valid += task.valid;
        }
    }
    return matrix;
}

} // namespace arcscope
