// What became of many task arcs: every figure of a weekly review, each with how many arcs it is of and its interval.
#pragma once

#include "arctable.h"
#include "bootstrap.h"
#include "proportions.h"
#include "quantileinterval.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace arcscope
{

/// A share of arcs with Wilson's interval. Where nothing is recorded the interval is the whole of [0, 1].
struct ArcRate {
    Count count;
    Interval interval{0, 1};

    bool recorded() const { return count.recorded(); }
    double value() const { return count.rate(); }
    bool operator==(const ArcRate&) const = default;
};
ArcRate rateOf(std::uint64_t of, std::uint64_t all);

/// Shares of arcs in which something happened, or that ended in a way.
enum class ArcRateName : std::uint8_t {
    Attempted,         ///< failed or succeeded, of those whose outcome is known
    SuccessOfAttempts, ///< succeeded, of those attempted
    SuccessOfKnown,    ///< succeeded, of those whose outcome is known: the product of the two before
    Unknown,           ///< of all
    Labelled,          ///< the outcome is told by a person or by the data, of all
    Resolved,          ///< of those of which it is known how they ended; so are the next three
    ResolvedByHuman,
    Abandoned,
    Infeasible,
    ReAsked, ///< the same asked again, of those where turns are recorded; so are the next six
    Regenerated,
    Edited,
    Escalated,
    Accepted,
    Frustrated,
    Rescued,         ///< a failure was compensated silently
    SeveralSessions, ///< of those where sessions are recorded
    SeveralDevices,  ///< of those where devices are recorded
    Continued,       ///< went on in another stretch, of all
    Count,
};
inline constexpr int arcRateCount = static_cast<int>(ArcRateName::Count);
std::string_view name(ArcRateName rate); ///< "attempted", "success_of_attempts", …
/// One short sentence: of what it is the share.
std::string_view meaning(ArcRateName rate);

/// Costs of one currency; never mixed with another.
struct ArcCosts {
    StringId currency;          ///< of the corpus; none: the source names none
    std::uint64_t arcs = 0;     ///< with a cost in it
    std::uint64_t computed = 0; ///< of them with a price table's cost; those of others are what the source states
    std::uint64_t resolved = 0; ///< of them resolved without a person
    std::int64_t total = 0;     ///< millionths; of all of them, resolved or not
    /// Millionths for each resolved arc: total / resolved, arcs resampled. Nothing where none was resolved.
    std::optional<RatioEstimate> perResolved;
    RatioSample sample; ///< that perResolved is of
};

/// What click streams count, beside the rest so that the gap is seen.
struct ArcEngagement {
    std::uint64_t requests = 0;      ///< turns of users
    std::uint64_t arcsWithTurns = 0; ///< in which they are recorded
    std::uint64_t responses = 0;
    std::uint64_t modelCalls = 0;
    std::uint64_t toolCalls = 0;
    std::uint64_t days = 0; ///< UTC, on which an arc began
    std::uint64_t arcsWithTime = 0;
    std::uint64_t users = 0; ///< different ones
    std::uint64_t arcsWithUser = 0;
    ArcRate returning;               ///< users with arcs on more than one day, of those with a time
    std::uint64_t mostOfOneUser = 0; ///< arcs: where one user has many, intervals are narrower than they should be
    std::uint64_t sessions = 0;      ///< different ones
    std::uint64_t sessionVisits = 0; ///< sessions of each arc, added up
    std::uint64_t arcsWithSession = 0;

    std::optional<double> arcsPerDay() const;
    std::optional<double> turnsPerArc() const;
    std::optional<double> sessionsPerArc() const;
};

/// All of it. Intervals are of 95 % and take arcs as independent of each other.
struct ArcSummary {
    std::uint64_t arcs = 0;
    std::array<ArcRate, arcOutcomeCount> outcomes; ///< of all: declined, deferred, failed, succeeded, unknown
    /// By outcome and by who tells it.
    std::array<std::array<std::uint64_t, arcSourceCount>, arcOutcomeCount> told{};
    std::array<std::uint64_t, arcSourceCount> sources{};
    std::array<std::uint64_t, arcResolutionCount> resolutions{};
    std::array<ArcRate, arcRateCount> rates;
    /// The share that succeeded if all unknown ones did not, and if all did (Manski's bounds).
    Interval successBounds{0, 1};
    QuantileEstimate turnsMedian; ///< of users, of arcs resolved without a person; so are the next three
    QuantileEstimate turnsP90;
    QuantileEstimate timeMedian; ///< nanoseconds until it was resolved
    QuantileEstimate timeP90;
    std::vector<std::int32_t> turnsToResolve; ///< that the quantiles are of, in no order
    std::vector<std::int64_t> timesToResolve;
    std::vector<ArcCosts> costs; ///< by currency, that of most arcs first
    std::uint64_t unpriced = 0;  ///< no cost is recorded, or costs of several currencies
    std::uint64_t tokens = 0;
    std::uint64_t arcsWithTokens = 0;
    ArcEngagement engagement;
    std::uint64_t stitches = 0; ///< that are proposed and not decided: arcs that may be parts of others

    const ArcRate& operator[](ArcRateName rate) const { return rates[static_cast<std::size_t>(rate)]; }
    const ArcRate& operator[](ArcOutcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
};

/// The columns of ArcTable that summaries read; of the segments they read Session.
std::span<const ArcColumn> arcSummaryColumns();

/// Of these rows, sorted. O(rows) in one pass by column chunk, and a bounded time for each interval.
ArcSummary summarise(const ArcCorpus& arcs, std::span<const std::uint32_t> rows);

/// A way to tell arcs apart: the group of each row, noGroup for none; empty: all are in the only one.
inline constexpr std::uint32_t noGroup = 0xffffffffu;
struct ArcGroups {
    std::vector<std::uint32_t> groupOf;
    std::size_t count = 1;
};

/// Of each group by itself, in several ways to tell them apart: the pass over the table is the same for all.
std::vector<std::vector<ArcSummary>> summarise(const ArcCorpus& arcs, std::span<const std::uint32_t> rows,
                                               std::span<const ArcGroups> ways);

/// All rows of the table.
std::vector<std::uint32_t> allArcs(const ArcCorpus& arcs);

} // namespace arcscope
