#include "runcomparison.h"

#include "stepdifference.h"
#include "stepvalidity.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

/// Words that a comparer keeps are forgotten from time to time: names and numbers never come to an end.
constexpr std::size_t pairsRemembered = 2'000;

std::vector<std::uint64_t> toolsOf(const RunSteps& run)
{
    std::vector<std::uint64_t> out;
    for (const RunStep& step : run.steps) {
        if (step.isCall())
            out.push_back(hashOf(step.tool));
    }
    return out;
}

bool declined(const RunSteps& run, const ReplayRun& of)
{
    return of.outcome == ArcOutcome::Declined || std::ranges::any_of(run.steps, [](const RunStep& step) {
               return step.toUser && step.bucket == StopBucket::Declined;
           });
}

bool hasAnswer(const RunSteps& run)
{
    return std::ranges::any_of(run.steps, [](const RunStep& step) { return step.kind == ReplayStepKind::Answer; });
}

/// Of kinds of one weight the one that says most.
int rankOf(ReplayDifference difference)
{
    switch (difference) {
    case ReplayDifference::Declined:
        return 6;
    case ReplayDifference::StopBucket:
        return 5;
    case ReplayDifference::ToolCall:
        return 4;
    case ReplayDifference::Content:
        return 3;
    case ReplayDifference::Reworded:
        return 2;
    case ReplayDifference::FormatOnly:
        return 1;
    case ReplayDifference::Identical:
        break;
    }
    return 0;
}

double jaccardDistance(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b)
{
    std::vector<std::uint64_t> shared;
    std::ranges::set_intersection(a, b, std::back_inserter(shared));
    const std::size_t all = a.size() + b.size() - shared.size();
    return all == 0 ? 0 : 1 - static_cast<double>(shared.size()) / static_cast<double>(all);
}

} // namespace

double runDistance(const RunSteps& base, const RunSteps& candidate, const ReplayRun& baseRun,
                   const ReplayRun& candidateRun, std::span<const ReplayStep> steps)
{
    double sum = 0;
    int parts = 0;
    const auto add = [&](double part) {
        sum += part;
        ++parts;
    };
    if (baseRun.score != noScore && candidateRun.score != noScore)
        add(std::min(1.0,
                     std::abs(static_cast<double>(candidateRun.score) - static_cast<double>(baseRun.score)) / 1e6));
    else if (baseRun.outcome != ArcOutcome::Unknown && candidateRun.outcome != ArcOutcome::Unknown)
        add(baseRun.outcome == candidateRun.outcome ? 0 : 1);
    const auto left = writesOf(base);
    const auto right = writesOf(candidate);
    if (!left.empty() || !right.empty())
        add(jaccardDistance(left, right));
    const auto a = toolsOf(base);
    const auto b = toolsOf(candidate);
    if (!a.empty() || !b.empty())
        add(editDistance(a, b));
    if (hasAnswer(base) && hasAnswer(candidate))
        add(declined(base, baseRun) == declined(candidate, candidateRun) ? 0 : 1);
    const auto models = std::ranges::count_if(steps, &ReplayStep::isModels);
    const auto changed = std::ranges::count_if(
        steps, [](const ReplayStep& step) { return step.isModels() && step.weight >= ReplayClass::Path; });
    if (models > 0)
        add(static_cast<double>(changed) / static_cast<double>(models));
    return parts == 0 ? 0 : sum / parts;
}

ReplayVerdict verdictOf(const RunSteps& base, const RunSteps& candidate, const ReplayRun& baseRun,
                        const ReplayRun& candidateRun, std::span<const ReplayStep> steps)
{
    ReplayVerdict verdict;
    verdict.change = changeBetween(baseRun, candidateRun);
    verdict.flip = flipBetween(baseRun, candidateRun);
    verdict.steps = static_cast<std::uint32_t>(steps.size());
    std::uint32_t last = ReplaySide::none;
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        const ReplayStep& step = steps[i];
        if (!step.isModels())
            continue;
        ++verdict.counts[static_cast<std::size_t>(step.validity)][static_cast<std::size_t>(step.difference)];
        verdict.reasons |= step.reasons;
        if (step.weight >= ReplayClass::Path) {
            ++verdict.changed;
            verdict.firstDivergence = std::min(verdict.firstDivergence, i);
            last = i;
        }
        if (step.weight > verdict.weight ||
            (step.weight == verdict.weight && rankOf(step.difference) > rankOf(verdict.difference))) {
            verdict.weight = step.weight;
            verdict.difference = step.difference;
            verdict.detail = step.detail;
        }
    }
    for (std::uint32_t i = last == ReplaySide::none ? last : last + 1; i < steps.size(); ++i) {
        if (steps[i].isModels()) {
            verdict.recovery = i;
            break;
        }
    }
    verdict.sameWrites = writesOf(base) == writesOf(candidate);
    verdict.baseDeclined = declined(base, baseRun);
    verdict.candidateDeclined = declined(candidate, candidateRun);
    verdict.callDistance = editDistance(toolsOf(base), toolsOf(candidate));
    verdict.distance = runDistance(base, candidate, baseRun, candidateRun, steps);
    const bool otherEnd = verdict.flip == ReplayChange::Gain || verdict.flip == ReplayChange::Regression;
    if (otherEnd || !verdict.sameWrites)
        verdict.weight = ReplayClass::Effect;
    if (verdict.baseDeclined != verdict.candidateDeclined) {
        verdict.weight = ReplayClass::Effect;
        verdict.difference = ReplayDifference::Declined;
        verdict.detail = ReplayDetail::None;
    }
    return verdict;
}

ReplayComparison RunComparer::compare(const RunSteps& base, const RunSteps& candidate, const ReplayRun& baseRun,
                                      const ReplayRun& candidateRun, std::span<const StepAnchor> anchors)
{
    if (m_compared++ % pairsRemembered == 0)
        m_comparer = SaidComparer();
    ReplayComparison out;
    out.steps = judgedSteps(base, candidate, alignSteps(base, candidate, anchors), m_comparer);
    judgeValidity(base, candidate, out.steps);
    out.verdict = verdictOf(base, candidate, baseRun, candidateRun, out.steps);
    return out;
}

} // namespace arcscope
