// The spans of one trace or of a whole corpus, arranged in lanes and lines for a timeline; immutable, shared by
// threads.
#pragma once

#include "control.h"
#include "pyramid.h"
#include "result.h"
#include "spantable.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// What a timeline draws of a span besides its place, in two bytes.
class SpanLook
{
public:
    enum Flag : std::uint16_t {
        InferredStart = 1u << 6,
        InferredEnd = 1u << 7,
        OpenEnd = 1u << 8,     ///< no end recorded: drawn as its start, with an open side
        NotExecuted = 1u << 9, ///< asked for; that it ran is not recorded
        Synthetic = 1u << 10,  ///< made by the reader to group others
        Streamed = 1u << 11,   ///< token times are recorded
        Orphan = 1u << 12,     ///< its parent is not in the corpus
        OutOfPlace = 1u << 13, ///< lies outside its parent's time, or ends before it starts
    };

    constexpr SpanLook() = default;
    constexpr explicit SpanLook(std::uint16_t bits)
        : m_bits(bits)
    {
    }
    constexpr SpanLook(SpanKind kind, SpanStatus status, std::uint16_t flags)
        : m_bits(static_cast<std::uint16_t>(static_cast<int>(kind) | static_cast<int>(status) << 4 | flags))
    {
    }

    constexpr SpanKind kind() const { return static_cast<SpanKind>(m_bits & 15); }
    constexpr SpanStatus status() const { return static_cast<SpanStatus>(m_bits >> 4 & 3); }
    constexpr bool error() const { return status() == SpanStatus::Error; }
    constexpr bool has(Flag flag) const { return (m_bits & flag) != 0; }
    constexpr std::uint16_t bits() const { return m_bits; }
    constexpr bool operator==(const SpanLook&) const = default;

private:
    std::uint16_t m_bits = 0;
};

/// A row of boxes inside a lane. Its spans lie in [first, first + count) of the arrays of TimelineData, sorted by start
/// and by end at once.
struct TimelineLine {
    std::uint32_t lane = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t firstError = 0; ///< slice of TimelineData::errors
    std::uint32_t errorCount = 0;
    /// Spans for which the lane had no line left: they overlap here, and `ends` holds the latest end so far.
    bool density = false;
    Pyramid pyramid;
};

struct TimelineLane {
    std::string label; ///< agent, service or name of the root; untrusted text
    std::string group; ///< what the lane belongs to (the service, the calling agent); may be empty
    int level = 0;     ///< depth of nested agents, for indentation
    std::uint32_t firstLine = 0;
    std::uint32_t lines = 0;
    std::uint32_t spans = 0;
    std::uint32_t errors = 0;
    Nanos firstStart = noTime;
};

/// A parent and a child that lie in different lanes.
struct TimelineLink {
    Row parent = noRow;
    Row child = noRow;
};

/// Where a span is drawn.
struct TimelinePlace {
    std::uint32_t line = 0;
    std::uint32_t index = 0; ///< into the arrays
};

struct TimelineData {
    Corpus corpus;                      ///< names and exact values of the rows
    std::optional<std::uint32_t> trace; ///< the one trace; nothing: the whole corpus
    TimeRange bounds;                   ///< from the first start to the last end; not recorded where nothing is placed
    /// No time is recorded (or none was asked for): `starts` and `ends` count steps of orderStep in the order of the
    /// trace.
    bool ordinal = false;
    std::uint32_t untimed = 0; ///< spans without a recorded start, which a time axis cannot show
    std::vector<TimelineLane> lanes;
    std::vector<TimelineLine> lines; ///< by lane
    // 22 bytes for each span, line after line
    std::vector<Nanos> starts;
    std::vector<Nanos> ends;
    std::vector<Row> rows;
    std::vector<std::uint16_t> looks;
    std::vector<std::uint32_t> errors; ///< indices of spans with status error, ascending
    std::vector<TimelineLink> links;   ///< by parent; of one trace only
    // where each row is: two bytes a row (and four more where not all rows of the corpus are placed)
    std::vector<Row> placedRows;             ///< ascending; empty: every row of the corpus, in order
    std::vector<std::uint16_t> lineOfPlaced; ///< noLine: not placed

    static constexpr std::uint16_t noLine = 0xffff;

    bool empty() const { return rows.empty(); }
    SpanLook look(std::uint32_t index) const { return SpanLook(looks[index]); }
    /// Nothing for a row that is not placed (superseded, untimed, of another trace).
    std::optional<TimelinePlace> place(Row row) const;
    /// The time the row is drawn at: its own, or steps on an ordinal axis.
    TimeRange range(const TimelinePlace& place) const;
};

struct TimelineOptions {
    bool ordinal = false; ///< order instead of time, even where times are recorded
    std::uint32_t maxLanes = 256;
    std::uint32_t maxLines =
        0; ///< lines of a lane before spans are folded into its density line; 0: 64 for a trace, 12 for a corpus
};

/// The columns of the span table that building and drawing read: ask the store for these.
std::span<const SpanColumn> timelineColumns();

/// One trace: a lane for each agent (the nearest span of kind agent above, repeated calls of one agent share a lane),
/// below the lane of its caller, in the order of first starts; without agents a lane for each service. Inside a lane
/// lines by depth, and as many of them for a depth as run at once. A trace without any time is placed by order. Fails
/// only with Cancelled.
Result<std::shared_ptr<const TimelineData>> traceTimeline(const Corpus& corpus, std::uint32_t trace,
                                                          const TimelineOptions& options, const Control& control);

/// The whole corpus: a lane for each agent of each service, by first start, with at most TimelineOptions::maxLines
/// lines and a density line; lanes beyond maxLanes share the last one. Fails only with Cancelled.
Result<std::shared_ptr<const TimelineData>> corpusTimeline(const Corpus& corpus, const TimelineOptions& options,
                                                           const Control& control);

} // namespace arcscope
