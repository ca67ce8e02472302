#include "replayanswer.h"

#include "finding.h"
#include "replaywords.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

Json intervalJson(const std::optional<Interval>& interval)
{
    if (!interval || !std::isfinite(interval->low) || !std::isfinite(interval->high))
        return Json();
    return {interval->low, interval->high};
}

Json recorded(std::int64_t value)
{
    return value < 0 ? Json() : Json(value);
}

Json orNull(std::string_view text)
{
    return text.empty() ? Json() : Json(text);
}

template <std::size_t count, typename Counts>
Json byDifference(const Counts& counts)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < count; ++i)
        json[std::string(name(static_cast<ReplayDifference>(i)))] = counts[i];
    return json;
}

Json qualityJson(const ReplaySummary& summary, const ReplayQuality& quality)
{
    Json json{{"tasks", quality.tasks},
              {"base", quality.base},
              {"candidate", quality.candidate},
              {"difference", quality.difference.value},
              {"interval", intervalJson(quality.difference.interval)},
              {"method", quality.method},
              {"p_value", quality.p},
              {"p_adjusted", quality.adjusted},
              {"evidence", name(quality.evidence)},
              {"detectable", quality.detectable ? Json(*quality.detectable) : Json()}};
    if (quality.name == "done") {
        json["gains"] = summary.outcomes.gains;
        json["regressions"] = summary.outcomes.regressions;
        json["ties"] = summary.outcomes.ties();
    }
    return json;
}

Json figureJson(const ReplayFigureChange& figure)
{
    Json json{{"tasks", figure.tasks}, {"p_adjusted", figure.adjusted}, {"evidence", name(figure.evidence)}};
    if (!figure.currency.empty())
        json["currency"] = figure.currency;
    if (figure.total) {
        json["base"] = figure.total->base;
        json["candidate"] = figure.total->candidate;
        json["ratio"] = figure.total->ratio;
        json["interval"] = intervalJson(figure.total->interval);
    }
    return json;
}

Json validityJson(const ReplaySummary& summary)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < replayValidityCount; ++i) {
        const ReplayAgreement& agreement = summary.agreement[i];
        json[std::string(name(static_cast<ReplayValidity>(i)))] = {
            {"steps", agreement.steps.all},
            {"agree", agreement.steps.of},
            {"agreement", agreement.steps.recorded() ? Json(agreement.steps.rate()) : Json()},
            {"interval", intervalJson(agreement.interval)},
            {"differences", byDifference<replayDifferenceCount>(summary.steps[i])}};
    }
    return json;
}

Json runJson(const ReplayAnswer& answer, std::uint32_t run)
{
    const ReplayRun& of = answer.report.pairing.runs[run];
    return {{"side", of.side},
            {"trial", of.trial},
            {"trace", answer.traceOf(run)},
            {"outcome", name(of.outcome)},
            {"score", of.score == noScore ? Json() : Json(static_cast<double>(of.score) / 1e6)},
            {"cost", recorded(of.cost)},
            {"tokens", recorded(of.tokens)},
            {"latency_ns", recorded(of.latency)},
            {"judge", orNull(of.judge)},
            {"label_time_ns", of.judged == noTime ? Json() : Json(of.judged)},
            {"label_older_than_run", of.labelledBefore}};
}

Json taskJson(const ReplayAnswer& answer, const ReplayTaskSummary& summary)
{
    const ReplayTask& task = answer.report.pairing.tasks[summary.task];
    const ReplayVerdict& verdict = answer.report.verdicts[summary.first];
    Json reasons = Json::array();
    for (const ReplayReason reason : replayReasons(verdict.reasons))
        reasons.push_back(name(reason));
    Json json{
        {"task", task.key},
        {"by", name(task.by)},
        {"state", name(summary.state)},
        {"p_adjusted", summary.state == ReplayTaskState::Changed || summary.state == ReplayTaskState::Noise
                           ? Json(summary.p)
                           : Json()},
        {"weight", name(summary.weight)},
        {"difference", name(summary.difference)},
        {"detail", orNull(name(summary.detail))},
        {"change", name(summary.change)},
        {"flip", name(summary.flip)},
        {"steps", summary.steps},
        {"valid", summary.valid},
        {"changed", summary.changed},
        {"first_divergence", verdict.firstDivergence == ReplaySide::none ? Json() : Json(verdict.firstDivergence)},
        {"recovery", verdict.recovery == ReplaySide::none ? Json() : Json(verdict.recovery)},
        {"distance", verdict.distance},
        {"reasons", std::move(reasons)},
        {"runs", Json::array()}};
    for (const auto& side : task.runs) {
        for (const std::uint32_t run : side)
            json["runs"].push_back(runJson(answer, run));
    }
    return json;
}

/// The figures of one candidate; those of the first stand at the top, too.
Json candidateJson(const ReplayAnswer& answer, const ReplaySummary& summary)
{
    const std::vector<std::uint32_t> unpaired = answer.unpaired(summary.side);
    const ReplayQuality* const score = summary.quality("score");
    const ReplayQuality* const main = score ? score : summary.quality("done");
    Json json{{"candidate", answer.sides[summary.side]},
              {"pairs", summary.tasks.size()},
              {"run_pairs", summary.pairs},
              {"unpaired", unpaired.size()},
              {"gains", summary.changes[static_cast<std::size_t>(ReplayChange::Gain)]},
              {"regressions", summary.changes[static_cast<std::size_t>(ReplayChange::Regression)]},
              {"ties", summary.changes[static_cast<std::size_t>(ReplayChange::Tie)]},
              {"not_known", summary.changes[static_cast<std::size_t>(ReplayChange::NotKnown)]},
              {"measure", main ? Json(main->name) : Json()},
              {"p_value", main ? Json(main->p) : Json()},
              {"interval", main ? intervalJson(main->difference.interval) : Json()},
              {"evidence", main ? Json(name(main->evidence)) : Json()},
              {"differences", byDifference<replayDifferenceCount>(summary.differences)}};
    json["states"] = Json::object();
    for (std::size_t i = 0; i < replayTaskStateCount; ++i)
        json["states"][std::string(name(static_cast<ReplayTaskState>(i)))] = summary.states[i];
    json["validity"] = validityJson(summary);
    json["qualities"] = Json::object();
    for (const ReplayQuality& quality : summary.qualities)
        json["qualities"][std::string(quality.name)] = qualityJson(summary, quality);
    json["figures"] = Json::object();
    for (const ReplayFigureChange& figure : summary.figures)
        json["figures"][std::string(name(figure.figure))] = figureJson(figure);
    json["outcomes"] = {{"base", Json::object()}, {"candidate", Json::object()}};
    for (std::size_t i = 0; i < arcOutcomeCount; ++i) {
        const std::string outcome(name(static_cast<ArcOutcome>(i)));
        json["outcomes"]["base"][outcome] = summary.baseOutcomes[i];
        json["outcomes"]["candidate"][outcome] = summary.candidateOutcomes[i];
    }
    json["noise"] = Json();
    if (summary.noise)
        json["noise"] = {{"tasks", summary.noise->tasks},
                         {"pairs", summary.noise->pairs},
                         {"churn", summary.noise->churn},
                         {"band", summary.noise->band}};
    json["judged_apart"] = summary.judgedApart;
    json["ruler"] = summary.ruler ? Json{{"tasks", summary.controls},
                                         {"difference", summary.ruler->value},
                                         {"interval", intervalJson(summary.ruler->interval)}}
                                  : Json();
    json["words"] = Json::array();
    for (const ReplaySentence& sentence : replayWords(summary))
        json["words"].push_back(
            {{"kind", sentence.kind}, {"evidence", name(sentence.evidence)}, {"text", sentence.text}});
    json["unpaired_tasks"] = Json::array();
    for (const std::uint32_t task : unpaired)
        json["unpaired_tasks"].push_back({{"task", answer.report.pairing.tasks[task].key},
                                          {"reason", gapWords(answer.report.pairing.tasks[task], summary.side)}});
    if (answer.list) {
        json["tasks"] = Json::array();
        for (const ReplayTaskSummary& task : summary.tasks)
            json["tasks"].push_back(taskJson(answer, task));
    }
    return json;
}

Json sideJson(const ReplayAnswer& answer, const ReplaySide& side, std::uint32_t of)
{
    if (!side.there())
        return Json();
    const Corpus& corpus = *answer.corpora[of];
    return {{"step", side.step},
            {"span", side.row == noRow ? Json() : Json(corpus.idText(corpus.spans.spanId(side.row)))},
            {"of", name(side.place.of)},
            {"message", side.place.message},
            {"part", side.place.part}};
}

Json stepJson(const ReplayAnswer& answer, const ReplayStep& step, std::uint32_t baseSide, std::uint32_t candidateSide)
{
    Json reasons = Json::array();
    for (const ReplayReason reason : replayReasons(step.reasons))
        reasons.push_back(name(reason));
    Json json{{"kind", name(step.kind)},
              {"depth", step.depth},
              {"tool", orNull(step.tool)},
              {"difference", name(step.difference)},
              {"detail", orNull(name(step.detail))},
              {"weight", name(step.weight)},
              {"validity", step.isModels() ? Json(name(step.validity)) : Json()},
              {"reasons", std::move(reasons)},
              {"base", sideJson(answer, step.base, baseSide)},
              {"candidate", sideJson(answer, step.candidate, candidateSide)},
              {"marks", Json::array()}};
    for (const ReplaySlot& mark : step.marks)
        json["marks"].push_back({{"detail", orNull(name(mark.detail))},
                                 {"rule", orNull(mark.rule)},
                                 {"base", {mark.base.from, mark.base.to}},
                                 {"candidate", {mark.candidate.from, mark.candidate.to}}});
    return json;
}

Json strataJson(const ReplayStrata& strata)
{
    Json json{{"change", strata.whole.change}, {"by_mix", strata.whole.byMix}, {"by_within", strata.whole.byWithin}};
    json["strata"] = Json::array();
    for (const ReplayStratum& stratum : strata.strata)
        json["strata"].push_back({{"value", orNull(stratum.value)},
                                  {"base", {{"done", stratum.base.of}, {"runs", stratum.base.all}}},
                                  {"candidate", {{"done", stratum.candidate.of}, {"runs", stratum.candidate.all}}},
                                  {"by_mix", stratum.parts.byMix},
                                  {"by_within", stratum.parts.byWithin}});
    return json;
}

} // namespace

std::string replayJson(const ReplayAnswer& answer)
{
    Json json{{"schema", "arcscope.replay/1"}, {"base", answer.sides[0]}, {"reruns_only", answer.reruns}};
    std::vector<Json> candidates;
    for (std::size_t i = 0; i < answer.summaries.size(); ++i) {
        candidates.push_back(candidateJson(answer, answer.summaries[i]));
        if (i < answer.strata.size())
            candidates.back()["by"] = strataJson(answer.strata[i]);
    }
    if (!candidates.empty())
        json.update(candidates.front());
    if (candidates.size() > 1)
        json["candidates"] = candidates;
    for (const ReplayComparison& comparison : answer.shown) {
        const auto& runs = answer.report.pairing.runs;
        Json shown{{"base", runJson(answer, comparison.verdict.base)},
                   {"candidate", runJson(answer, comparison.verdict.candidate)},
                   {"steps", Json::array()}};
        for (const ReplayStep& step : comparison.steps)
            shown["steps"].push_back(
                stepJson(answer, step, runs[comparison.verdict.base].side, runs[comparison.verdict.candidate].side));
        json["comparisons"].push_back(std::move(shown));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace arcscope
