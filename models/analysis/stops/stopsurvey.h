// What every model call and run of a corpus stopped for, and how often the vendor's word says something else.
#pragma once

#include "finding.h"
#include "stopword.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct TraceFact;

/// Why it really stopped, as what it left shows; the first one that holds.
enum class StopBucket : std::uint8_t {
    ExternalStop, ///< cancelled, cut off, timed out, an error of the provider, a limit of the run
    DegenerateLoop,
    Declined,
    BudgetCut, ///< token limit or context window
    Handoff,   ///< a tool call or a pause
    SilentTruncation,
    FalseCompletion,
    Complete,
    Unknown, ///< what would tell is not recorded
};
inline constexpr int stopBucketCount = 9;

/// What is said of a stop beside its bucket (bits of SpanStop::flags).
enum class StopFlag : std::uint16_t {
    MidStructure = 1u << 0,      ///< code, JSON or a bracket is open where it ends
    Unanswered = 1u << 1,        ///< nothing came back from the tool, and no call follows
    MalformedCall = 1u << 2,     ///< arguments that are no JSON
    PolicyRefusal = 1u << 3,     ///< it will not
    CapabilityRefusal = 1u << 4, ///< it cannot
    LooksWhole = 1u << 5,        ///< was cut, and nothing shows it: a whole document, a finished sentence
    NothingSaid = 1u << 6,       ///< it ended without any text or call
};
inline constexpr int stopFlagCount = 7;
constexpr std::uint16_t bit(StopFlag flag)
{
    return static_cast<std::uint16_t>(flag);
}

/// Of one model call, or of a run of an agent.
struct SpanStop {
    Row row = noRow;
    StopBucket bucket = StopBucket::Unknown;
    StopClaim claim = StopClaim::Unknown; ///< of the vendor's word, which is SpanText::StopReason
    bool disagrees = false;               ///< the vendor's word says something else
    std::uint16_t flags = 0;
    std::uint32_t also = 0; ///< other rules that hold, as bits in the order of stopRules(): what speaks against it
    std::string_view rule;  ///< of stopRules()
    TextPlace place;        ///< the text that decided it; Of::None: no text
    std::int32_t from = -1; ///< its bytes; -1: the whole text, or none
    std::int32_t to = -1;

    bool has(StopFlag flag) const { return (flags & bit(flag)) != 0; }
    bool operator==(const SpanStop&) const = default;
};

/// In the order of rows.
using StopSurvey = std::vector<SpanStop>;

/// A rule that decides for a bucket.
struct StopRule {
    std::string_view name; ///< "open_code"
    StopBucket bucket = StopBucket::Unknown;
    std::string_view about; ///< when it holds, in one sentence
};
std::span<const StopRule> stopRules(); ///< in the order in which they are tried; at most 32
const StopRule* stopRuleNamed(std::string_view name);

/// What the detector of stops hands out of a trace: one fact for each model call and run. Its value is short, and keeps
/// its meaning while rules are added.
inline constexpr std::string_view stopFactKey = "stop";
inline constexpr std::string_view stopDetector = "stops";
TraceFact stopFact(const SpanStop& stop);
/// Nothing of other facts.
std::optional<SpanStop> spanStopOf(const TraceFact& fact);

/// Vendor's words against buckets. A cell is the calls with that word and that bucket.
struct StopMatrix {
    struct Word {
        std::string text; ///< as the vendor writes it; empty: not recorded
        StopClaim claim = StopClaim::Unknown;
        bool known = true;                  ///< false: no vendor that we know of writes it
        std::vector<std::vector<Row>> rows; ///< by bucket
        std::uint64_t calls = 0;
        std::uint64_t disagreements = 0;
    };
    std::vector<Word> words; ///< those with most disagreements first, then most calls
    std::uint64_t calls = 0;
    std::uint64_t disagreements = 0;
};

/// How many stopped for what, by some value: model, prompt version, an hour, a tag.
struct StopTrend {
    struct Group {
        std::string name;                   ///< empty: not recorded
        std::vector<std::vector<Row>> rows; ///< by bucket
        std::uint64_t calls = 0;
        std::uint64_t disagreements = 0;
    };
    std::vector<Group> groups; ///< of times in their order, else most calls first
};

/// Of the rows in `shown` (ascending); null: of all. Needs the columns of what it groups by.
StopMatrix stopMatrix(const Corpus& corpus, const StopSurvey& survey, const std::vector<Row>* shown);
/// Where a served model is not recorded it is the one that was asked for.
StopTrend stopTrend(const Corpus& corpus, const StopSurvey& survey, const std::vector<Row>* shown, SpanText by);
/// By hour or day, whichever gives at most 60 groups, else by week (from Monday), in UTC; calls without a time are left
/// out. Of at most 60 groups those between without a call are there, too.
StopTrend stopTrendByTime(const Corpus& corpus, const StopSurvey& survey, const std::vector<Row>* shown);

std::string_view name(StopBucket bucket);  ///< "external_stop", "degenerate_loop", …, "unknown"
std::string_view label(StopBucket bucket); ///< "external stop", …
std::string_view name(StopFlag flag);      ///< "mid_structure", "unanswered", …
std::vector<StopFlag> stopFlags(std::uint16_t bits);

} // namespace arcscope
