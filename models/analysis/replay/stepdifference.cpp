#include "stepdifference.h"

#include "proselines.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{
namespace
{

ReplaySide sideOf(const RunSteps& run, std::uint32_t step)
{
    if (step == RunStep::none)
        return {};
    const RunStep& of = run.steps[step];
    return {step, of.row, of.place, of.resultPlace, of.resultRow};
}

bool tellsReason(StopBucket bucket)
{
    return bucket != StopBucket::Unknown && bucket != StopBucket::Complete && bucket != StopBucket::Handoff;
}

bool writes(const RunStep& step)
{
    return step.isCall() && step.effect == ToolEffect::Writes;
}

class Judge
{
public:
    explicit Judge(SaidComparer& comparer)
        : m_comparer(comparer)
    {
    }

    void alone(const RunStep& step, bool candidate, ReplayStep& out)
    {
        out.detail = candidate ? ReplayDetail::Added : ReplayDetail::Dropped;
        out.difference = step.isCall() ? ReplayDifference::ToolCall : ReplayDifference::Content;
        out.weight = writes(step) && !step.failed() ? ReplayClass::Effect : ReplayClass::Path;
        if (step.kind != ReplayStepKind::Answer || !tellsReason(step.bucket))
            return;
        out.difference =
            step.bucket == StopBucket::Declined ? ReplayDifference::Declined : ReplayDifference::StopBucket;
        out.weight = ReplayClass::Effect;
    }

    void both(const RunStep& a, const RunStep& b, ReplayStep& out)
    {
        if (a.isCall()) {
            calls(a, b, out);
        } else if (a.retrieval || b.retrieval) {
            if (a.words != b.words)
                set(out, ReplayDifference::Content, ReplayDetail::Value, ReplayClass::Path);
        } else {
            said(a, b, out);
        }
    }

private:
    static void set(ReplayStep& out, ReplayDifference difference, ReplayDetail detail, ReplayClass weight)
    {
        out.difference = difference;
        out.detail = detail;
        out.weight = weight;
    }

    void calls(const RunStep& a, const RunStep& b, ReplayStep& out)
    {
        const ReplayClass gravity = writes(a) || writes(b) ? ReplayClass::Effect : ReplayClass::Path;
        if (a.tool != b.tool) {
            const bool other =
                a.effect != b.effect && a.effect != ToolEffect::Unknown && b.effect != ToolEffect::Unknown;
            set(out, ReplayDifference::ToolCall, other ? ReplayDetail::Effect : ReplayDetail::Name, gravity);
            return;
        }
        if (a.words != b.words) {
            SaidChange change = m_comparer.compareArguments(a.text, b.text);
            out.marks = std::move(change.marks);
            if (change.difference == ReplayDifference::Content)
                set(out, ReplayDifference::ToolCall, ReplayDetail::Argument, gravity);
            else
                set(out, change.difference, ReplayDetail::None, ReplayClass::Wording);
        } else if (a.text != b.text) {
            set(out, ReplayDifference::FormatOnly, ReplayDetail::None, ReplayClass::Wording);
        }
        if (out.difference != ReplayDifference::ToolCall && a.failed() != b.failed() &&
            a.outcome != CallOutcome::Unknown && b.outcome != CallOutcome::Unknown)
            set(out, ReplayDifference::ToolCall, ReplayDetail::Effect, gravity);
    }

    void said(const RunStep& a, const RunStep& b, ReplayStep& out)
    {
        const bool answers = a.kind == ReplayStepKind::Answer;
        SaidChange change = m_comparer.compare(a.text, b.text);
        out.marks = std::move(change.marks);
        const bool grave = answers && (a.toUser || b.toUser) &&
                           (change.detail == ReplayDetail::Value || change.detail == ReplayDetail::Polarity);
        set(out, change.difference, change.detail,
            change.difference == ReplayDifference::Identical ? ReplayClass::Same
            : change.difference != ReplayDifference::Content ? ReplayClass::Wording
            : grave                                          ? ReplayClass::Effect
                                                             : ReplayClass::Path);
        if (!answers || a.bucket == b.bucket || a.bucket == StopBucket::Unknown || b.bucket == StopBucket::Unknown)
            return;
        if (a.bucket == StopBucket::Declined || b.bucket == StopBucket::Declined)
            set(out, ReplayDifference::Declined, ReplayDetail::None, ReplayClass::Effect);
        else if (tellsReason(a.bucket) || tellsReason(b.bucket))
            set(out, ReplayDifference::StopBucket, ReplayDetail::None, ReplayClass::Effect);
    }

    SaidComparer& m_comparer;
};

/// A call that one run lacks here and has elsewhere was made in another order.
void findMoved(const RunSteps& base, const RunSteps& candidate, std::vector<ReplayStep>& steps)
{
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> dropped;
    const auto callOf = [&](const ReplayStep& step) -> const RunStep* {
        const RunStep& of = step.base.there() ? base.steps[step.base.step] : candidate.steps[step.candidate.step];
        return of.isCall() ? &of : nullptr;
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].base.there() && !steps[i].candidate.there()) {
            if (const RunStep* const call = callOf(steps[i]))
                dropped[call->words].push_back(i);
        }
    }
    for (ReplayStep& step : steps) {
        if (step.base.there() || !step.candidate.there())
            continue;
        const RunStep* const call = callOf(step);
        const auto known = call ? dropped.find(call->words) : dropped.end();
        if (known == dropped.end() || known->second.empty())
            continue;
        ReplayStep& other = steps[known->second.front()];
        known->second.erase(known->second.begin());
        step.detail = other.detail = ReplayDetail::Order;
        step.weight = other.weight = ReplayClass::Path;
    }
}

} // namespace

std::vector<ReplayStep> judgedSteps(const RunSteps& base, const RunSteps& candidate, std::span<const StepPair> pairs,
                                    SaidComparer& comparer)
{
    Judge judge(comparer);
    std::vector<ReplayStep> steps;
    steps.reserve(pairs.size());
    for (const StepPair& pair : pairs) {
        ReplayStep& step = steps.emplace_back();
        const RunStep& shown = pair.base != RunStep::none ? base.steps[pair.base] : candidate.steps[pair.candidate];
        step.kind = shown.kind;
        step.depth = shown.depth;
        step.tool = shown.tool;
        step.manual = pair.manual;
        step.base = sideOf(base, pair.base);
        step.candidate = sideOf(candidate, pair.candidate);
        if (pair.both() && shown.kind == candidate.steps[pair.candidate].kind)
            judge.both(shown, candidate.steps[pair.candidate], step);
        else if (pair.both()) // a person put them together
            step.difference = ReplayDifference::Content, step.weight = ReplayClass::Path;
        else
            judge.alone(shown, pair.base == RunStep::none, step);
    }
    findMoved(base, candidate, steps);
    return steps;
}

std::vector<std::uint64_t> writesOf(const RunSteps& run)
{
    std::vector<std::uint64_t> out;
    for (const RunStep& step : run.steps) {
        if (writes(step) && !step.failed() && step.outcome != CallOutcome::NotRun)
            out.push_back(step.words);
    }
    std::ranges::sort(out);
    return out;
}

} // namespace arcscope
