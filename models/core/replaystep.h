// Two runs of one task held against each other, step by step.
#pragma once

#include "finding.h"
#include "replay.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// What a step of a run is.
enum class ReplayStepKind : std::uint8_t {
    System,     ///< instructions
    User,       ///< a user said it
    Answer,     ///< a model said it
    ToolCall,   ///< with its result
    Agent,      ///< a nested agent was called
    Environment ///< something else was given to the model
};

/// Bytes of a text; both 0: nothing of it.
struct ReplayBytes {
    std::int64_t from = 0;
    std::int64_t to = 0;

    bool empty() const { return from == to; }
    bool operator==(const ReplayBytes&) const = default;
};

/// What differs in two aligned steps, as bytes of the text at ReplaySide::place. What only one of them has is empty on
/// the other side.
struct ReplaySlot {
    ReplayDetail detail = ReplayDetail::None; ///< None: other words for the same
    ReplayBytes base;
    ReplayBytes candidate;
    std::string rule; ///< of pairRules(), the JSON pointer of an argument, or empty

    bool operator==(const ReplaySlot&) const = default;
};

/// A step as one run has it.
struct ReplaySide {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    std::uint32_t step = none; ///< counts the steps of the run from 0; none: it has no such step
    Row row = noRow;           ///< of the corpus of its side
    TextPlace place;           ///< what it says, or the arguments of its call
    TextPlace result;          ///< of a call; Of::None: not recorded
    Row resultRow = noRow;

    bool there() const { return step != none; }
    bool operator==(const ReplaySide&) const = default;
};

struct ReplayStep {
    ReplayStepKind kind = ReplayStepKind::Answer;
    std::uint32_t depth = 0; ///< 0: of the outermost conversation; 1: of an agent that it called, …
    ReplaySide base;         ///< one of both is there
    ReplaySide candidate;
    ReplayDifference difference = ReplayDifference::Identical;
    ReplayDetail detail = ReplayDetail::None;
    ReplayClass weight = ReplayClass::Same;
    ReplayValidity validity = ReplayValidity::ContextEqual;
    std::uint32_t reasons = 0; ///< bits of ReplayReason
    bool manual = false;       ///< a person anchored both to each other
    std::string tool;          ///< of calls: of the base where it is there
    std::vector<ReplaySlot> marks;

    bool has(ReplayReason reason) const { return (reasons & bit(reason)) != 0; }
    bool isModels() const
    {
        return kind == ReplayStepKind::Answer || kind == ReplayStepKind::ToolCall || kind == ReplayStepKind::Agent;
    }
    bool operator==(const ReplayStep&) const = default;
};

/// How many steps of models differ how, for one badge of validity.
using ReplayCounts = std::array<std::uint32_t, replayDifferenceCount>;

/// What is kept of two runs without their steps.
struct ReplayVerdict {
    std::uint32_t base = 0; ///< in ReplayPairing::runs; may be of the same side as the candidate: a rerun (A/A)
    std::uint32_t candidate = 0;
    ReplayChange change = ReplayChange::NotKnown; ///< by score: changeBetween()
    ReplayChange flip = ReplayChange::NotKnown;   ///< of being done at all: flipBetween()
    /// Of the runs as a whole: what matters most, and of that the most telling. Effects before path before wording.
    ReplayClass weight = ReplayClass::Same;
    ReplayDifference difference = ReplayDifference::Identical;
    ReplayDetail detail = ReplayDetail::None;
    std::array<ReplayCounts, replayValidityCount> counts{}; ///< by validity
    std::uint32_t steps = 0;                                ///< aligned ones, of all kinds
    std::uint32_t changed = 0; ///< of them those that differ in more than wording: the size of the change
    std::uint32_t firstDivergence = ReplaySide::none; ///< the first of them; none: there is none
    /// The first step of a model behind the last of them: from here on nothing differs in more than wording. None: the
    /// runs did not come together again.
    std::uint32_t recovery = ReplaySide::none;
    std::uint32_t reasons = 0; ///< of all steps of models
    double distance = 0;       ///< 0 to 1: how far the runs lie apart in what they did, see runDistance()
    double callDistance = 0;   ///< 0 to 1: edit distance of the sequences of tools over the longer one
    bool sameWrites = true;    ///< the same calls that write, in any order
    bool baseDeclined = false;
    bool candidateDeclined = false;

    const ReplayCounts& counted(ReplayValidity validity) const { return counts[static_cast<std::size_t>(validity)]; }
    bool operator==(const ReplayVerdict&) const = default;
};

/// Two runs in full.
struct ReplayComparison {
    ReplayVerdict verdict;
    std::vector<ReplayStep> steps; ///< in the order of both runs
};

std::string_view name(ReplayStepKind kind); ///< "system", "user", "answer", "tool call", "agent", "environment"

} // namespace arcscope
