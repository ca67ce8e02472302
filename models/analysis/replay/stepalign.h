// Which step of one run stands for which step of the other.
#pragma once

#include "runsteps.h"

#include <cstdint>
#include <span>
#include <vector>

namespace arcscope
{

/// Steps of two runs that stand for each other; none: the other run has no such step.
struct StepPair {
    std::uint32_t base = RunStep::none;
    std::uint32_t candidate = RunStep::none;
    bool manual = false; ///< an anchor says so

    bool both() const { return base != RunStep::none && candidate != RunStep::none; }
    bool operator==(const StepPair&) const = default;
};

/// A person says that these two stand for each other.
struct StepAnchor {
    std::uint32_t base = 0;
    std::uint32_t candidate = 0;

    bool operator==(const StepAnchor&) const = default;
};

/// Global alignment (Needleman and Wunsch 1970): only steps of one kind stand for each other, for 1; the same tool 2
/// more; how alike its arguments, or texts, are (textsketch.h) up to 2 more; turns of users, which hold the rest in
/// place, 2 more; a step without counterpart -0.7. Nested steps top down (Selkow 1977): what lies within two calls is
/// aligned only where the calls are. Anchors hold where they lie at one level and do not cross earlier ones.
///
/// In the order of both runs, what lies within a call behind it, of a gap the base first. O(n m) time and bytes for n
/// and m steps of one level beyond their equal beginnings and ends; above 2^26 cells only a band around the diagonal.
std::vector<StepPair> alignSteps(const RunSteps& base, const RunSteps& candidate,
                                 std::span<const StepAnchor> anchors = {});

/// Of sequences: insertions, deletions and replacements over the longer one, 0 to 1; 0 for two empty ones. O(n m), of
/// each the first 5,000.
double editDistance(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b);

} // namespace arcscope
