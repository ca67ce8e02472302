// Replays: the same tasks run again (another model, prompt or day), which runs belong together, and how two of them
// differ.
#pragma once

#include "arctable.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What of a difference matters, the least first. A difference is of the highest class that applies; how similar two
/// texts look decides nothing.
enum class ReplayClass : std::uint8_t {
    Same,    ///< nothing differs
    Wording, ///< the same is said or asked for in another form
    Path,    ///< another way: other calls that only read, another order, other things said on the way
    Effect,  ///< another end: writes, what the user was told, refusal, why it stopped
};
inline constexpr int replayClassCount = 4;

/// How an aligned step differs.
enum class ReplayDifference : std::uint8_t {
    Identical,
    FormatOnly, ///< white space, Markdown, case of headings, the way JSON is written
    Reworded,   ///< other words; no difference of content was found
    Content,    ///< a value, a polarity, or something said that the other does not say
    ToolCall,   ///< another tool, other arguments, another order, or another effect
    StopBucket, ///< one of them stopped for another reason
    Declined,   ///< one of them declined
};
inline constexpr int replayDifferenceCount = 7;

/// What of Content and ToolCall it is.
enum class ReplayDetail : std::uint8_t {
    None,
    Value,    ///< a number, date, name or amount
    Polarity, ///< the opposite is said
    Added,    ///< only the candidate says or calls it
    Dropped,  ///< only the base does
    Name,     ///< another tool in the same place
    Argument,
    Order, ///< the same calls in another order
    Effect ///< the same call came out differently: failed and not, or with another result
};
inline constexpr int replayDetailCount = 9;

/// Whether a difference between two steps tells of what was changed on purpose, or of a world that was not the same.
enum class ReplayValidity : std::uint8_t {
    ContextEqual, ///< both were given the same, as far as it is recorded, and all that matters is recorded
    Partial,      ///< something else differs, or is not recorded: see the reasons
    OffRails,     ///< an earlier answer differs from the one that the user, or a tool, answered here
    Void,         ///< what it builds on is gone: an effect of a tool, or a document
};
inline constexpr int replayValidityCount = 4;

/// Why a step is less than context-equal (bits of ReplayStep::reasons).
enum class ReplayReason : std::uint32_t {
    InputNotRecorded = 1u << 0,
    SystemPromptDiffers = 1u << 1,
    UserTurnDiffers = 1u << 2,
    HistoryDiffers = 1u << 3,    ///< an answer of the model, or a call of it, that the input repeats
    ToolResultDiffers = 1u << 4, ///< an equal call gave something else
    ToolsStubbed = 1u << 5,
    ToolsLive = 1u << 6, ///< ran again in a world that had gone on
    ToolModeNotRecorded = 1u << 7,
    ToolListDiffers = 1u << 8, ///< other tools, or other descriptions of them, were offered
    RetrievalDiffers = 1u << 9,
    RetrievalVersionNotRecorded = 1u << 10,
    MemoryDiffers = 1u << 11,
    CacheReadDiffers = 1u << 12, ///< only one of them read its prompt from a cache
    ParametersDiffer = 1u << 13, ///< temperature, top_p, seed, limit of tokens
    ParametersNotRecorded = 1u << 14,
    TimeBetween = 1u << 15,        ///< more than a day between both, and live tools or retrieval
    EffectGone = 1u << 16,         ///< a record that one of them read is not found any more
    DocumentGone = 1u << 17,       ///< a document that one of them was given is gone
    BehindDivergence = 1u << 18,   ///< stands behind the first step that differs in more than wording
    WithoutCounterpart = 1u << 19, ///< the other run has no such step
    InputDiffers = 1u << 20        ///< the input differs in something that no step tells
};
inline constexpr int replayReasonCount = 21;
constexpr std::uint32_t bit(ReplayReason reason)
{
    return static_cast<std::uint32_t>(reason);
}

/// Reasons that are told and lower no badge: what was given may be the same all the same.
inline constexpr std::uint32_t replayNotes =
    bit(ReplayReason::ToolsStubbed) | bit(ReplayReason::ToolsLive) | bit(ReplayReason::ToolModeNotRecorded) |
    bit(ReplayReason::RetrievalVersionNotRecorded) | bit(ReplayReason::ParametersNotRecorded) |
    bit(ReplayReason::TimeBetween) | bit(ReplayReason::WithoutCounterpart);

/// How runs were found to be of one task. In this order the first that holds is taken.
enum class ReplayKey : std::uint8_t {
    Manual,     ///< a person said so
    Expression, ///< the value of a field that the user named
    Task,       ///< task id
    Input,      ///< the same first request
    File        ///< the name of the file, and the place of the run in it
};

/// Why a task was not compared.
enum class ReplayGap : std::uint8_t {
    None,
    NoCandidate, ///< no run of that key on the candidate's side
    NoBase,
    NoKey ///< the field that was asked for is not recorded on the run
};

/// One run of a task on one side.
struct ReplayRun {
    std::uint32_t side = 0;            ///< 0: base; 1, 2, …: candidates in the order given
    std::uint32_t task = 0;            ///< in ReplayPairing::tasks
    std::uint32_t trial = 1;           ///< counts from 1 among the runs of that task on that side
    std::vector<std::uint32_t> traces; ///< of the corpus of that side, in the order of time; mostly one
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcSource outcomeSource = ArcSource::None;
    Row outcomeRow = noRow;       ///< the span that shows it
    std::int64_t score = noScore; ///< millionths: of the label that decided
    std::int64_t cost = -1;       ///< millionths of `currency`; -1: not recorded, or of several currencies
    std::int64_t tokens = -1;     ///< all classes, each response once; -1: not recorded
    std::int64_t latency = -1;    ///< nanoseconds from the first start to the last end; -1: not recorded
    std::int64_t modelCalls = 0;
    std::int64_t toolCalls = 0;
    std::string currency;
    std::string model;           ///< the one served most often; empty: not recorded
    std::string judge;           ///< who gave the score: "gpt-4o 2", "person alice"; empty: not recorded
    Nanos judged = noTime;       ///< when, as the label says
    bool labelledBefore = false; ///< before the run began: the label was given on another answer
    bool control = false;        ///< of a control set: what moves here is the ruler

    bool operator==(const ReplayRun&) const = default;
};

/// A task with all of its runs.
struct ReplayTask {
    std::string key; ///< what its runs share: a task id, the beginning of a request, the name of a file
    ReplayKey by = ReplayKey::Task;
    std::vector<std::vector<std::uint32_t>> runs; ///< by side: in ReplayPairing::runs, by trial
    ReplayGap gap = ReplayGap::None;              ///< other than None: it stands in the table of the unpaired

    bool operator==(const ReplayTask&) const = default;
};

/// Which runs of two to N sides belong together.
struct ReplayPairing {
    std::uint32_t sides = 0;
    std::vector<ReplayRun> runs;
    std::vector<ReplayTask> tasks; ///< in the order in which the first side that has them does
    bool reruns = false;           ///< some side has several runs of a task
};

/// What became better or worse between two runs of a task.
enum class ReplayChange : std::uint8_t {
    Tie,
    Gain,
    Regression,
    NotKnown ///< the outcome of one of them is not known, or they were judged by others
};
inline constexpr int replayChangeCount = 4;

/// Both were scored, by different judges or versions of one. Different people are no different judges: who of them
/// looked at which run is mostly chance.
bool judgedApart(const ReplayRun& base, const ReplayRun& candidate);
/// By score where both have one, else flipBetween(). Scores of different judges are not compared.
ReplayChange changeBetween(const ReplayRun& base, const ReplayRun& candidate);
/// By outcome: only succeeded counts as done. Not known where one of them is not known.
ReplayChange flipBetween(const ReplayRun& base, const ReplayRun& candidate);

std::string_view name(ReplayClass one);             ///< "same", "wording", "path", "effect"
std::string_view name(ReplayDifference difference); ///< "identical", "format-only", "reworded", "content", …
std::string_view name(ReplayDetail detail);         ///< "", "value", "polarity", "added", "dropped", "name", …
std::string_view name(ReplayValidity validity);     ///< "context-equal", "partial", "off-rails", "void"
std::string_view name(ReplayReason reason);         ///< "input_not_recorded", …
std::string_view label(ReplayReason reason);        ///< "input not recorded", …
std::string_view name(ReplayKey key);               ///< "manual", "expression", "task", "input", "file"
std::string_view name(ReplayGap gap);               ///< "", "no_candidate", "no_base", "no_key"
std::string_view name(ReplayChange change);         ///< "tie", "gain", "regression", "not_known"
std::vector<ReplayReason> replayReasons(std::uint32_t bits);

} // namespace arcscope
