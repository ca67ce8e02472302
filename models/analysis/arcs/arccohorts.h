// Two periods or cohorts of arcs compared: what differs, by how much at least, and what would mislead.
#pragma once

#include "arcsummary.h"
#include "evidence.h"
#include "ranktest.h"
#include "rateparts.h"

#include <string>

namespace arcscope
{

using ArcEvidence = Evidence;

/// Arcs a side, below which there are too few to compare.
inline constexpr std::uint64_t leastCompared = 10;

/// A rate of both.
struct ArcRateChange {
    std::string_view name;    ///< of ArcRateName; "share_declined" … "share_succeeded" for outcomes
    std::string_view meaning; ///< of what it is the share
    Count before;
    Count after;
    Estimate difference; ///< after less before, Newcombe's interval; this and p only where both are recorded
    double p = 1;
    double adjusted = 1; ///< for all rates and times that were compared
    ArcEvidence evidence = ArcEvidence::TooFew;
};

/// A time or count of both.
struct ArcShiftChange {
    std::string_view name; ///< "turns_to_resolve", "time_to_resolve"
    QuantileEstimate before;
    QuantileEstimate after;
    Shift shift; ///< Hodges and Lehmann, after less before; this and p only where there are enough
    double p = 1;
    double adjusted = 1;
    ArcEvidence evidence = ArcEvidence::TooFew;
};

/// Cost of a resolved arc in one currency.
struct ArcCostChange {
    StringId currency;
    std::optional<RatioEstimate> before; ///< millionths
    std::optional<RatioEstimate> after;
    std::optional<RatioEstimate> change;        ///< after divided by before
    ArcEvidence evidence = ArcEvidence::TooFew; ///< by the interval alone: None or Weak, never more
};

/// Why numbers may mislead, as a sentence with its counts.
struct ArcWarning {
    std::string_view kind; ///< "open_at_end", "shared_users", "heavy_user", "older_users", "told_by_others", "unknown"
    std::string text;
};

struct ArcComparison {
    ArcSummary before;
    ArcSummary after;
    std::vector<ArcRateChange> rates;
    std::vector<ArcShiftChange> shifts;
    std::vector<ArcCostChange> costs;
    std::optional<AttemptParts> decoupling; ///< nothing where one side has no attempt
    std::vector<ArcWarning> warnings;
    std::size_t compared = 0; ///< rates and times, for which p is adjusted
};

/// Rows of both are sorted. Ranks are of mostRanked arcs a side at most: bounded time.
ArcComparison compareArcs(const ArcCorpus& arcs, std::span<const std::uint32_t> before,
                          std::span<const std::uint32_t> after);

/// A stratum of both: those of one value of a tag.
struct ArcStratum {
    StringId value;        ///< none: not recorded
    bool others = false;   ///< further values together
    Count attemptedBefore; ///< of those whose outcome is known
    Count attemptedAfter;
    Count succeededBefore;
    Count succeededAfter;
    double byMix = 0;    ///< part of the change of the whole: there are more or fewer of it
    double byWithin = 0; ///< part: it goes better or worse itself
};

/// The change of success of all that is known, split by Kitagawa (1955): how much of it is another mix of strata. What
/// a stratum is in only one of both counts as mix.
struct ArcMixShift {
    SpanText tag = SpanText::Plan;
    std::vector<ArcStratum> strata; ///< the largest first
    double change = 0;
    double byMix = 0;
    double byWithin = 0;
};
ArcMixShift mixShift(const ArcCorpus& arcs, std::span<const std::uint32_t> before, std::span<const std::uint32_t> after,
                     SpanText tag, std::size_t most = 12);

} // namespace arcscope
