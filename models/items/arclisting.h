// ArcListing: which arcs a list shows, in which order and groups, and what they sum up to; made on another thread.
#pragma once

#include "appstate.h"
#include "foundarcs.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace arcscope
{

/// Columns of the list, which are also what it can be sorted by.
enum class ArcListColumn : std::uint8_t {
    Task,
    Goal,
    Ribbon, ///< sorted by length
    Outcome,
    Turns,
    Tools,
    Cost,
    Findings,
    Start,
    Duration,
    Sessions,
    Stitches,
    Count
};
inline constexpr int arcListColumnCount = static_cast<int>(ArcListColumn::Count);

/// What bars are as long as.
enum class ArcMeasure : std::uint8_t { Arcs, Turns, Active, Tokens, Cost };
inline constexpr int arcMeasureCount = 5;

/// What can be worth a look in an arc, as chips of the list.
enum class ArcTrouble : std::uint8_t { ReAsked, HandedOver, Frustrated, Stitches, SeveralSessions, NotReviewed };
inline constexpr int arcTroubleCount = 6;

/// What is left in the list.
struct ArcChoice {
    std::optional<ArcOutcome> outcome;
    std::array<bool, arcTroubleCount> troubles{};            ///< all that are set must hold
    std::shared_ptr<const std::vector<std::uint32_t>> among; ///< only these, sorted; null: all
    ArcsPtr amongOf;                                         ///< that they are numbers of

    bool any() const;
    bool operator==(const ArcChoice&) const = default;
};

struct ArcListGrouping {
    enum class By : std::uint8_t { Nothing, Outcome, Tag } by = By::Nothing;
    SpanText tag = SpanText::ModelServed;

    bool operator==(const ArcListGrouping&) const = default;
};

struct ArcOrder {
    ArcListColumn column = ArcListColumn::Start;
    bool descending = false;
    ArcListGrouping grouping;

    bool operator==(const ArcOrder&) const = default;
};

/// Arcs of one outcome.
struct ArcSums {
    std::uint64_t arcs = 0;
    std::array<std::int64_t, arcMeasureCount> sums{};      ///< of those that have it recorded
    std::array<std::uint64_t, arcMeasureCount> recorded{}; ///< arcs

    void add(const FoundArcs& of, std::uint32_t arc);
};
using ArcOutcomes = std::array<ArcSums, arcOutcomeCount>;

std::uint64_t arcsIn(const ArcOutcomes& outcomes);
std::int64_t sumOf(const ArcOutcomes& outcomes, ArcMeasure measure);

struct ArcListGroup {
    std::string name; ///< of a tag, as recorded; empty: not recorded
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcOutcomes outcomes;
    std::uint32_t arcs = 0;
};

/// A line of the list: an arc, or the heading of a group.
struct ArcLine {
    std::uint32_t index = 0; ///< arc, or group
    bool heading = false;

    bool operator==(const ArcLine&) const = default;
};

struct ArcListing {
    ArcsPtr of;
    ArcOrder order;
    ArcChoice choice;
    bool filtered = false; ///< by the window's filter
    std::vector<ArcLine> lines;
    std::vector<std::int32_t> places; ///< by arc: its line; -1: not shown
    std::vector<std::uint32_t> shown; ///< arcs, in the order of lines
    std::vector<ArcListGroup> groups;
    std::vector<std::uint32_t> findings; ///< by arc
    ArcOutcomes all;                     ///< whatever is filtered
    ArcOutcomes left;                    ///< by the window's filter and chips, but not by the choice of an outcome
    bool costed = false;                 ///< one currency, and an arc has a cost
    std::array<bool, spanTextCount> recorded{}; ///< tags that an arc has
};

using ListingPtr = std::shared_ptr<const ArcListing>;

/// What it is made of beside the arcs.
struct ArcListingInput {
    ArcsPtr of;
    ArcOrder order;
    ArcChoice choice;
    CorpusPtr now;                       ///< that `matches` are rows of
    bool same = true;                    ///< rows and traces of `of` are those of `now`
    RowsPtr matches;                     ///< of the window's filter; null: none
    std::vector<std::uint32_t> findings; ///< by trace of `of`; empty: none
};

/// An arc passes the filter where a span of one of its traces does.
ListingPtr arcListing(ArcListingInput input);

} // namespace arcscope
