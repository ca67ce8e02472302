#include "replaytasks.h"

#include "ranktest.h"
#include "separation.h"

#include <algorithm>
#include <unordered_set>

namespace arcscope
{
namespace
{

constexpr double falseDiscoveries = 0.05;

/// Runs of a task on both sides, of which each pair may have a verdict; of more than mostSeparated none is looked at.
class RunDistances
{
public:
    RunDistances(const std::vector<std::uint32_t>& base, const std::vector<std::uint32_t>& candidate)
    {
        if (base.size() + candidate.size() > mostSeparated)
            return;
        m_runs = base;
        m_runs.insert(m_runs.end(), candidate.begin(), candidate.end());
        m_distances.assign(m_runs.size() * m_runs.size(), -1);
        for (std::size_t i = 0; i < m_runs.size(); ++i)
            m_distances[i * m_runs.size() + i] = 0;
    }

    void set(const ReplayVerdict& verdict)
    {
        const auto one = std::find(m_runs.begin(), m_runs.end(), verdict.base) - m_runs.begin();
        const auto two = std::find(m_runs.begin(), m_runs.end(), verdict.candidate) - m_runs.begin();
        const auto runs = static_cast<std::ptrdiff_t>(m_runs.size());
        if (one == runs || two == runs)
            return;
        m_distances[static_cast<std::size_t>(one * runs + two)] = verdict.distance;
        m_distances[static_cast<std::size_t>(two * runs + one)] = verdict.distance;
    }

    /// All pairs are there, and not too many.
    bool whole() const
    {
        return !m_runs.empty() &&
               std::all_of(m_distances.begin(), m_distances.end(), [](double distance) { return distance >= 0; });
    }
    std::span<const double> distances() const { return m_distances; }

private:
    std::vector<std::uint32_t> m_runs;
    std::vector<double> m_distances;
};

bool matters(const ReplayVerdict& a, const ReplayVerdict& b)
{
    if (a.weight != b.weight)
        return a.weight > b.weight;
    if (a.difference != b.difference)
        return a.difference > b.difference;
    return a.changed > b.changed;
}

void countRuns(const ReplayPairing& pairing, const std::vector<std::uint32_t>& runs, TaskRuns& done,
               std::optional<double>& score, bool& control)
{
    double sum = 0;
    std::uint32_t scored = 0;
    for (const std::uint32_t run : runs) {
        const ReplayRun& of = pairing.runs[run];
        done.runs += of.outcome != ArcOutcome::Unknown;
        done.done += of.outcome == ArcOutcome::Succeeded;
        if (of.score != noScore) {
            sum += static_cast<double>(of.score);
            ++scored;
        }
        control = control || of.control;
    }
    if (scored > 0)
        score = sum / scored;
}

ReplayChange changeOf(double base, double candidate)
{
    if (candidate > base)
        return ReplayChange::Gain;
    return candidate < base ? ReplayChange::Regression : ReplayChange::Tie;
}

void countDeclined(ReplayTasks::Task& task, const ReplayPairing& pairing, const ReplayTask& of, std::uint32_t side,
                   std::span<const ReplayVerdict> verdicts)
{
    std::unordered_set<std::uint32_t> declined; // runs of both sides
    for (const std::uint32_t pair : task.across) {
        const ReplayVerdict& verdict = verdicts[pair];
        if (verdict.baseDeclined)
            declined.insert(verdict.base);
        if (verdict.candidateDeclined)
            declined.insert(verdict.candidate);
    }
    const auto count = [&](const std::vector<std::uint32_t>& runs, Count& into) {
        for (const std::uint32_t run : runs) {
            ++into.all;
            into.of += pairing.runs[run].outcome == ArcOutcome::Declined || declined.contains(run);
        }
    };
    count(of.runs[0], task.declined[0]);
    count(of.runs[side], task.declined[1]);
}

void sumUp(ReplayTasks::Task& task, const ReplayPairing& pairing, std::uint32_t side,
           std::span<const ReplayVerdict> verdicts)
{
    ReplayTaskSummary& summary = task.summary;
    const ReplayTask& of = pairing.tasks[summary.task];
    summary.pairs = static_cast<std::uint32_t>(task.across.size());
    summary.first = *std::min_element(task.across.begin(), task.across.end(), [&](std::uint32_t a, std::uint32_t b) {
        return matters(verdicts[a], verdicts[b]);
    });
    const ReplayVerdict& most = verdicts[summary.first];
    summary.weight = most.weight;
    summary.difference = most.difference;
    summary.detail = most.detail;
    summary.changed = most.changed;
    for (const std::uint32_t pair : task.across) {
        for (std::size_t badge = 0; badge < replayValidityCount; ++badge) {
            for (const std::uint32_t count : verdicts[pair].counts[badge]) {
                summary.steps += count;
                summary.valid += badge == 0 ? count : 0;
            }
        }
    }
    countRuns(pairing, of.runs[0], summary.base, summary.baseScore, summary.control);
    countRuns(pairing, of.runs[side], summary.candidate, summary.candidateScore, summary.control);
    if (summary.base.runs > 0 && summary.candidate.runs > 0)
        summary.flip = changeOf(summary.base.rate(), summary.candidate.rate());
    summary.change = summary.flip;
    if (summary.baseScore && summary.candidateScore)
        summary.change = changeOf(*summary.baseScore, *summary.candidateScore);
    countDeclined(task, pairing, of, side, verdicts);
}

/// Scores of different judges, or versions of one, are not compared.
void setApart(ReplayTasks& tasks, ReplayTasks::Task& task, const ReplayPairing& pairing,
              std::span<const ReplayVerdict> verdicts)
{
    std::uint64_t apart = 0;
    for (const std::uint32_t pair : task.across)
        apart += judgedApart(pairing.runs[verdicts[pair].base], pairing.runs[verdicts[pair].candidate]);
    tasks.judgedApart += apart;
    if (apart == 0)
        return;
    ReplayTaskSummary& summary = task.summary;
    summary.change = ReplayChange::NotKnown;
    summary.flip = ReplayChange::NotKnown;
    summary.baseScore.reset();
    summary.candidateScore.reset();
    summary.base = {};
    summary.candidate = {};
}

/// Tells change from what reruns do by themselves. Only tasks of which some pair differs in more than wording are
/// tested, and held against each other.
void tellApart(ReplayTasks& tasks, const ReplayPairing& pairing, std::uint32_t side,
               std::span<const ReplayVerdict> verdicts)
{
    const auto differs = [&](std::uint32_t pair) { return verdicts[pair].weight > ReplayClass::Wording; };
    std::vector<std::size_t> tested;
    std::vector<SeparatedRuns> separated;
    for (std::size_t i = 0; i < tasks.tasks.size(); ++i) {
        ReplayTasks::Task& task = tasks.tasks[i];
        if (task.summary.weight > ReplayClass::Wording)
            task.summary.state = ReplayTaskState::Differs;
        const ReplayTask& of = pairing.tasks[task.summary.task];
        RunDistances distances(of.runs[0], of.runs[side]);
        for (const std::uint32_t pair : task.across)
            distances.set(verdicts[pair]);
        for (const std::uint32_t pair : task.within)
            distances.set(verdicts[pair]);
        const bool any = std::any_of(task.across.begin(), task.across.end(), differs) ||
                         std::any_of(task.within.begin(), task.within.end(), differs);
        if (!any || task.within.empty() || !distances.whole())
            continue;
        tested.push_back(i);
        separated.push_back(
            {{distances.distances().begin(), distances.distances().end()}, of.runs[0].size(), of.runs[side].size()});
    }
    const std::vector<std::optional<double>> chances = separationsOf(separated, {});
    std::vector<double> p;
    for (const std::optional<double>& chance : chances) {
        if (chance)
            p.push_back(*chance);
    }
    const std::vector<double> adjusted = adjustedForMany(p);
    std::size_t next = 0;
    for (std::size_t i = 0; i < tested.size(); ++i) {
        if (!chances[i])
            continue;
        ReplayTaskSummary& summary = tasks.tasks[tested[i]].summary;
        summary.p = adjusted[next++];
        if (summary.state == ReplayTaskState::Differs)
            summary.state = summary.p <= falseDiscoveries ? ReplayTaskState::Changed : ReplayTaskState::Noise;
    }
}

} // namespace

ReplayTasks replayTasks(const ReplayPairing& pairing, std::span<const ReplayVerdict> verdicts, std::uint32_t side)
{
    ReplayTasks tasks;
    std::vector<std::vector<std::uint32_t>> across(pairing.tasks.size());
    std::vector<std::vector<std::uint32_t>> within(pairing.tasks.size());
    for (std::uint32_t i = 0; i < verdicts.size(); ++i) {
        const ReplayRun& base = pairing.runs[verdicts[i].base];
        const ReplayRun& candidate = pairing.runs[verdicts[i].candidate];
        if (base.task != candidate.task)
            continue;
        if (base.side == 0 && candidate.side == side)
            across[base.task].push_back(i);
        else if (base.side == candidate.side && (base.side == 0 || base.side == side))
            within[base.task].push_back(i);
    }
    for (std::uint32_t i = 0; i < pairing.tasks.size(); ++i) {
        const ReplayTask& task = pairing.tasks[i];
        if (across[i].empty()) {
            const bool base = !task.runs.empty() && !task.runs[0].empty();
            const bool candidate = side < task.runs.size() && !task.runs[side].empty();
            const ReplayGap gap = task.gap == ReplayGap::NoKey || base == candidate ? task.gap
                                  : base                                            ? ReplayGap::NoCandidate
                                                                                    : ReplayGap::NoBase;
            ++tasks.gaps[static_cast<std::size_t>(gap)];
            continue;
        }
        tasks.reruns = tasks.reruns || task.runs[0].size() > 1 || task.runs[side].size() > 1;
        ReplayTasks::Task made;
        made.summary.task = i;
        made.across = std::move(across[i]);
        made.within = std::move(within[i]);
        sumUp(made, pairing, side, verdicts);
        setApart(tasks, made, pairing, verdicts);
        tasks.tasks.push_back(std::move(made));
    }
    tellApart(tasks, pairing, side, verdicts);
    return tasks;
}

} // namespace arcscope
