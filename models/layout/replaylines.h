// Runs of one task side by side: which steps stand on one line, what is folded away, and where changes are.
#pragma once

#include "replaystep.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace arcscope
{

/// A step of the base with what stands for it in each candidate, or steps that only candidates have; or lines without
/// changes as one.
struct ReplayLine {
    static constexpr std::uint32_t none = ReplaySide::none;

    std::uint32_t base = none;        ///< step of the base
    std::vector<std::uint32_t> steps; ///< by candidate: in its ReplayComparison::steps; none: it says nothing here
    ReplayClass weight = ReplayClass::Same; ///< the largest of all candidates
    std::uint32_t depth = 0;
    std::uint32_t first = 0;  ///< of a fold: its first line among all
    std::uint32_t folded = 0; ///< of a fold: how many; 0: this is a line of steps
    std::uint32_t worded = 0; ///< of a fold: how many of them differ in wording

    bool isFold() const { return folded > 0; }
    bool changed() const { return weight > ReplayClass::Wording; }
    bool operator==(const ReplayLine&) const = default;
};

/// The base run is the same in all comparisons. Steps that only candidates have stand between the steps of the base
/// where they came, those of several candidates on one line though nothing says that they are alike. O(steps of all).
std::vector<ReplayLine> replayLines(std::span<const ReplayComparison* const> candidates);

/// Two and more lines that follow each other and differ in nothing but wording become a fold.
std::vector<ReplayLine> foldedLines(std::span<const ReplayLine> lines);

/// The next line that differs in more than wording, in this direction and without going round; nothing: there is none.
/// `from` -1: before the first.
std::optional<int> nextChange(std::span<const ReplayLine> lines, int from, int step);

/// A call that stands elsewhere in the candidate.
struct ReplayMove {
    std::uint32_t candidate = 0;
    std::uint32_t from = 0; ///< line of the base's
    std::uint32_t to = 0;   ///< line of the candidate's

    bool operator==(const ReplayMove&) const = default;
};

/// Calls whose place differs (ReplayDetail::Order), each with the next of the same tool that is not taken.
std::vector<ReplayMove> replayMoves(std::span<const ReplayLine> lines,
                                    std::span<const ReplayComparison* const> candidates);

} // namespace arcscope
