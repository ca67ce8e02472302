#include "command.h"
#include "replayanswer.h"
#include "storedsettings.h"
#include "verdictsbeside.h"

#include <algorithm>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec replayOptions[] = {
    {"--key", "KEY",
     "pairs runs by task, input or file alone, by a text of spans such as session, or by an attribute of the first "
     "span"},
    {"--by", "TAG", "also splits the change by a text of spans, such as tenant, prompt_name or environment"},
    {"--task", "KEY", "the steps of the runs of this task, side by side"},
    {"--list", "", "every task"},
    {"--set", "NAME=VALUE...", "a threshold, such as arc.success_score=0.8"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.replay/1"}};

PairingRules::By ruleNamed(std::string_view key)
{
    if (key.empty())
        return PairingRules::By::Anything;
    if (key == "task")
        return PairingRules::By::Task;
    if (key == "input")
        return PairingRules::By::Input;
    if (key == "file")
        return PairingRules::By::File;
    return PairingRules::By::Expression;
}

std::optional<SpanText> tagNamed(std::string_view wanted)
{
    for (int i = 0; i < spanTextCount; ++i) {
        if (name(static_cast<SpanText>(i)) == wanted)
            return static_cast<SpanText>(i);
    }
    return std::nullopt;
}

/// Deals the runs of one side out to two: odd and even trials of each task.
std::vector<std::vector<std::uint32_t>> dealt(const ReplayPairing& pairing)
{
    std::vector<std::vector<std::uint32_t>> traces(2);
    for (const ReplayRun& run : pairing.runs) {
        auto& side = traces[run.trial % 2 == 1 ? 0 : 1];
        side.insert(side.end(), run.traces.begin(), run.traces.end());
    }
    for (auto& side : traces)
        std::ranges::sort(side);
    return traces;
}

/// The first value that a span of a run of the task has, of the base where there is one.
std::vector<std::string> valuesOfTasks(const ReplayAnswer& answer, SpanText tag)
{
    std::vector<std::string> values(answer.report.pairing.tasks.size());
    for (const ReplayRun& run : answer.report.pairing.runs) {
        std::string& value = values[run.task];
        const Corpus& corpus = *answer.corpora[run.side];
        for (const std::uint32_t trace : run.traces) {
            for (const Row row : value.empty() ? corpus.rowsOf(trace) : std::vector<Row>()) {
                if (value.empty())
                    value = corpus.text(tag, row);
            }
        }
    }
    return values;
}

/// The first run of each side of a task against the base's.
Result<void> showTask(ReplayAnswer& answer, const ReplayRequest& request, const std::string& key,
                      const Control& control)
{
    for (const ReplayTask& task : answer.report.pairing.tasks) {
        if (task.key != key || task.runs[0].empty())
            continue;
        for (std::size_t side = 1; side < task.runs.size(); ++side) {
            if (task.runs[side].empty())
                continue;
            auto shown =
                compareRuns(request, answer.report.pairing, task.runs[0].front(), task.runs[side].front(), control);
            if (!shown)
                return shown.error();
            answer.shown.push_back(std::move(*shown));
        }
    }
    if (answer.shown.empty())
        return Error{ErrorCode::NotFound, "no task “" + key + "” was run by both sides"};
    return {};
}

/// Everything that is asked for; `sessions` have to live as long as the answer.
Result<ReplayAnswer> answerOf(const Options& options, std::vector<Session>& sessions, ReplayRequest request,
                              const Control& control)
{
    ReplayAnswer answer;
    answer.list = options.has("--list");
    answer.sides = options.operands;
    request.pairOnly = sessions.size() == 1;
    auto report = searchReplay(request, control);
    if (!report)
        return report.error();
    std::vector<std::vector<std::uint32_t>> traces;
    std::vector<std::shared_ptr<const ArcCorpus>> arcs;
    if (sessions.size() == 1) {
        answer.reruns = true;
        request.pairOnly = false;
        arcs = report->arcs;
        request.sources.front().arcs = arcs.empty() ? nullptr : arcs.front().get();
        traces = dealt(report->pairing);
        request.sources.push_back(request.sources.front());
        request.sources[0].traces = &traces[0];
        request.sources[1].traces = &traces[1];
        answer.sides = {options.operands[0] + " (runs 1, 3, …)", options.operands[0] + " (runs 2, 4, …)"};
        report = searchReplay(request, control);
        if (!report)
            return report.error();
    }
    for (const ReplaySource& source : request.sources)
        answer.corpora.push_back(source.corpus);
    answer.report = std::move(*report);
    answer.by = options.get("--by");
    const auto tag = tagNamed(answer.by);
    const std::vector<std::string> values = tag ? valuesOfTasks(answer, *tag) : std::vector<std::string>();
    for (std::uint32_t side = 1; side < answer.report.pairing.sides; ++side) {
        answer.summaries.push_back(replaySummary(answer.report.pairing, answer.report.verdicts, side));
        if (tag)
            answer.strata.push_back(replayStrata(answer.report.pairing, values, side));
    }
    if (options.has("--task")) {
        if (auto shown = showTask(answer, request, options.get("--task"), control); !shown)
            return shown.error();
    }
    return answer;
}

int runReplay(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.operands.empty())
        return wrongUsage("replay", "which runs? the base first, then what is held against it", environment);
    if (options.has("--by") && !tagNamed(options.get("--by")))
        return wrongUsage("replay", "--by takes a text of spans, such as tenant or environment", environment);
    ReplayRequest request;
    request.rules.by = ruleNamed(options.get("--key"));
    if (request.rules.by == PairingRules::By::Expression)
        request.field = options.get("--key");
    auto settings = storedSettings(settingsFile());
    if (!settings)
        return failed(settings.error(), environment);
    if (auto set = readSettings(options.get("--set"), *settings); !set)
        return wrongUsage("replay", set.error().message, environment);
    request.settings = *settings;
    std::vector<Session> sessions;
    sessions.reserve(options.operands.size());
    for (const std::string& path : options.operands) {
        auto session = openSession({path}, replayColumns(), control, {}, importOptionsOf(options));
        if (!session)
            return failed(session.error(), environment);
        sessions.push_back(std::move(*session));
    }
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        auto decisions = arcDecisionsBeside(sessions[i], {options.operands[i]});
        if (!decisions)
            return failed(decisions.error(), environment);
        request.sources.push_back({&sessions[i].workspace, &sessions[i].corpus, std::move(*decisions)});
    }
    const auto answer = answerOf(options, sessions, std::move(request), control);
    if (!answer)
        return failed(answer.error(), environment);
    if (options.has("--json"))
        environment.out << replayJson(*answer) << '\n';
    else
        printReplay(*answer, environment.out);
    int worst = exitDone;
    for (Session& session : sessions) {
        const auto status = statusOf(session, environment);
        if (!status)
            return failed(status.error(), environment);
        worst = worst == exitNothingRead || *status == exitDone ? worst : *status;
    }
    return worst;
}

} // namespace

Command replayCommand()
{
    return {"replay", "BASE [CANDIDATE...] [--key KEY] [--by TAG] [--task KEY] [--list] [--json]",
            "the same tasks run again: what is really different, what only worded differently", replayOptions,
            runReplay};
}

} // namespace arcscope
