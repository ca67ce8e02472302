#include "arccohorts.h"

#include "arcblocks.h"
#include "arcbreakdown.h"
#include "drawnsample.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace arcscope
{
namespace
{

ArcRateChange rateChange(std::string_view name, std::string_view meaning, const ArcRate& before, const ArcRate& after)
{
    ArcRateChange change{name, meaning, before.count, after.count, {}, 1, 1, ArcEvidence::TooFew};
    if (change.before.recorded() && change.after.recorded()) {
        change.difference = rateDifference(change.before, change.after);
        change.p = differenceChance(change.before, change.after);
    }
    if (change.before.all >= leastCompared && change.after.all >= leastCompared)
        change.evidence = ArcEvidence::None;
    return change;
}

template <typename Value>
ArcShiftChange shiftChange(std::string_view name, const QuantileEstimate& before, const QuantileEstimate& after,
                           const std::vector<Value>& first, const std::vector<Value>& second)
{
    ArcShiftChange change{name, before, after, {}, 1, 1, ArcEvidence::TooFew};
    if (first.size() < leastCompared || second.size() < leastCompared)
        return change;
    const std::vector<double> a = drawnSample(std::span(first));
    const std::vector<double> b = drawnSample(std::span(second));
    change.shift = hodgesLehmann(a, b);
    change.p = mannWhitney(a, b, Alternative::TwoSided).p;
    change.evidence = ArcEvidence::None;
    return change;
}

/// Judges what was compared, all together.
void judge(ArcComparison& comparison)
{
    std::vector<double> p;
    const auto forEach = [&](auto use) {
        for (ArcRateChange& rate : comparison.rates)
            use(rate, !rate.difference.interval.contains(0));
        for (ArcShiftChange& shift : comparison.shifts)
            use(shift, shift.shift.low > 0 || shift.shift.high < 0);
    };
    forEach([&](auto& change, bool) {
        if (change.evidence != ArcEvidence::TooFew)
            p.push_back(change.p);
    });
    const std::vector<double> adjusted = adjustedForMany(p);
    comparison.compared = p.size();
    std::size_t next = 0;
    forEach([&](auto& change, bool leavesOutZero) {
        if (change.evidence == ArcEvidence::TooFew)
            return;
        change.adjusted = adjusted[next++];
        if (change.adjusted <= 0.05)
            change.evidence = ArcEvidence::Difference;
        else if (leavesOutZero)
            change.evidence = ArcEvidence::Weak;
    });
}

std::vector<ArcCostChange> costChanges(const ArcSummary& before, const ArcSummary& after)
{
    std::vector<ArcCostChange> changes;
    for (const ArcCosts& second : after.costs) {
        const auto first = std::find_if(before.costs.begin(), before.costs.end(),
                                        [&](const ArcCosts& costs) { return costs.currency == second.currency; });
        if (first == before.costs.end())
            continue;
        ArcCostChange change{second.currency, first->perResolved, second.perResolved,
                             ratioChange(first->sample, second.sample), ArcEvidence::TooFew};
        if (change.change && change.change->interval)
            change.evidence = change.change->interval->contains(1) ? ArcEvidence::None : ArcEvidence::Weak;
        changes.push_back(std::move(change));
    }
    return changes;
}

std::optional<AttemptParts> decouplingOf(const ArcSummary& before, const ArcSummary& after)
{
    const auto rates = [](const ArcSummary& side) {
        return AttemptRates{side[ArcRateName::Attempted].count, side[ArcRateName::SuccessOfAttempts].count};
    };
    return partsByAttempt(rates(before), rates(after), leastCompared);
}

std::string percent(const Count& count)
{
    return std::to_string(std::lround(100 * count.rate())) + " %";
}

/// Arcs of one side that began so late that they had less time than nine of ten resolved ones needed, and were not
/// resolved.
Count openAtEnd(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, Nanos end, std::int64_t needed)
{
    Count open;
    constexpr std::array columns{ArcColumn::Start, ArcColumn::Resolution};
    forEachBlock(arcs.arcs, rows, columns, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            if (block.values[0][i] == noTime)
                continue;
            ++open.all;
            open.of += end - block.values[0][i] < needed &&
                       static_cast<ArcResolution>(block.values[1][i]) == ArcResolution::Unknown;
        }
    });
    return open;
}

Nanos lastEnd(const ArcCorpus& arcs)
{
    Nanos last = noTime;
    const std::vector<std::uint32_t> rows = allArcs(arcs);
    forEachBlock(arcs.arcs, rows, std::array{ArcColumn::Start, ArcColumn::Duration}, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            if (block.values[0][i] != noTime)
                last = std::max(last, block.values[0][i] + std::max<std::int64_t>(block.values[1][i], 0));
        }
    });
    return last;
}

std::vector<bool> usersOf(const ArcCorpus& arcs, std::span<const std::uint32_t> rows)
{
    std::vector<bool> users;
    forEachBlock(arcs.arcs, rows, std::array{tagColumn(SpanText::User)}, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            const auto user = static_cast<std::size_t>(block.values[0][i]);
            if (user >= users.size())
                users.resize(user + 1 + user / 2);
            users[user] = true;
        }
    });
    if (!users.empty())
        users[0] = false;
    return users;
}

/// Arcs beyond the fifth session of their user.
Count ofOldUsers(const std::vector<std::uint32_t>& ordinals, std::span<const std::uint32_t> rows)
{
    Count old;
    for (const std::uint32_t row : rows) {
        old.all += ordinals[row] > 0;
        old.of += ordinals[row] > 5;
    }
    return old;
}

void warnAbout(ArcComparison& comparison, const ArcCorpus& arcs, std::span<const std::uint32_t> before,
               std::span<const std::uint32_t> after)
{
    const auto warn = [&](std::string_view kind, std::string text) {
        comparison.warnings.push_back({kind, std::move(text)});
    };
    const auto differ = [](const Count& a, const Count& b, double least) {
        return a.all >= leastCompared && b.all >= leastCompared && std::abs(b.rate() - a.rate()) >= least &&
               !rateDifference(a, b).interval.contains(0);
    };
    const ArcSummary& earlier = comparison.before;
    const ArcSummary& later = comparison.after;

    std::vector<std::int64_t> times = earlier.timesToResolve;
    times.insert(times.end(), later.timesToResolve.begin(), later.timesToResolve.end());
    if (const QuantileEstimate needed = quantileOf(times, 0.9); needed.count >= leastCompared) {
        const Nanos end = lastEnd(arcs);
        for (const auto& [side, rows] : {std::pair{"before", before}, std::pair{"after", after}}) {
            const Count open = openAtEnd(arcs, rows, end, needed.value);
            if (open.of * 50 >= open.all && open.of > 0)
                warn("open_at_end", std::to_string(open.of) + " of " + std::to_string(open.all) + " arcs of “" + side +
                                        "” began less than " + durationText(needed.value) +
                                        " before the data ends, in which nine of ten resolved arcs are, and are open");
        }
    }
    const std::vector<bool> users = usersOf(arcs, before);
    const std::vector<bool> others = usersOf(arcs, after);
    std::uint64_t shared = 0;
    for (std::size_t i = 0; i < std::min(users.size(), others.size()); ++i)
        shared += users[i] && others[i];
    if (shared > 0)
        warn("shared_users", std::to_string(shared) + " of " + std::to_string(later.engagement.users) +
                                 " users of “after” are in “before”, too: the sides are not independent, and for two "
                                 "variants the assignment was not by user");
    for (const auto& [side, summary] : {std::pair{"before", &earlier}, std::pair{"after", &later}}) {
        const Count heavy{summary->engagement.mostOfOneUser, summary->engagement.arcsWithUser};
        if (heavy.all >= leastCompared && heavy.rate() >= 0.1)
            warn("heavy_user", "one user has " + percent(heavy) + " of the arcs of “" + side +
                                   "”: the intervals take arcs as independent, and are too narrow");
    }
    const std::vector<std::uint32_t> ordinals = sessionOrdinals(arcs);
    const Count old = ofOldUsers(ordinals, before);
    const Count older = ofOldUsers(ordinals, after);
    if (differ(old, older, 0.05))
        warn("older_users", percent(old) + " of arcs before and " + percent(older) +
                                " after are beyond the fifth session of their user: who has stayed is not who came");
    const Count labels = earlier[ArcRateName::Labelled].count;
    const Count laterLabels = later[ArcRateName::Labelled].count;
    if (differ(labels, laterLabels, 0.05))
        warn("told_by_others", "outcomes are told by people or the data for " + percent(labels) + " before and " +
                                   percent(laterLabels) + " after: it is not the same who judges");
    const Count unknown = earlier[ArcRateName::Unknown].count;
    const Count laterUnknown = later[ArcRateName::Unknown].count;
    if (differ(unknown, laterUnknown, 0.02))
        warn("unknown", "the outcome is unknown for " + percent(unknown) + " before and " + percent(laterUnknown) +
                            " after: rates of what is known are of different parts");
}

/// What Kitagawa's split needs of a stratum.
struct Side {
    std::uint64_t known = 0;
    std::uint64_t attempted = 0;
    std::uint64_t succeeded = 0;
};
struct BothSides {
    std::array<Side, 2> sides;
};

} // namespace

ArcComparison compareArcs(const ArcCorpus& arcs, std::span<const std::uint32_t> before,
                          std::span<const std::uint32_t> after)
{
    ArcComparison comparison;
    comparison.before = summarise(arcs, before);
    comparison.after = summarise(arcs, after);
    const ArcSummary& earlier = comparison.before;
    const ArcSummary& later = comparison.after;
    constexpr auto shares = std::to_array<std::string_view>(
        {"share_declined", "share_deferred", "share_failed", "share_succeeded"}); // unknown is among the rates
    for (std::size_t i = 0; i < shares.size(); ++i)
        comparison.rates.push_back(rateChange(shares[i], "of all arcs", earlier.outcomes[i], later.outcomes[i]));
    for (int i = 0; i < arcRateCount; ++i) {
        const auto rate = static_cast<ArcRateName>(i);
        comparison.rates.push_back(rateChange(name(rate), meaning(rate), earlier[rate], later[rate]));
    }
    comparison.shifts.push_back(shiftChange("turns_to_resolve", earlier.turnsMedian, later.turnsMedian,
                                            earlier.turnsToResolve, later.turnsToResolve));
    comparison.shifts.push_back(shiftChange("time_to_resolve", earlier.timeMedian, later.timeMedian,
                                            earlier.timesToResolve, later.timesToResolve));
    judge(comparison);
    comparison.costs = costChanges(earlier, later);
    comparison.decoupling = decouplingOf(earlier, later);
    warnAbout(comparison, arcs, before, after);
    return comparison;
}

ArcMixShift mixShift(const ArcCorpus& arcs, std::span<const std::uint32_t> before, std::span<const std::uint32_t> after,
                     SpanText tag, std::size_t most)
{
    std::map<std::uint32_t, BothSides> strata;
    const std::array sides{before, after};
    for (std::size_t side = 0; side < sides.size(); ++side) {
        forEachBlock(arcs.arcs, sides[side], std::array{tagColumn(tag), ArcColumn::Outcome}, [&](const auto& block) {
            for (std::size_t i = 0; i < block.rows.size(); ++i) {
                const auto outcome = static_cast<ArcOutcome>(block.values[1][i]);
                Side& counts = strata[static_cast<std::uint32_t>(block.values[0][i])].sides[side];
                counts.known += outcome != ArcOutcome::Unknown;
                counts.attempted += outcome == ArcOutcome::Failed || outcome == ArcOutcome::Succeeded;
                counts.succeeded += outcome == ArcOutcome::Succeeded;
            }
        });
    }
    struct Part {
        std::uint32_t value;
        bool others;
        BothSides counts;
        std::uint64_t known() const { return counts.sides[0].known + counts.sides[1].known; }
    };
    std::vector<Part> parts;
    for (const auto& [value, counts] : strata)
        parts.push_back({value, false, counts});
    std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.known() > b.known(); });
    if (parts.size() > most) {
        Part others{0, true, {}};
        for (std::size_t i = most; i < parts.size(); ++i) {
            for (std::size_t side = 0; side < 2; ++side) {
                others.counts.sides[side].known += parts[i].counts.sides[side].known;
                others.counts.sides[side].attempted += parts[i].counts.sides[side].attempted;
                others.counts.sides[side].succeeded += parts[i].counts.sides[side].succeeded;
            }
        }
        parts.resize(most);
        parts.push_back(others);
    }
    ArcMixShift shift;
    shift.tag = tag;
    std::vector<StratumRates> rates;
    for (const Part& part : parts) {
        const auto& [one, two] = part.counts.sides;
        ArcStratum stratum{{part.value},
                           part.others,
                           {one.attempted, one.known},
                           {two.attempted, two.known},
                           {one.succeeded, one.known},
                           {two.succeeded, two.known}};
        shift.strata.push_back(stratum);
        rates.push_back({stratum.succeededBefore, stratum.succeededAfter});
    }
    const MixParts split = partsByMix(rates);
    for (std::size_t i = 0; i < split.strata.size(); ++i) {
        shift.strata[i].byMix = split.strata[i].byMix;
        shift.strata[i].byWithin = split.strata[i].byWithin;
    }
    shift.change = split.change;
    shift.byMix = split.byMix;
    shift.byWithin = split.byWithin;
    return shift;
}

} // namespace arcscope
