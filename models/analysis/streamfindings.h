// What is wrong, or worth a look, in one stream: each finding with its rule, its place and a sentence.
#pragma once

#include "finding.h"
#include "streamjson.h"
#include "streammarks.h"
#include "streamphases.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class StreamRule : std::uint8_t {
    RetractAfterRender,  ///< text was taken back that had been shown
    RetractSemantic,     ///< what replaced it says something else: a negation, a number, a name or an address differs
    RetractIrreversible, ///< it was taken back where that comes too late: arguments of a tool, speech
    JsonInvalid,         ///< arguments that can be no JSON document
    JsonTruncated,       ///< a document that ends before it is complete
    JsonDuplicateKey,    ///< receivers differ in which of the two values they take
    JsonSchema,          ///< a whole document that is not what its schema asks for
    JsonPrematureUse,    ///< a tool began to run before its arguments were whole
    JsonLateKeyField,    ///< the value that decides comes behind the text that explains it
    Stall,               ///< nothing came for long
    Loop,                ///< the text repeats itself
    NoTerminal,          ///< it breaks off: no stop word, no error, no terminal event
    CutOff,              ///< the text itself looks cut off
    ClaimFlip,           ///< a later sentence of the same text says that an earlier one is not so
};

std::string_view name(StreamRule rule); ///< "retract.after_render", …

struct StreamFinding {
    StreamRule rule = StreamRule::NoTerminal;
    FindingWeight weight = FindingWeight::Warning;
    StreamEvidence evidence = StreamEvidence::Observed; ///< Inferred: a rule of thumb about text
    std::uint32_t event = noEvent;                      ///< where to go
    std::uint32_t block = noEvent;
    std::uint64_t begin = 0; ///< bytes of TextBlock::text; both 0: no text
    std::uint64_t end = 0;
    /// retract.semantic and claim.flip: the event that showed the first of what was taken back
    std::uint32_t from = noEvent;
    std::uint32_t to = noEvent; ///< and the event that showed the first of what came for it
    Nanos exposure = noTime;    ///< of retractions: how long it had been shown, where that is recorded
    double strength = 1;        ///< 0 to 1: how clearly the rule holds
    std::string what;           ///< one sentence
    std::string cause;          ///< what others of this rule may share in other streams; empty: it is of its text
    std::string before;         ///< of retractions: what was taken back
    std::string instead;        ///< and what came for it
    std::vector<QuoteMark> beforeMarks; ///< claim.flip: of `before`, what differs and which words both have
    std::vector<QuoteMark> insteadMarks;
};

/// How a stream says which of its text is final.
enum class CommitPattern : std::uint8_t {
    None,          ///< everything is shown at once and nothing is marked as final
    Explicit,      ///< commit events
    SplitChannels, ///< reasoning is kept apart from the answer
    DecisionLast,  ///< a document whose deciding field is its last
};

std::string_view name(CommitPattern pattern); ///< "none", "explicit commit", "split channels", "decision last"

/// Shown shorter than this a reader hardly sees it.
inline constexpr Nanos noticedExposure = 250 * millisecond;

/// Stalls and loops, for the picture; stalls need times.
std::vector<StreamStretch> stretchesOf(const StreamModel& model, const StreamSpanTimes& span);

/// What findings on documents of one kind share: the tool they are for, or "answer".
std::string documentCause(const StreamModel& model, const StreamJson& json);

/// By event. `stretches` and `json` are those of the model.
std::vector<StreamFinding> findingsOf(const StreamModel& model, const StreamMoments& moments,
                                      const std::vector<StreamStretch>& stretches, const std::vector<StreamJson>& json);

CommitPattern commitPatternOf(const StreamModel& model, const std::vector<StreamJson>& json);

} // namespace arcscope
