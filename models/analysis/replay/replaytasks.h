// Verdicts of pairs of runs gathered by task: what a task came to, beside what its reruns do by themselves.
#pragma once

#include "replaysummary.h"

namespace arcscope
{

struct ReplayTasks {
    struct Task {
        ReplayTaskSummary summary;
        std::vector<std::uint32_t> across; ///< verdicts of a run of the base and one of the candidate
        std::vector<std::uint32_t> within; ///< of two runs of one of both sides
        std::array<Count, 2> declined{};   ///< runs that declined, by side, of those in `across`
    };
    std::vector<Task> tasks; ///< compared ones, in the order of the pairing
    std::array<std::uint64_t, 4> gaps{};
    bool reruns = false;
    std::uint64_t judgedApart = 0;
};

ReplayTasks replayTasks(const ReplayPairing& pairing, std::span<const ReplayVerdict> verdicts, std::uint32_t side);

} // namespace arcscope
