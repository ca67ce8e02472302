#include "replaysummary.h"

#include "bootstrap.h"
#include "detectable.h"
#include "multiplicity.h"
#include "replaytasks.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace arcscope
{
namespace
{

constexpr double alpha = 0.05;
constexpr std::uint64_t leastTold = 6; ///< tasks: with fewer no test can say anything at 0.05

double perMillion(double value)
{
    return value / 1e6;
}

/// Of a declared figure, one difference a task.
ReplayQuality qualityOf(std::string_view name, const std::vector<double>& base, const std::vector<double>& candidate)
{
    ReplayQuality quality;
    quality.name = name;
    quality.tasks = base.size();
    std::vector<double> differences(base.size());
    for (std::size_t i = 0; i < base.size(); ++i) {
        quality.base += base[i] / static_cast<double>(base.size());
        quality.candidate += candidate[i] / static_cast<double>(base.size());
        differences[i] = candidate[i] - base[i];
    }
    const SignFlipTest test = signFlipTest(differences);
    quality.method = test.exact ? "sign flips, exact" : "sign flips";
    quality.p = test.p;
    quality.difference = meanDifference(differences).value_or(MeanDifference());
    return quality;
}

/// One run of each task a side: yes or no.
void askMcNemar(ReplayQuality& quality, const PairedOutcomes& outcomes)
{
    const McNemarTest test = mcNemar(outcomes);
    quality.method = test.midP ? "McNemar, mid-p" : "McNemar, exact";
    quality.p = test.p;
    const Estimate difference = pairedRateDifference(outcomes);
    quality.difference = {difference.value, difference.interval};
}

/// What can be told before the result: how much changes by chance is known from reruns, else the most that it can be
/// for the rate of the base.
void tellDetectable(ReplayQuality& quality, const std::vector<TaskRunsPair>& tasks,
                    const std::optional<RerunNoise>& noise, bool reruns)
{
    const double churn = noise ? noise->churn : 2 * quality.base * (1 - quality.base);
    if (!reruns) {
        quality.detectable = detectableRate(quality.tasks, churn);
        return;
    }
    double shares = 0;
    for (const TaskRunsPair& task : tasks)
        shares += 1.0 / task.base.runs + 1.0 / task.candidate.runs;
    if (!tasks.empty())
        quality.detectable =
            detectableMean(quality.tasks, std::sqrt(churn / 2 * shares / static_cast<double>(tasks.size())));
}

void judgeQualities(std::vector<ReplayQuality>& qualities)
{
    std::vector<double> p;
    for (const ReplayQuality& quality : qualities) {
        if (quality.tasks >= leastTold)
            p.push_back(quality.p);
    }
    const std::vector<double> adjusted = adjustedByHolm(p);
    std::size_t next = 0;
    for (ReplayQuality& quality : qualities) {
        if (quality.tasks < leastTold)
            continue;
        quality.adjusted = adjusted[next++];
        quality.evidence = quality.adjusted <= alpha ? Evidence::Difference
                           : quality.p <= alpha      ? Evidence::Weak
                                                     : Evidence::None;
    }
}

void judgeFigures(std::vector<ReplayFigureChange>& figures)
{
    std::vector<double> p;
    for (const ReplayFigureChange& figure : figures) {
        if (figure.tasks >= leastTold)
            p.push_back(figure.test.p);
    }
    const std::vector<double> adjusted = adjustedForMany(p);
    std::size_t next = 0;
    for (ReplayFigureChange& figure : figures) {
        if (figure.tasks < leastTold)
            continue;
        figure.adjusted = adjusted[next++];
        figure.evidence = figure.adjusted <= alpha ? Evidence::Difference
                          : figure.test.p <= alpha ? Evidence::Weak
                                                   : Evidence::None;
    }
}

std::int64_t figureOf(const ReplayRun& run, ReplayFigure figure)
{
    switch (figure) {
    case ReplayFigure::Cost:
        return run.cost;
    case ReplayFigure::Latency:
        return run.latency;
    case ReplayFigure::Tokens:
        return run.tokens;
    case ReplayFigure::ModelCalls:
        return run.modelCalls;
    case ReplayFigure::ToolCalls:
        return run.toolCalls;
    }
    return -1;
}

/// The mean over runs that all have it in one currency; nothing else.
std::optional<double> meanFigure(const ReplayPairing& pairing, const std::vector<std::uint32_t>& runs,
                                 ReplayFigure figure, std::string& currency)
{
    double sum = 0;
    for (const std::uint32_t run : runs) {
        const ReplayRun& of = pairing.runs[run];
        const std::int64_t value = figureOf(of, figure);
        if (value < 0)
            return std::nullopt;
        if (figure == ReplayFigure::Cost) {
            if (currency.empty())
                currency = of.currency;
            else if (currency != of.currency)
                return std::nullopt;
        }
        sum += static_cast<double>(value);
    }
    if (runs.empty())
        return std::nullopt;
    return sum / static_cast<double>(runs.size());
}

ReplayFigureChange figureChange(const ReplayPairing& pairing, const ReplaySummary& summary, ReplayFigure figure)
{
    ReplayFigureChange change;
    change.figure = figure;
    std::vector<double> base;
    std::vector<double> candidate;
    std::vector<double> logarithms;
    for (const ReplayTaskSummary& task : summary.tasks) {
        const ReplayTask& of = pairing.tasks[task.task];
        const auto one = meanFigure(pairing, of.runs[0], figure, change.currency);
        const auto two = meanFigure(pairing, of.runs[summary.side], figure, change.currency);
        if (task.control || !one || !two)
            continue;
        base.push_back(*one);
        candidate.push_back(*two);
        if (*one > 0 && *two > 0)
            logarithms.push_back(std::log(*two / *one));
    }
    change.tasks = base.size();
    change.total = totalRatio(base, candidate);
    change.test = signedRankTest(logarithms);
    if (logarithms.size() >= leastRanked) {
        const Shift shift = pairedShift(logarithms);
        change.typical = Shift{std::exp(shift.estimate), std::exp(shift.low), std::exp(shift.high)};
    }
    return change;
}

/// Steps that agree, by badge.
void countAgreement(ReplaySummary& summary, const ReplayTasks& tasks, std::span<const ReplayVerdict> verdicts)
{
    std::array<RatioSample, replayValidityCount> samples;
    for (const ReplayTasks::Task& task : tasks.tasks) {
        std::array<Count, replayValidityCount> of{};
        for (const std::uint32_t pair : task.across) {
            for (std::size_t badge = 0; badge < of.size(); ++badge) {
                Count one;
                for (std::size_t kind = 0; kind < replayDifferenceCount; ++kind) {
                    const std::uint32_t count = verdicts[pair].counts[badge][kind];
                    summary.steps[badge][kind] += count;
                    one.all += count;
                    one.of += kind <= static_cast<std::size_t>(ReplayDifference::Reworded) ? count : 0;
                }
                summary.agreement[badge].pairs += one.recorded();
                of[badge].of += one.of;
                of[badge].all += one.all;
            }
        }
        for (std::size_t badge = 0; badge < of.size(); ++badge) {
            summary.agreement[badge].steps.of += of[badge].of;
            summary.agreement[badge].steps.all += of[badge].all;
            if (of[badge].recorded())
                samples[badge].add(static_cast<double>(of[badge].of), static_cast<double>(of[badge].all));
        }
    }
    for (std::size_t badge = 0; badge < samples.size(); ++badge) {
        if (const auto ratio = ratioOf(samples[badge]); ratio && ratio->interval)
            summary.agreement[badge].interval =
                Interval{std::clamp(ratio->interval->low, 0.0, 1.0), std::clamp(ratio->interval->high, 0.0, 1.0)};
    }
}

void countOutcomes(ReplaySummary& summary, const ReplayPairing& pairing)
{
    AttemptRates before;
    AttemptRates after;
    const auto add = [&](const std::vector<std::uint32_t>& runs, auto& counts, AttemptRates& rates) {
        for (const std::uint32_t run : runs) {
            const ArcOutcome outcome = pairing.runs[run].outcome;
            ++counts[static_cast<std::size_t>(outcome)];
            const bool attempted = outcome == ArcOutcome::Failed || outcome == ArcOutcome::Succeeded;
            rates.attempted.all += outcome != ArcOutcome::Unknown;
            rates.attempted.of += attempted;
            rates.succeeded.all += attempted;
            rates.succeeded.of += outcome == ArcOutcome::Succeeded;
        }
    };
    for (const ReplayTaskSummary& task : summary.tasks) {
        if (task.control)
            continue;
        for (const std::size_t side : {std::size_t{0}, std::size_t{summary.side}}) {
            for (const std::uint32_t run : pairing.tasks[task.task].runs[side])
                summary.labelledBefore[side == 0 ? 0 : 1] += pairing.runs[run].labelledBefore;
        }
        add(pairing.tasks[task.task].runs[0], summary.baseOutcomes, before);
        add(pairing.tasks[task.task].runs[summary.side], summary.candidateOutcomes, after);
    }
    summary.attempts = partsByAttempt(before, after);
    // Reruns are no tasks of their own: the intervals behind it are too narrow then.
    if (summary.attempts && summary.reruns && summary.attempts->decoupled == Evidence::Difference)
        summary.attempts->decoupled = Evidence::Weak;
}

/// Done, declined and score, with what reruns say of chance.
void countQualities(ReplaySummary& summary, const ReplayTasks& tasks)
{
    std::array<std::vector<double>, 2> done;
    std::array<std::vector<double>, 2> declined;
    std::array<std::vector<double>, 2> scores;
    std::vector<TaskRunsPair> runs;
    std::vector<TaskRuns> baseRuns;
    std::vector<TaskRuns> candidateRuns;
    std::vector<double> control;
    PairedOutcomes refusals;
    for (std::size_t i = 0; i < summary.tasks.size(); ++i) {
        const ReplayTaskSummary& task = summary.tasks[i];
        if (task.baseScore && task.candidateScore) {
            if (task.control)
                control.push_back(perMillion(*task.candidateScore - *task.baseScore));
            else {
                scores[0].push_back(perMillion(*task.baseScore));
                scores[1].push_back(perMillion(*task.candidateScore));
            }
        }
        summary.controls += task.control;
        if (task.control)
            continue;
        if (task.base.runs > 0)
            baseRuns.push_back(task.base);
        if (task.candidate.runs > 0)
            candidateRuns.push_back(task.candidate);
        if (task.base.runs > 0 && task.candidate.runs > 0) {
            runs.push_back({task.base, task.candidate});
            done[0].push_back(task.base.rate());
            done[1].push_back(task.candidate.rate());
            const bool before = task.base.done * 2 > task.base.runs;
            const bool after = task.candidate.done * 2 > task.candidate.runs;
            ++(before ? (after ? summary.outcomes.both : summary.outcomes.regressions)
                      : (after ? summary.outcomes.gains : summary.outcomes.neither));
        }
        const auto& [baseDeclined, candidateDeclined] = tasks.tasks[i].declined;
        declined[0].push_back(baseDeclined.rate());
        declined[1].push_back(candidateDeclined.rate());
        ++(baseDeclined.of > 0 ? (candidateDeclined.of > 0 ? refusals.both : refusals.regressions)
                               : (candidateDeclined.of > 0 ? refusals.gains : refusals.neither));
    }
    summary.noise = rerunNoise(runs);
    if (summary.noise) {
        summary.basePasses = passCurve(baseRuns);
        summary.candidatePasses = passCurve(candidateRuns);
    }
    if (!runs.empty()) {
        ReplayQuality quality = qualityOf("done", done[0], done[1]);
        const bool several = std::any_of(runs.begin(), runs.end(), [](const TaskRunsPair& task) {
            return task.base.runs > 1 || task.candidate.runs > 1;
        });
        if (!several) {
            askMcNemar(quality, summary.outcomes);
            summary.odds = gainOdds(summary.outcomes);
        }
        tellDetectable(quality, runs, summary.noise, several);
        summary.qualities.push_back(quality);
    }
    if (!scores[0].empty())
        summary.qualities.push_back(qualityOf("score", scores[0], scores[1]));
    if (refusals.tasks() > refusals.neither) {
        ReplayQuality quality = qualityOf("declined", declined[0], declined[1]);
        if (!summary.reruns)
            askMcNemar(quality, refusals);
        summary.qualities.push_back(quality);
    }
    judgeQualities(summary.qualities);
    if (!control.empty())
        summary.ruler = meanDifference(control);
}

} // namespace

std::string_view name(ReplayTaskState state)
{
    constexpr auto names = std::to_array<std::string_view>({"same", "differs", "rerun-noise", "changed"});
    return names[static_cast<std::size_t>(state)];
}

std::string_view name(ReplayFigure figure)
{
    constexpr auto names = std::to_array<std::string_view>({"cost", "latency", "tokens", "model_calls", "tool_calls"});
    return names[static_cast<std::size_t>(figure)];
}

const ReplayQuality* ReplaySummary::quality(std::string_view name) const
{
    const auto found = std::find_if(qualities.begin(), qualities.end(),
                                    [&](const ReplayQuality& quality) { return quality.name == name; });
    return found == qualities.end() ? nullptr : &*found;
}

ReplaySummary replaySummary(const ReplayPairing& pairing, std::span<const ReplayVerdict> verdicts, std::uint32_t side)
{
    ReplaySummary summary;
    summary.side = side;
    const ReplayTasks tasks = replayTasks(pairing, verdicts, side);
    for (const ReplayTasks::Task& task : tasks.tasks) {
        summary.tasks.push_back(task.summary);
        summary.pairs += task.across.size();
        if (task.summary.control)
            continue;
        ++summary.changes[static_cast<std::size_t>(task.summary.change)];
        ++summary.states[static_cast<std::size_t>(task.summary.state)];
        ++summary.differences[static_cast<std::size_t>(task.summary.difference)];
    }
    summary.gaps = tasks.gaps;
    summary.reruns = tasks.reruns;
    summary.judgedApart = tasks.judgedApart;
    countAgreement(summary, tasks, verdicts);
    countOutcomes(summary, pairing);
    countQualities(summary, tasks);
    for (int i = 0; i < replayFigureCount; ++i) {
        const ReplayFigureChange change = figureChange(pairing, summary, static_cast<ReplayFigure>(i));
        if (change.tasks > 0)
            summary.figures.push_back(change);
    }
    judgeFigures(summary.figures);
    return summary;
}

ReplayStrata replayStrata(const ReplayPairing& pairing, std::span<const std::string> valueOfTask, std::uint32_t side)
{
    std::map<std::string, ReplayStratum> byValue;
    for (std::size_t i = 0; i < pairing.tasks.size(); ++i) {
        const ReplayTask& task = pairing.tasks[i];
        ReplayStratum& stratum = byValue[i < valueOfTask.size() ? valueOfTask[i] : std::string()];
        const auto add = [&](std::uint32_t of, Count& count) {
            if (of >= task.runs.size())
                return;
            for (const std::uint32_t run : task.runs[of]) {
                const ReplayRun& one = pairing.runs[run];
                count.all += one.outcome != ArcOutcome::Unknown && !one.control;
                count.of += one.outcome == ArcOutcome::Succeeded && !one.control;
            }
        };
        add(0, stratum.base);
        add(side, stratum.candidate);
    }
    ReplayStrata strata;
    for (auto& [value, stratum] : byValue) {
        stratum.value = value;
        if (stratum.base.all + stratum.candidate.all > 0)
            strata.strata.push_back(std::move(stratum));
    }
    std::stable_sort(strata.strata.begin(), strata.strata.end(), [](const ReplayStratum& a, const ReplayStratum& b) {
        return a.base.all + a.candidate.all > b.base.all + b.candidate.all;
    });
    std::vector<StratumRates> rates;
    for (const ReplayStratum& stratum : strata.strata)
        rates.push_back({stratum.base, stratum.candidate});
    strata.whole = partsByMix(rates);
    for (std::size_t i = 0; i < strata.strata.size(); ++i)
        strata.strata[i].parts = strata.whole.strata[i];
    return strata;
}

} // namespace arcscope
