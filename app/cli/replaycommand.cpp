#include "command.h"
#include "replayanswer.h"
#include "storedsettings.h"
#include "verdictsbeside.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ostream>

namespace arcscope
{
namespace
{

constexpr OptionSpec replayOptions[] = {
    {"--key", "KEY",
     "pairs runs by task, input or file alone, or by fields with + between them: a text of spans such as session, "
     "file, "
     "request, else an attribute of the first span; ~ and a pattern behind the last take a part of it: "
     "\"request~order ([0-9]+)\""},
    {"--pair", "TRACE=TRACE...", "these two runs are of one task; several with commas between them"},
    {"--anchor", "TRACE:N=TRACE:N...", "these steps, as --task counts them, stand for each other"},
    {"--by", "KEY", "also splits the change by fields such as tenant, prompt_name or an attribute of the first span"},
    {"--task", "KEY", "the steps of the runs of this task, side by side"},
    {"--list", "", "every task"},
    {"--set", "NAME=VALUE...", "a threshold, such as arc.success_score=0.8"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.replay/1"}};

/// "a=b,c=d", with ":N" behind each for steps.
Result<void> readMatches(std::string_view text, bool steps, std::vector<ReplayMatch>& into)
{
    const auto wrong = [&](std::string_view entry) {
        return Error{ErrorCode::Usage,
                     "“" + std::string(entry) + (steps ? "” is not TRACE:N=TRACE:N" : "” is not TRACE=TRACE")};
    };
    const auto stepBehind = [](std::string_view& id) -> std::optional<std::uint32_t> {
        const std::size_t colon = id.rfind(':');
        if (colon == id.npos)
            return std::nullopt;
        std::uint32_t step = 0;
        const char* const end = id.data() + id.size();
        const auto [last, error] = std::from_chars(id.data() + colon + 1, end, step);
        if (error != std::errc() || last != end || step == ReplayMatch::whole)
            return std::nullopt;
        id = id.substr(0, colon);
        return step;
    };
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view entry = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        const std::size_t equals = entry.find('=');
        if (equals == entry.npos)
            return wrong(entry);
        std::string_view base = entry.substr(0, equals);
        std::string_view candidate = entry.substr(equals + 1);
        ReplayMatch match;
        if (steps) {
            const auto one = stepBehind(base);
            const auto other = stepBehind(candidate);
            if (!one || !other)
                return wrong(entry);
            match.baseStep = *one;
            match.candidateStep = *other;
        }
        if (base.empty() || candidate.empty())
            return wrong(entry);
        match.base = base;
        match.candidate = candidate;
        into.push_back(std::move(match));
    }
    return {};
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

/// Of the first run of each task that has one, the base's where there is one.
Result<std::vector<std::string>> valuesOfTasks(const ReplayAnswer& answer, const ReplayRequest& request,
                                               const RunKey& key)
{
    std::vector<std::string> values(answer.report.pairing.tasks.size());
    for (const ReplayRun& run : answer.report.pairing.runs) {
        const ReplaySource& source = request.sources[run.side];
        if (!values[run.task].empty())
            continue;
        auto value = key.valueOf(
            [&](const std::string& field) { return fieldOfRun(*source.workspace, *source.corpus, run.traces, field); });
        if (!value)
            return value.error();
        values[run.task] = std::move(*value);
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
    std::vector<std::string> values;
    if (options.has("--by")) {
        const auto key = RunKey::read(answer.by);
        if (!key)
            return key.error();
        auto recorded = valuesOfTasks(answer, request, *key);
        if (!recorded)
            return recorded.error();
        values = std::move(*recorded);
        if (std::ranges::all_of(values, &std::string::empty))
            return Error{ErrorCode::Usage, "--by: “" + answer.by + "” is recorded on no run"};
    }
    for (std::uint32_t side = 1; side < answer.report.pairing.sides; ++side) {
        answer.summaries.push_back(replaySummary(answer.report.pairing, answer.report.verdicts, side));
        if (options.has("--by"))
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
    ReplayRequest request;
    if (auto paired = pairBy(request, options.get("--key")); !paired)
        return wrongUsage("replay", "--key: " + paired.error().message, environment);
    std::vector<ReplayMatch> matches;
    for (const bool steps : {false, true}) {
        if (auto read = readMatches(options.get(steps ? "--anchor" : "--pair"), steps, matches); !read)
            return wrongUsage("replay", read.error().message, environment);
    }
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
    auto decisions = replayDecisionsBeside(sessions.front(), {options.operands.front()});
    if (!decisions)
        return failed(decisions.error(), environment);
    matches.insert(matches.end(), decisions->matches.begin(), decisions->matches.end());
    holdMatches(request, matches);
    const auto answer = answerOf(options, sessions, std::move(request), control);
    if (!answer)
        return answer.error().code == ErrorCode::Usage ? wrongUsage("replay", answer.error().message, environment)
                                                       : failed(answer.error(), environment);
    if (options.has("--json"))
        environment.out << replayJson(*answer) << '\n';
    else
        printReplay(*answer, environment.out);
    int worst = ExitDone;
    for (Session& session : sessions) {
        const auto status = statusOf(session, environment);
        if (!status)
            return failed(status.error(), environment);
        worst = worst == ExitNothingRead || *status == ExitDone ? worst : *status;
    }
    return worst;
}

} // namespace

Command replayCommand()
{
    return {"replay",
            "BASE [CANDIDATE...] [--key KEY] [--by KEY] [--pair A=B] [--anchor A:N=B:N] [--task KEY] [--list] [--json]",
            "the same tasks run again: what is really different, what only worded differently", replayOptions,
            runReplay};
}

} // namespace arcscope
