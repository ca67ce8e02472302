// Brings the runs of one task together, by what they record or what a person says; trials of one task are told apart.
#pragma once

#include "replay.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// A run with what it can be found by.
struct PairableRun {
    ReplayRun run;           ///< `side`, `task` and `trial` are found here
    std::string trace;       ///< id of its first trace
    std::string task;        ///< empty: not recorded
    std::uint64_t input = 0; ///< of the first request, equal but for white space; 0: not recorded
    std::string request;     ///< its beginning
    std::string file;        ///< name of the file that it is of, without folders
    std::uint32_t inFile = 0;
    std::string value; ///< of the field that the user named; empty: not recorded
};

/// These two are runs of one task, whatever they record; and so are all that further pairs hold together with them.
struct ManualPair {
    std::string base; ///< id of the trace
    std::uint32_t side = 1;
    std::string candidate;

    bool operator==(const ManualPair&) const = default;
};

struct PairingRules {
    enum class By : std::uint8_t {
        Anything, ///< task ids; of what is left equal first requests; of what has neither the place in files of one
                  ///< name
        Task,
        Input,
        File,
        Expression, ///< PairableRun::value
    };
    By by = By::Anything;
    std::vector<ManualPair> manual; ///< before anything else
};

/// `sides`: the runs of each in the order of time. What pairs a run of the base with one candidate does not part it
/// from another: whose key it has, too, joins that task. A task without a base run, or without any candidate, is one
/// with a gap, unless there is only one side. Every run is in exactly one task; the order of tasks is that of the first
/// side that has them. O(n log n).
ReplayPairing pairRuns(std::vector<std::vector<PairableRun>> sides, const PairingRules& rules = {});

} // namespace arcscope
