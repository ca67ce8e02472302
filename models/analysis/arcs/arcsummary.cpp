#include "arcsummary.h"

#include "arcblocks.h"
#include "arctally.h"

#include <algorithm>
#include <numeric>

namespace arcscope
{
namespace
{

struct RateWords {
    std::string_view name;
    std::string_view meaning;
};

constexpr std::array<RateWords, arcRateCount> rateWords{{
    {"attempted", "attempted, of arcs whose outcome is known"},
    {"success_of_attempts", "succeeded, of arcs attempted"},
    {"success_of_known", "succeeded, of arcs whose outcome is known"},
    {"unknown", "nothing tells the outcome, of all arcs"},
    {"labelled", "the outcome is told by a person or by the data, of all arcs"},
    {"resolved", "resolved, of arcs of which it is known how they ended"},
    {"resolved_by_human", "resolved by a person, of arcs of which it is known how they ended"},
    {"abandoned", "abandoned, of arcs of which it is known how they ended"},
    {"infeasible", "could not be done, of arcs of which it is known how they ended"},
    {"re_asked", "the same was asked again, of arcs where that is recorded"},
    {"regenerated", "an answer was made again, of arcs where that is recorded"},
    {"edited", "an answer was changed or corrected, of arcs where that is recorded"},
    {"escalated", "handed to a person, or a person asked for, of arcs where that is recorded"},
    {"accepted", "thanked, confirmed or applied, of arcs where that is recorded"},
    {"frustrated", "signals of frustration, of arcs where turns are recorded"},
    {"rescued", "a failure was compensated silently, of arcs where calls are recorded"},
    {"several_sessions", "spans several sessions, of arcs where sessions are recorded"},
    {"several_devices", "spans several devices, of arcs where devices are recorded"},
    {"continued", "went on in another trace, of all arcs"},
}};

std::optional<double> per(std::uint64_t sum, std::uint64_t count)
{
    if (count == 0)
        return std::nullopt;
    return static_cast<double>(sum) / static_cast<double>(count);
}

/// One for each group, with room for its arcs.
std::vector<ArcTally> emptyTallies(const ArcGroups& groups, std::size_t rows)
{
    assert(groups.groupOf.empty() || groups.groupOf.size() == rows);
    std::vector<ArcTally> tallies(groups.count);
    std::vector<std::size_t> sizes(groups.count, groups.groupOf.empty() ? rows : 0);
    for (const std::uint32_t group : groups.groupOf) {
        if (group != noGroup)
            ++sizes[group];
    }
    for (std::size_t i = 0; i < groups.count; ++i)
        tallies[i].expect(sizes[i]);
    return tallies;
}

} // namespace

std::string_view name(ArcRateName rate)
{
    return rateWords[static_cast<std::size_t>(rate)].name;
}

std::string_view meaning(ArcRateName rate)
{
    return rateWords[static_cast<std::size_t>(rate)].meaning;
}

ArcRate rateOf(std::uint64_t of, std::uint64_t all)
{
    return {{of, all}, wilsonInterval({of, all})};
}

std::optional<double> ArcEngagement::arcsPerDay() const
{
    return per(arcsWithTime, days);
}

std::optional<double> ArcEngagement::turnsPerArc() const
{
    return per(requests, arcsWithTurns);
}

std::optional<double> ArcEngagement::sessionsPerArc() const
{
    return per(sessionVisits, arcsWithSession);
}

std::span<const ArcColumn> arcSummaryColumns()
{
    return tallyColumns;
}

std::vector<std::vector<ArcSummary>> summarise(const ArcCorpus& arcs, std::span<const std::uint32_t> rows,
                                               std::span<const ArcGroups> ways)
{
    std::vector<std::vector<ArcTally>> tallies;
    for (const ArcGroups& groups : ways)
        tallies.push_back(emptyTallies(groups, rows.size()));
    std::vector<std::uint32_t> sessions;
    std::vector<std::int64_t> ofSegments;
    forEachBlock(arcs.arcs, rows, tallyColumns, [&](const auto& decoded) {
        const TallyBlock block(decoded);
        const auto& firsts = block[ArcColumn::FirstSegment];
        const auto& counts = block[ArcColumn::Segments];
        // Stretches of arcs that follow each other do so, too.
        const std::size_t count = decoded.rows.size();
        const std::int64_t from = count > 0 ? *std::min_element(firsts.begin(), firsts.begin() + count) : 0;
        std::int64_t to = from;
        for (std::size_t i = 0; i < count; ++i)
            to = std::max(to, firsts[i] + counts[i]);
        ofSegments.resize(static_cast<std::size_t>(to - from));
        readRows(arcs.segments, ArcSegmentColumn::Session, static_cast<std::uint32_t>(from), ofSegments);
        for (std::size_t i = 0; i < count; ++i) {
            sessions.clear();
            for (std::int64_t at = 0; at < counts[i]; ++at) {
                if (const std::int64_t session = ofSegments[static_cast<std::size_t>(firsts[i] - from + at)])
                    sessions.push_back(static_cast<std::uint32_t>(session));
            }
            for (std::size_t way = 0; way < ways.size(); ++way) {
                const std::vector<std::uint32_t>& groupOf = ways[way].groupOf;
                const std::uint32_t group = groupOf.empty() ? 0 : groupOf[decoded.first + i];
                if (group == noGroup)
                    continue;
                ArcTally& tally = tallies[way][group];
                tally.add(block, i);
                for (const std::uint32_t session : sessions)
                    tally.addSession(session);
            }
        }
    });
    SeenIds seen;
    std::vector<std::vector<ArcSummary>> summaries(ways.size());
    for (std::size_t way = 0; way < ways.size(); ++way) {
        for (ArcTally& tally : tallies[way])
            summaries[way].push_back(tally.finish(seen));
    }
    return summaries;
}

ArcSummary summarise(const ArcCorpus& arcs, std::span<const std::uint32_t> rows)
{
    const ArcGroups whole;
    return std::move(summarise(arcs, rows, std::span(&whole, 1)).front().front());
}

std::vector<std::uint32_t> allArcs(const ArcCorpus& arcs)
{
    std::vector<std::uint32_t> rows(arcs.arcs.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

} // namespace arcscope
