// Which runs of a task are compared, and what tells two of them apart from all others.
#pragma once

#include "contentdigest.h"
#include "replaysearch.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

struct RunPair {
    std::uint32_t base = 0; ///< in ReplayPairing::runs
    std::uint32_t candidate = 0;
};

/// Those of a task: across the sides, then the reruns of each side; see mostTrials.
std::vector<RunPair> pairsOf(const ReplayTask& task);

/// Id of the first trace of a run.
std::string idOfRun(const ReplayRequest& request, const ReplayRun& run);

/// What a person said of the steps of these two runs.
std::span<const StepAnchor> anchorsBetween(const ReplayRequest& request, const ReplayRun& base,
                                           const ReplayRun& candidate);
/// Another value for other anchors; 0: there are none.
std::uint64_t anchoredBy(std::span<const StepAnchor> anchors);

/// Another value where runs are compared in another way.
std::uint64_t comparisonOf(const ReplayRequest& request);

/// Of each run: another value for other spans, or another outcome. Of the corpora of the sources.
std::vector<DigestValue> contentsOf(const ReplayRequest& request, const ReplayPairing& pairing);

} // namespace arcscope
