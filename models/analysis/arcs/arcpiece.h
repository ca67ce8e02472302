// The part of a user's work that one trace shows: what was asked and answered, what was said of it, what ties it to
// other traces.
#pragma once

#include "arctable.h"
#include "detector.h"
#include "versionuses.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Where something stands, without a quote.
struct ArcPlace {
    Row row = noRow;
    Nanos time = noTime; ///< noTime: not recorded
    TextPlace text;
    std::int64_t from = -1; ///< bytes of that text; -1: all of it, or of no text
    std::int64_t to = -1;

    bool operator==(const ArcPlace&) const = default;
};

struct ArcPieceEvent {
    ArcStep step = ArcStep::Request;
    ArcSource source = ArcSource::UserAction;
    std::string rule;        ///< empty: it is recorded so
    std::uint64_t words = 0; ///< of the turn: equal for equal text; 0: no text
    /// Stands in the input of the first call before what is asked there: told again, or from before the recording.
    bool history = false;
    bool turn = false; ///< a user said it
    ArcPlace place;

    bool operator==(const ArcPieceEvent&) const = default;
};

/// What the data say of the work, as arclabels.h reads it.
struct ArcLabel {
    std::string name;  ///< as the source writes it: "reward"
    std::string value; ///< likewise: "1", "resolved"
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcResolution resolution = ArcResolution::Unknown;
    std::int64_t score = noScore; ///< millionths
    bool human = false;           ///< a person said so
    bool named = false;           ///< its name says that it judges the whole work
    std::string author;           ///< labelAuthorIn(); empty: not recorded
    Nanos given = noTime;         ///< when, as the label says
    ArcPlace place;

    bool operator==(const ArcLabel&) const = default;
};

/// How the trace ends, as far as a rule reads it.
struct ArcEnd {
    bool declined = false;     ///< the last answer was refused or filtered
    bool openQuestion = false; ///< it asks for something that the work needs
    bool failed = false;       ///< the run ended with an error or at a limit
    bool written = false;      ///< the last call that changes something succeeded, and an answer followed
    std::string word;          ///< of the exit: "max_steps"
    ArcPlace place;            ///< that shows it

    bool operator==(const ArcEnd&) const = default;
};

struct ArcPiece {
    Row row = noRow; ///< the first span of the trace
    /// Only labels, of a task whose work other traces show: `row` is the span that has them.
    bool labelsOnly = false;
    std::string goal; ///< beginning of the first request; empty: not recorded
    std::vector<ArcPieceEvent> events;
    std::vector<ArcLabel> labels;
    ArcEnd end;
    std::uint32_t frustration = 0; ///< signals
    std::uint32_t rescues = 0;
    std::vector<std::string> artefacts;  ///< ids of records that user and tools name
    std::vector<std::uint64_t> shingles; ///< of user texts, as wordShingles() gives them
    std::vector<std::uint64_t> said;     ///< words of the turns of users and assistant, in order
    std::uint32_t history = 0;           ///< of them, those that the first call was given
    std::vector<VersionUse> versions;    ///< of tool definitions and indexes

    bool operator==(const ArcPiece&) const = default;
};

/// A goal is cut behind so many bytes.
inline constexpr std::size_t maxArcGoal = 240;

inline constexpr std::string_view arcDetector = "arcs";

/// What a trace shows. Empty where it is no work of a user: no turn of one, no label, no agent, and no call of a model
/// that names a session, task or user.
std::vector<ArcPiece> arcPiecesOf(TraceReading& trace);

/// What the detector of arcs hands out of a trace.
std::vector<TraceFact> arcFacts(const std::vector<ArcPiece>& pieces);
/// Of the facts of one trace, in their order. What is damaged is left out. Rows are the caller's to check.
std::vector<ArcPiece> arcPiecesOf(std::span<const TraceFact> facts);

} // namespace arcscope
