// What a person says of task arcs: what became of one, and which two are one piece of work.
#pragma once

#include "arctable.h"

#include <optional>

namespace arcscope
{

struct ArcReview {
    std::string arc;                   ///< arcKey()
    std::optional<ArcOutcome> outcome; ///< nothing: only a note
    std::string note;
    Nanos changed = noTime;

    bool operator==(const ArcReview&) const = default;
};

/// On the arcs of two keys as they are without any decision.
struct StitchDecision {
    std::string earlier;
    std::string later;
    bool accepted = false; ///< false: they are not one, and are not proposed again
    Nanos changed = noTime;

    bool operator==(const StitchDecision&) const = default;
};

struct ArcDecisions {
    std::vector<ArcReview> reviews;
    std::vector<StitchDecision> stitches;

    bool operator==(const ArcDecisions&) const = default;
};

} // namespace arcscope
