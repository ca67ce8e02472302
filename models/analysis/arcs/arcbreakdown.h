// Summaries of arcs side by side: by a tag, over time, by how long their user has been there.
#pragma once

#include "arcsummary.h"

#include <optional>

namespace arcscope
{

/// What arcs are told apart by.
struct ArcGrouping {
    enum class By : std::uint8_t {
        Whole, ///< all in one group
        Tag,
        Outcome,
        Day,            ///< days since 1970, UTC
        Week,           ///< the day of its Monday, UTC
        HourOfWeek,     ///< 0 to 167: Monday 00:00 is 0, UTC
        SessionOrdinal, ///< which session of its user it began in, counted from 1 over the whole table
    };
    By by = By::Tag;
    SpanText tag = SpanText::Plan; ///< By::Tag only
    std::size_t most = 12;         ///< By::Tag only: further values are counted together

    bool operator==(const ArcGrouping&) const = default;
};

struct ArcGroup {
    std::int64_t key = 0;  ///< the StringId of a tag, the number of an outcome, a day, an hour, the first ordinal
    std::int64_t upTo = 0; ///< SessionOrdinal: the last ordinal; else key
    ArcSummary summary;
};

struct ArcBreakdown {
    ArcGrouping grouping;
    /// Tags: the largest first. Else by key, without empty ones.
    std::vector<ArcGroup> groups;
    ArcGroup others;               ///< of all further values of a tag; summary.arcs is 0 where there are none
    std::uint32_t otherValues = 0; ///< that are counted together in `others`
    ArcSummary notRecorded;        ///< arcs without the tag, the time, or user and session
};

/// Of these rows, sorted; for all groupings in one pass over the table.
std::vector<ArcBreakdown> breakDown(const ArcCorpus& arcs, std::span<const std::uint32_t> rows,
                                    std::span<const ArcGrouping> groupings);
ArcBreakdown breakDown(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, const ArcGrouping& grouping);

/// By ArcTable row: which session of its user the arc began in, from 1; 0 where user, session or time is not recorded.
/// Later ordinals hold fewer and heavier users: who has stayed is not who came.
std::vector<std::uint32_t> sessionOrdinals(const ArcCorpus& arcs);

} // namespace arcscope
