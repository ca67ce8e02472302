// What a person says of replays: which runs and steps are held against each other, and whether a task went better.
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
    /// What runs are paired by: empty (task, else request, else file), "task", "input", "file", or an expression
    /// (RunKey).
    std::string key{};

    bool chosen() const { return !field.empty() && !candidates.empty(); }
    bool operator==(const ReplaySides&) const = default;
};

/// These two runs are of one task, whatever they record; or this step of one stands for that step of the other. It
/// holds whichever of them is the base.
struct ReplayMatch {
    static constexpr std::uint32_t whole = ~std::uint32_t(0);

    std::string base; ///< id of the first trace of the run
    std::string candidate;
    std::uint32_t baseStep = whole; ///< as ReplaySide counts; whole: the runs themselves, of both
    std::uint32_t candidateStep = whole;

    bool isOfSteps() const { return baseStep != whole; }
    bool operator==(const ReplayMatch&) const = default;
};

struct ReplayDecisions {
    std::vector<ReplayReview> reviews;
    ReplaySides sides;
    std::vector<ReplayMatch> matches{};

    bool operator==(const ReplayDecisions&) const = default;
};

} // namespace arcscope
