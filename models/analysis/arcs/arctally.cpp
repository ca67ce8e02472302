#include "arctally.h"

#include "usage.h"
#include "utccalendar.h"

#include <algorithm>

namespace arcscope
{
namespace
{

std::uint64_t positive(std::int64_t count)
{
    return count > 0 ? static_cast<std::uint64_t>(count) : 0;
}

/// A flag is of a count that is at least so much; -1 in its column: not recorded.
struct FlagRule {
    ArcFlag flag;
    ArcRateName rate;
    ArcColumn column;
    std::int64_t least;
};
constexpr auto countedFlags =
    std::to_array<FlagRule>({{ArcFlag::ReAsked, ArcRateName::ReAsked, ArcColumn::ReAsks, 1},
                             {ArcFlag::Regenerated, ArcRateName::Regenerated, ArcColumn::Regenerates, 1},
                             {ArcFlag::Edited, ArcRateName::Edited, ArcColumn::Edits, 1},
                             {ArcFlag::Escalated, ArcRateName::Escalated, ArcColumn::Escalations, 1},
                             {ArcFlag::Accepted, ArcRateName::Accepted, ArcColumn::Accepts, 1},
                             {ArcFlag::Frustrated, ArcRateName::Frustrated, ArcColumn::FrustrationSignals, 1},
                             {ArcFlag::Rescued, ArcRateName::Rescued, ArcColumn::Rescues, 1},
                             {ArcFlag::Continued, ArcRateName::Continued, ArcColumn::Segments, 2}});
/// An arc is in one session and on one device at least: 0 is that none is recorded.
constexpr auto otherFlags = std::to_array<FlagRule>({{ArcFlag::SeveralSessions, {}, ArcColumn::Sessions, 2},
                                                     {ArcFlag::SeveralDevices, {}, ArcColumn::Devices, 2},
                                                     {ArcFlag::SessionsRecorded, {}, ArcColumn::Sessions, 1},
                                                     {ArcFlag::DevicesRecorded, {}, ArcColumn::Devices, 1}});

constexpr std::size_t bitOf(ArcFlag flag)
{
    return std::size_t{1} << static_cast<std::size_t>(flag);
}

} // namespace

TallyBlock::TallyBlock(const ArcBlock<tallyColumns.size()>& made)
    : block(made)
{
    const std::size_t rows = block.rows.size();
    const auto mark = [&](const FlagRule& rule) {
        const std::int64_t* values = (*this)[rule.column].data();
        const auto bit = static_cast<std::uint16_t>(bitOf(rule.flag));
        for (std::size_t i = 0; i < rows; ++i)
            flags[i] = static_cast<std::uint16_t>(flags[i] | (values[i] >= rule.least ? bit : 0));
    };
    for (const FlagRule& rule : countedFlags) {
        mark(rule);
        const std::int64_t* values = (*this)[rule.column].data();
        for (std::size_t i = 0; i < rows; ++i)
            gaps[i] = static_cast<std::uint8_t>(gaps[i] | (values[i] < 0 ? 1 : 0));
    }
    for (const FlagRule& rule : otherFlags)
        mark(rule);
    const auto& outcomes = (*this)[ArcColumn::Outcome];
    const auto& sources = (*this)[ArcColumn::OutcomeSource];
    const auto& resolutions = (*this)[ArcColumn::Resolution];
    for (std::size_t i = 0; i < rows; ++i)
        endings[i] = static_cast<std::uint16_t>((outcomes[i] * arcSourceCount + sources[i]) * arcResolutionCount +
                                                resolutions[i]);
}

void ArcTally::expect(std::size_t arcs)
{
    m_flags.resize(std::size_t{1} << arcFlagCount);
    m_summary.turnsToResolve.reserve(arcs);
    m_summary.timesToResolve.reserve(arcs);
    m_visits.reserve(arcs);
    m_sessions.reserve(arcs + arcs / 4);
}

void ArcTally::addCost(std::int64_t cost, StringId currency, bool computed, bool resolved)
{
    if (cost < 0) {
        ++m_summary.unpriced;
        return;
    }
    std::size_t at = 0;
    while (at < m_summary.costs.size() && m_summary.costs[at].currency != currency)
        ++at;
    if (at == m_summary.costs.size())
        m_summary.costs.emplace_back().currency = currency;
    ArcCosts& costs = m_summary.costs[at];
    ++costs.arcs;
    costs.computed += computed;
    costs.resolved += resolved;
    costs.total = saturatedSum(costs.total, cost);
    costs.sample.add(static_cast<double>(cost), resolved ? 1 : 0);
}

void ArcTally::addGaps(const TallyBlock& block, std::size_t i)
{
    for (const FlagRule& rule : countedFlags)
        m_gaps[static_cast<std::size_t>(rule.flag)] += block[rule.column][i] < 0;
}

void ArcTally::add(const TallyBlock& block, std::size_t i)
{
    const auto value = [&](ArcColumn column) { return block[column][i]; };
    ++m_summary.arcs;
    ++m_endings[block.endings[i]];
    ++m_flags[block.flags[i]];
    if (block.gaps[i] != 0)
        addGaps(block, i);
    const auto resolution = static_cast<ArcResolution>(value(ArcColumn::Resolution));

    const bool resolved = resolution == ArcResolution::Resolved;
    const std::int64_t turns = value(ArcColumn::Turns);
    const std::int64_t time = value(ArcColumn::Resolved);
    if (resolved && turns >= 0)
        m_summary.turnsToResolve.push_back(static_cast<std::int32_t>(turns));
    if (resolved && time >= 0)
        m_summary.timesToResolve.push_back(time);
    addCost(value(ArcColumn::Cost), {static_cast<std::uint32_t>(value(tagColumn(SpanText::Currency)))},
            value(tagColumn(SpanText::PriceTable)) != 0, resolved);
    const std::int64_t tokens = value(ArcColumn::Tokens);
    m_summary.tokens += positive(tokens);
    m_summary.arcsWithTokens += tokens >= 0;
    m_summary.stitches += positive(value(ArcColumn::Stitches));

    ArcEngagement& engagement = m_summary.engagement;
    engagement.requests += positive(turns);
    engagement.arcsWithTurns += turns >= 0;
    engagement.responses += positive(value(ArcColumn::Responses));
    engagement.modelCalls += positive(value(ArcColumn::ModelCalls));
    engagement.toolCalls += positive(value(ArcColumn::ToolCalls));
    engagement.sessionVisits += positive(value(ArcColumn::Sessions));
    std::int32_t day = SeenIds::noDay;
    if (const Nanos start = value(ArcColumn::Start); start != noTime) {
        ++engagement.arcsWithTime;
        day = static_cast<std::int32_t>(dayOf(start));
        if (m_days.empty() || m_days.back() != day)
            m_days.push_back(day);
    }
    if (const std::int64_t user = value(tagColumn(SpanText::User)))
        m_visits.push_back({static_cast<std::uint32_t>(user), day});
}

void ArcTally::finishUsers(ArcEngagement& engagement, SeenIds& seen)
{
    engagement.arcsWithUser = m_visits.size();
    std::uint64_t timed = 0;
    std::uint64_t returned = 0;
    seen.clear();
    for (const Visit& visit : m_visits) {
        SeenIds::Note& note = seen.of(visit.user);
        engagement.users += ++note.times == 1;
        engagement.mostOfOneUser = std::max<std::uint64_t>(engagement.mostOfOneUser, note.times);
        if (visit.day == SeenIds::noDay)
            continue;
        if (note.day == SeenIds::noDay) {
            note.day = visit.day;
            ++timed;
        } else if (note.day != visit.day && !note.returned) {
            note.returned = true;
            ++returned;
        }
    }
    engagement.returning = rateOf(returned, timed);
    seen.clear();
    for (const std::uint32_t session : m_sessions)
        engagement.sessions += seen.isNew(session);
}

void ArcTally::finishEndings()
{
    for (std::size_t ending = 0; ending < m_endings.size(); ++ending) {
        const std::size_t resolution = ending % arcResolutionCount;
        const std::size_t source = ending / arcResolutionCount % arcSourceCount;
        m_summary.told[ending / arcResolutionCount / arcSourceCount][source] += m_endings[ending];
        m_summary.resolutions[resolution] += m_endings[ending];
    }
}

void ArcTally::finishFlags()
{
    std::array<std::uint64_t, arcFlagCount> with{};
    for (std::size_t flags = 0; flags < m_flags.size(); ++flags) {
        for (std::size_t flag = 0; m_flags[flags] > 0 && flag < with.size(); ++flag)
            with[flag] += (flags >> flag & 1U) != 0 ? m_flags[flags] : 0;
    }
    const auto count = [&](ArcFlag flag) { return with[static_cast<std::size_t>(flag)]; };
    const auto set = [&](ArcRateName rate, std::uint64_t of, std::uint64_t all) {
        m_summary.rates[static_cast<std::size_t>(rate)] = rateOf(of, all);
    };
    for (const FlagRule& rule : countedFlags)
        set(rule.rate, count(rule.flag), m_summary.arcs - m_gaps[static_cast<std::size_t>(rule.flag)]);
    set(ArcRateName::SeveralSessions, count(ArcFlag::SeveralSessions), count(ArcFlag::SessionsRecorded));
    set(ArcRateName::SeveralDevices, count(ArcFlag::SeveralDevices), count(ArcFlag::DevicesRecorded));
    m_summary.engagement.arcsWithSession = count(ArcFlag::SessionsRecorded);
}

ArcSummary ArcTally::finish(SeenIds& seen)
{
    ArcSummary& summary = m_summary;
    finishEndings();
    std::array<std::uint64_t, arcOutcomeCount> outcomes{};
    for (std::size_t outcome = 0; outcome < outcomes.size(); ++outcome) {
        for (std::size_t source = 0; source < summary.sources.size(); ++source) {
            outcomes[outcome] += summary.told[outcome][source];
            summary.sources[source] += summary.told[outcome][source];
        }
    }
    const auto of = [&](ArcOutcome outcome) { return outcomes[static_cast<std::size_t>(outcome)]; };
    const auto ended = [&](ArcResolution how) { return summary.resolutions[static_cast<std::size_t>(how)]; };
    const auto set = [&](ArcRateName rate, std::uint64_t part, std::uint64_t all) {
        summary.rates[static_cast<std::size_t>(rate)] = rateOf(part, all);
    };
    const std::uint64_t all = summary.arcs;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        summary.outcomes[i] = rateOf(outcomes[i], all);
    finishFlags();
    const std::uint64_t known = all - of(ArcOutcome::Unknown);
    const std::uint64_t succeeded = of(ArcOutcome::Succeeded);
    const std::uint64_t attempted = succeeded + of(ArcOutcome::Failed);
    set(ArcRateName::Attempted, attempted, known);
    set(ArcRateName::SuccessOfAttempts, succeeded, attempted);
    set(ArcRateName::SuccessOfKnown, succeeded, known);
    set(ArcRateName::Unknown, all - known, all);
    set(ArcRateName::Labelled,
        summary.sources[static_cast<std::size_t>(ArcSource::Human)] +
            summary.sources[static_cast<std::size_t>(ArcSource::DataLabel)],
        all);
    const std::uint64_t seenEnding = all - ended(ArcResolution::Unknown);
    set(ArcRateName::Resolved, ended(ArcResolution::Resolved), seenEnding);
    set(ArcRateName::ResolvedByHuman, ended(ArcResolution::ResolvedByHuman), seenEnding);
    set(ArcRateName::Abandoned, ended(ArcResolution::Abandoned), seenEnding);
    set(ArcRateName::Infeasible, ended(ArcResolution::Infeasible), seenEnding);
    if (all > 0)
        summary.successBounds = {Count{succeeded, all}.rate(), Count{succeeded + all - known, all}.rate()};
    summary.turnsMedian = quantileOf(summary.turnsToResolve, 0.5);
    summary.turnsP90 = quantileOf(summary.turnsToResolve, 0.9);
    summary.timeMedian = quantileOf(summary.timesToResolve, 0.5);
    summary.timeP90 = quantileOf(summary.timesToResolve, 0.9);
    for (ArcCosts& costs : summary.costs)
        costs.perResolved = ratioOf(costs.sample);
    std::sort(summary.costs.begin(), summary.costs.end(), [](const ArcCosts& a, const ArcCosts& b) {
        return a.arcs != b.arcs ? a.arcs > b.arcs : a.currency < b.currency;
    });
    std::sort(m_days.begin(), m_days.end());
    summary.engagement.days = static_cast<std::uint64_t>(std::unique(m_days.begin(), m_days.end()) - m_days.begin());
    finishUsers(summary.engagement, seen);
    return std::move(m_summary);
}

} // namespace arcscope
