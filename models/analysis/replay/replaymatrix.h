// Prompt forks against models: how many tasks each pair has, what differs in them, and how far that may be believed.
#pragma once

#include "replaysummary.h"

namespace arcscope
{

struct ReplayCell {
    std::uint64_t tasks = 0;                                        ///< 0: no replayed task
    std::array<std::uint64_t, replayDifferenceCount> differences{}; ///< tasks by what matters most
    std::array<std::uint64_t, replayTaskStateCount> states{};
    std::uint64_t gains = 0;
    std::uint64_t regressions = 0;
    std::uint64_t steps = 0; ///< of models
    std::uint64_t valid = 0; ///< of them context-equal

    bool operator==(const ReplayCell&) const = default;
};

struct ReplayMatrix {
    struct Column {
        std::uint32_t side = 1;
        std::string model; ///< empty: not recorded

        bool operator==(const Column&) const = default;
    };
    struct Line {
        std::string fork;        ///< empty: not recorded
        std::uint64_t tasks = 0; ///< that the base has, replayed or not

        bool operator==(const Line&) const = default;
    };
    std::vector<Line> lines; ///< the fork with most tasks first
    std::vector<Column> columns;
    std::vector<ReplayCell> cells; ///< by lines

    const ReplayCell& at(std::size_t line, std::size_t column) const { return cells[line * columns.size() + column]; }
};

/// `summaries`: of all candidates. `forkOfTask`: the prompt fork of each task of the pairing.
ReplayMatrix replayMatrix(const ReplayPairing& pairing, std::span<const ReplaySummary> summaries,
                          std::span<const std::string> forkOfTask);

} // namespace arcscope
