// Task arcs as tables: a row for each piece of a user's work, its stretches in traces, and what happened in it.
#pragma once

#include "spantable.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What became of the work, as a review counts it. Every arc is in one of them.
enum class ArcOutcome : std::uint8_t {
    Declined,  ///< not attempted: refused, filtered, or nobody can do it (ArcResolution::Infeasible)
    Deferred,  ///< handed to a person
    Failed,    ///< attempted, and not done
    Succeeded, ///< attempted, and done
    Unknown,   ///< nothing tells
};
inline constexpr int arcOutcomeCount = 5;

/// How it ended.
enum class ArcResolution : std::uint8_t { Resolved, ResolvedByHuman, Abandoned, Infeasible, Declined, Failed, Unknown };
inline constexpr int arcResolutionCount = 7;

/// Who says so. Of several that disagree the first in this order holds.
enum class ArcSource : std::uint8_t {
    Human,      ///< a review of this arc, kept with the notes
    DataLabel,  ///< a score, reward, feedback or ticket in the data
    UserAction, ///< recorded: accepted, edited, handed over
    Rule,       ///< ours, from what was said and done
    None,       ///< nobody
};
inline constexpr int arcSourceCount = 5;

/// What happens in an arc. Everything but Response is what a user does, or is seen to do.
enum class ArcStep : std::uint8_t {
    Request,    ///< asks, or goes on with something new within the work
    Response,   ///< the answer to one request, however many calls it took
    Accept,     ///< thanks, confirms, applies
    Ignore,     ///< goes on without a word about it, or leaves
    ReAsk,      ///< asks the same again in other words
    Regenerate, ///< has the same answered again
    Edit,       ///< changes what came, or corrects it
    Escalate,   ///< asks for a person, or is handed to one
};
inline constexpr int arcStepCount = 8;

/// What an arc is made of, and so what its key names.
enum class ArcUnit : std::uint8_t { Task, Session, Trace };

/// Why a stretch belongs to the arc.
enum class ArcJoin : std::uint8_t { First, SameTask, SameSession, Accepted };

/// One row an arc. Counts are 0 where nothing of the kind happened, -1 where it is not recorded.
enum class ArcColumn : std::uint8_t {
    Unit,
    Key,  ///< StringId of ArcCorpus::texts: the id of the task, session or trace; with Unit the same in every import
    Goal, ///< StringId of ArcCorpus::texts: the beginning of the first request; 0: not recorded
    FirstSegment,
    Segments,
    FirstEvent,
    Events,
    Start,    ///< Nanos; noTime: not recorded
    Duration, ///< from the first start to the last end; -1: not recorded
    Active,   ///< nanoseconds within its stretches; -1
    Outcome,
    OutcomeSource,
    OutcomeRule, ///< StringId of ArcCorpus::texts: "label: reward", "rule: transfer tool"
    OutcomeRow,  ///< the span that shows it; -1: none
    Resolution,
    ResolutionSource,
    Score,    ///< millionths: of the label that decided; noScore: none
    Resolved, ///< nanoseconds from Start until it was resolved; -1: it was not, or no time is recorded
    Sessions,
    Devices,
    Turns, ///< of users
    Responses,
    ModelCalls,
    ToolCalls,
    ReAsks,
    Regenerates,
    Edits,
    Escalations,
    Accepts,
    FrustrationSignals,
    IdleGaps,
    Rescues,
    Tokens,   ///< each response once; -1: not recorded
    Cost,     ///< millionths as the source states them; -1: not recorded, or of several currencies
    Stitches, ///< that are proposed for it and not decided
    FirstTag, ///< SpanText 0: the value that most of its model calls have (else most spans); StringId of the corpus
    Count = FirstTag + spanTextCount,
};
inline constexpr int arcColumnCount = static_cast<int>(ArcColumn::Count);
inline constexpr std::int64_t noScore = std::numeric_limits<std::int64_t>::min();

constexpr ArcColumn tagColumn(SpanText text)
{
    return static_cast<ArcColumn>(static_cast<int>(ArcColumn::FirstTag) + static_cast<int>(text));
}

/// A stretch of an arc in one trace; those of an arc follow each other in time.
enum class ArcSegmentColumn : std::uint8_t {
    Arc,
    Trace,
    Session, ///< StringId of the corpus
    Device,  ///< StringId of the corpus
    Start,
    Duration, ///< -1: not recorded
    Join,     ///< ArcJoin
    Count,
};

/// What happened, in order.
enum class ArcEventColumn : std::uint8_t {
    Arc,
    Segment,
    Step,
    Source,  ///< ArcSource
    Rule,    ///< StringId of ArcCorpus::texts; 0: it is recorded so
    Time,    ///< noTime: not recorded
    SpanRow, ///< that shows it
    TextOf,  ///< TextPlace::Of, with the message, part and bytes that show it
    TextMessage,
    TextPart,
    TextFrom, ///< -1: the whole text
    TextTo,
    Count,
};

using ArcTable = Table<ArcColumn, arcColumnCount>;
using ArcSegmentTable = Table<ArcSegmentColumn, static_cast<int>(ArcSegmentColumn::Count)>;
using ArcEventTable = Table<ArcEventColumn, static_cast<int>(ArcEventColumn::Count)>;

/// Two arcs that may be one piece of work. Never merged before somebody says so.
struct ArcStitch {
    std::uint32_t earlier = 0; ///< rows of ArcTable
    std::uint32_t later = 0;
    double score = 0;       ///< 0 to 1
    std::string reason;     ///< "same user; “ord_4471” in both; 41 words of the first pasted again after 2 h"
    Row earlierRow = noRow; ///< spans that show it
    Row laterRow = noRow;
};

/// All arcs of a corpus: an immutable snapshot, cheap to copy but for the stitches.
struct ArcCorpus {
    ArcTable arcs; ///< by start, those without a time behind
    ArcSegmentTable segments;
    ArcEventTable events;
    StringTable texts; ///< of keys, goals and rules; tags are strings of the Corpus
    std::vector<ArcStitch> stitches;
};

/// A piece of work in words that later imports do not change: "task:ID", "session:ID", "trace:ID".
std::string arcKey(const ArcCorpus& arcs, std::uint32_t arc);

std::string_view name(ArcOutcome outcome);       ///< "declined", "deferred", "failed", "succeeded", "unknown"
std::string_view name(ArcResolution resolution); ///< "resolved", "resolved_by_human", "abandoned", "infeasible", …
std::string_view name(ArcSource source);         ///< "human", "label", "user_action", "rule", "none"
std::string_view name(ArcStep step);             ///< "request", "response", "accept", "ignore", "re_ask", …
std::string_view name(ArcUnit unit);             ///< "task", "session", "trace"
std::string_view name(ArcJoin join);             ///< "first", "same_task", "same_session", "accepted"

} // namespace arcscope
