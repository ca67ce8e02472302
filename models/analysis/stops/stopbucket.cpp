#include "stopbucket.h"

#include "stopchecks.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Words of vendors that also stand where tools are asked for.
bool standsForCalls(std::string_view word)
{
    return word == "STOP" || word == "completed" || word == "COMPLETED";
}

SpanStop stopOf(const StoppedCall& call, StopHits hits)
{
    if (hits.empty())
        hits.push_back(remaining(call));
    const auto first =
        std::min_element(hits.begin(), hits.end(), [](const StopHit& a, const StopHit& b) { return a.rule < b.rule; });
    SpanStop stop;
    stop.row = call.row;
    stop.claim = call.claim;
    stop.rule = ruleOf(first->rule).name;
    stop.bucket = ruleOf(first->rule).bucket;
    stop.flags = first->flags;
    stop.place = first->place;
    stop.from = static_cast<std::int32_t>(first->from);
    stop.to = static_cast<std::int32_t>(first->to);
    for (const StopHit& hit : hits) {
        if (ruleOf(hit.rule).bucket != stop.bucket)
            stop.also |= bitOf(hit.rule);
    }
    const bool expected =
        stop.claim == StopClaim::Complete && stop.rule == ruleOf(StopRuleId::ToolCall).name && call.hasNoWordForCalls();
    stop.disagrees = !expected && disagrees(stop.claim, call.word, stop.bucket);
    return stop;
}

} // namespace

bool disagrees(StopClaim claim, std::string_view word, StopBucket bucket)
{
    switch (claim) {
    case StopClaim::NotRecorded:
    case StopClaim::Unknown:
        return false;
    case StopClaim::Complete:
    case StopClaim::StopSequence:
        return bucket != StopBucket::Complete && bucket != StopBucket::Unknown &&
               !(bucket == StopBucket::Handoff && standsForCalls(word));
    case StopClaim::Length:
    case StopClaim::ContextWindow:
        return bucket != StopBucket::BudgetCut;
    case StopClaim::ToolCall:
    case StopClaim::Pause:
    case StopClaim::Compaction:
        return bucket != StopBucket::Handoff;
    case StopClaim::Refusal:
    case StopClaim::ContentFilter:
    case StopClaim::Guardrail:
    case StopClaim::Recitation:
        return bucket != StopBucket::Declined;
    case StopClaim::Malformed:
        return bucket != StopBucket::Handoff && bucket != StopBucket::DegenerateLoop;
    case StopClaim::Cancelled:
    case StopClaim::Timeout:
    case StopClaim::Error:
    case StopClaim::RunLimit:
        return bucket != StopBucket::ExternalStop;
    }
    return false;
}

SpanStop judgeCall(const StoppedCall& call)
{
    StopHits hits;
    checkExternalStop(call, hits);
    checkLoop(call, hits);
    checkDeclined(call, hits);
    checkBudget(call, hits);
    checkHandoff(call, hits);
    checkTruncation(call, hits);
    checkFalseCompletion(call, hits);
    return stopOf(call, std::move(hits));
}

SpanStop judgeRun(TraceReading& trace, Row row, const SpanStop* last)
{
    const StopSurroundings none;
    const StoppedCall run(trace, row, none);
    StopHits hits;
    checkExternalStop(run, hits);
    // That a run failed says nothing of why, where no error is told: its task may be what failed ("wrong answer").
    const std::string_view type = trace.corpus().text(SpanText::ErrorType, row);
    const bool told = run.claim == StopClaim::Error || (!type.empty() && type.find(' ') == std::string_view::npos) ||
                      (run.content && !run.content->statusMessage.empty());
    for (StopHit& hit : hits) {
        if (!told && hit.rule == StopRuleId::ProviderError)
            hit.rule = StopRuleId::NoEvidence;
    }
    checkDeclined(run, hits);
    const auto wordOnly = [&](StopRuleId rule) { hits.push_back({rule, {}, -1, -1, 0}); };
    if (run.claim == StopClaim::Length)
        wordOnly(StopRuleId::LengthWord);
    else if (run.claim == StopClaim::ContextWindow)
        wordOnly(StopRuleId::ContextWord);
    else if (run.claim == StopClaim::ToolCall)
        wordOnly(StopRuleId::ToolCall);
    else if (run.claim == StopClaim::Pause || run.claim == StopClaim::Compaction)
        wordOnly(StopRuleId::PauseWord);
    else if (run.claim == StopClaim::Malformed)
        wordOnly(StopRuleId::MalformedCall);
    // It handed its result over by a tool ("submit"), and says that it is done.
    else if (run.claim == StopClaim::Complete && last && last->bucket == StopBucket::Handoff)
        wordOnly(StopRuleId::EndsWhole);
    SpanStop stop = stopOf(run, hits);
    // What the run ends with is what its last call ended with, unless something happened to the run itself.
    const bool inherits = hits.empty() && last && last->bucket != StopBucket::Handoff;
    if (!inherits)
        return stop;
    const StopClaim claim = stop.claim;
    stop = *last;
    stop.row = row;
    stop.claim = claim;
    stop.place = {};
    stop.from = stop.to = -1;
    stop.disagrees = disagrees(claim, run.word, stop.bucket);
    return stop;
}

} // namespace arcscope
