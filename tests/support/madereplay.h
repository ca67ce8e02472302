// A small replay made by hand, for models and views: three tasks of an old and a new model, and one that only the old
// one has.
#pragma once

#include "assembledcorpus.h"
#include "foundreplay.h"

namespace arcscope::testing
{

/// "task 1" differs in a value told to the user, "task 2" in nothing, "task 3" in another tool; the candidate gains the
/// first and loses the third. "task 4" has no candidate.
inline std::shared_ptr<FoundReplay> madeReplay()
{
    auto found = std::make_shared<FoundReplay>();
    found->corpus = std::make_shared<Corpus>(corpusOf("t1 a1 - model 0-1000 flag=streamed\n"
                                                      "t2 b1 - model 2000-3000 flag=streamed\n"));
    found->field = "model";
    found->sides = {"old", "new"};
    found->traces = {{0}, {1}};
    found->pairing.sides = 2;
    const auto addTask = [&](const std::string& key, std::vector<ArcOutcome> base, std::vector<ArcOutcome> candidate) {
        ReplayTask task;
        task.key = key;
        for (const auto* const outcomes : {&base, &candidate}) {
            task.runs.emplace_back();
            for (const ArcOutcome outcome : *outcomes) {
                ReplayRun run;
                run.side = static_cast<std::uint32_t>(task.runs.size() - 1);
                run.task = static_cast<std::uint32_t>(found->pairing.tasks.size());
                run.traces = {run.side};
                run.outcome = outcome;
                run.tokens = run.side == 0 ? 100 : 150;
                run.model = found->sides[run.side];
                task.runs.back().push_back(static_cast<std::uint32_t>(found->pairing.runs.size()));
                found->pairing.runs.push_back(run);
            }
        }
        if (candidate.empty())
            task.gap = ReplayGap::NoCandidate;
        found->pairing.tasks.push_back(task);
    };
    addTask("task 1", {ArcOutcome::Failed}, {ArcOutcome::Succeeded});
    addTask("task 2", {ArcOutcome::Succeeded}, {ArcOutcome::Succeeded});
    addTask("task 3", {ArcOutcome::Succeeded}, {ArcOutcome::Failed});
    addTask("task 4", {ArcOutcome::Succeeded}, {});
    const auto addVerdict = [&](std::uint32_t base, ReplayClass weight, ReplayDifference difference,
                                ReplayDetail detail, std::uint32_t changed) {
        ReplayVerdict verdict;
        verdict.base = base;
        verdict.candidate = base + 1;
        verdict.change = changeBetween(found->pairing.runs[base], found->pairing.runs[base + 1]);
        verdict.flip = verdict.change;
        verdict.weight = weight;
        verdict.difference = difference;
        verdict.detail = detail;
        verdict.changed = changed;
        verdict.steps = 4;
        verdict.counts[0][static_cast<std::size_t>(difference)] = 2;
        found->verdicts.push_back(verdict);
    };
    addVerdict(0, ReplayClass::Effect, ReplayDifference::Content, ReplayDetail::Value, 1);
    addVerdict(2, ReplayClass::Same, ReplayDifference::Identical, ReplayDetail::None, 0);
    addVerdict(4, ReplayClass::Path, ReplayDifference::ToolCall, ReplayDetail::Name, 3);
    found->summaries.push_back(replaySummary(found->pairing, found->verdicts));
    found->sentences.push_back(replayWords(found->summaries.front()));
    const std::vector<std::string> lengths{"short", "short", "long", "long"};
    found->splits.push_back({"length", {replayStrata(found->pairing, lengths)}});
    const std::vector<std::string> forks{"v1", "v1", "v2", "v3"};
    found->matrix = replayMatrix(found->pairing, found->summaries, forks);
    return found;
}

/// Seven steps of "task 1": a question, two calls that are alike, one that only the base makes, a note in other words,
/// an answer with another amount, and thanks.
inline ReplayReadingPtr madeReading(const ReplayPtr& found)
{
    auto reading = std::make_shared<ReplayReading>();
    reading->of = found;
    reading->task = 0;
    reading->runs = {0, 1};
    reading->candidates = {0};
    reading->texts.resize(2);
    ReplayComparison comparison;
    comparison.verdict = found->verdicts[0];
    const auto add = [&](ReplayStepKind kind, const char* base, const char* candidate, ReplayClass weight,
                         ReplayDifference difference, ReplayDetail detail) -> ReplayStep& {
        ReplayStep step;
        step.kind = kind;
        step.weight = weight;
        step.difference = difference;
        step.detail = detail;
        if (kind == ReplayStepKind::ToolCall)
            step.tool = "find_order";
        const auto put = [&](ReplaySide& side, std::size_t column, const char* text) {
            if (!text)
                return;
            side.step = static_cast<std::uint32_t>(reading->texts[column].size());
            side.row = static_cast<Row>(column);
            reading->texts[column].push_back(
                {text, kind == ReplayStepKind::ToolCall ? "{\"found\": 1}" : "", kind == ReplayStepKind::ToolCall});
        };
        put(step.base, 0, base);
        put(step.candidate, 1, candidate);
        comparison.steps.push_back(step);
        return comparison.steps.back();
    };
    constexpr auto same = ReplayDifference::Identical;
    add(ReplayStepKind::User, "Where is my order?", "Where is my order?", ReplayClass::Same, same, ReplayDetail::None);
    add(ReplayStepKind::ToolCall, "{\"id\": 1}", "{\"id\": 1}", ReplayClass::Same, same, ReplayDetail::None);
    add(ReplayStepKind::ToolCall, "{\"id\": 2}", "{\"id\": 2}", ReplayClass::Same, same, ReplayDetail::None);
    add(ReplayStepKind::ToolCall, "{\"id\": 3}", nullptr, ReplayClass::Path, ReplayDifference::ToolCall,
        ReplayDetail::Dropped);
    add(ReplayStepKind::Answer, "I will look.", "Let me look.", ReplayClass::Wording, ReplayDifference::Reworded,
        ReplayDetail::None);
    ReplayStep& answer = add(ReplayStepKind::Answer, "You get 30 dollars back.", "You get 50 dollars back.",
                             ReplayClass::Effect, ReplayDifference::Content, ReplayDetail::Value);
    answer.validity = ReplayValidity::OffRails;
    answer.reasons = bit(ReplayReason::HistoryDiffers);
    answer.marks.push_back({ReplayDetail::Value, {8, 10}, {8, 10}, "NUM_MONEY"});
    add(ReplayStepKind::User, "Thanks", "Thanks", ReplayClass::Same, same, ReplayDetail::None);
    reading->comparisons.push_back(std::move(comparison));
    reading->lines = replayLines(reading->all());
    return reading;
}

} // namespace arcscope::testing
