// What a person says of replays: which runs are held against each other, and whether a task went better.
#pragma once

#include "times.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class ReplayOpinion : std::uint8_t { Better, Same, Worse, Unsure };
inline constexpr int replayOpinionCount = 4;
std::string_view name(ReplayOpinion opinion); ///< "better", "same", "worse", "unsure"

/// Of one task, between two sides by their names: it holds for later runs of these sides, too, and is there to be
/// compared with when others are laid beside.
struct ReplayReview {
    std::string task; ///< ReplayTask::key
    std::string base; ///< name of the side
    std::string candidate;
    std::optional<ReplayOpinion> opinion; ///< nothing: only a note
    std::string note;
    Nanos changed = noTime;

    bool operator==(const ReplayReview&) const = default;
};

/// Runs by the value of a field: "model", "file", "prompt_version", "run" …
struct ReplaySides {
    std::string field; ///< empty: not chosen
    std::string base;
    std::vector<std::string> candidates;

    bool chosen() const { return !field.empty() && !candidates.empty(); }
    bool operator==(const ReplaySides&) const = default;
};

struct ReplayDecisions {
    std::vector<ReplayReview> reviews;
    ReplaySides sides;

    bool operator==(const ReplayDecisions&) const = default;
};

} // namespace arcscope
