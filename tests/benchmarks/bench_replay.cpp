// Runs of the same tasks held against each other: bench_replay [TASKS] [STEPS]. A pair of long runs aligned, and
// compared in full; invented trials of so many tasks by two models, imported, paired, compared, and summarised from
// what is kept. Prints times and memory; ends with 1 where a pair of 5,000 steps takes more than a second to align, or
// 100,000 tasks more than five seconds from opening until gains and regressions are summarised, or from the store. What
// every trace shows has to be read once before: that takes as long as the texts are.
#include "arcsearch.h"
#include "importer.h"
#include "replaysearch.h"
#include "replaysummary.h"
#include "runcomparison.h"
#include "session.h"
#include "stopsearch.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

using namespace arcscope;

namespace
{

double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

int missed = 0;

void print(const char* what, double milliseconds, double limit = 0)
{
    std::printf("  %-56s %10.1f ms %8.0f MB", what, milliseconds, peakMegabytes());
    if (limit > 0)
        std::printf("   goal %.0f ms %s", limit, milliseconds <= limit ? "met" : "MISSED");
    std::printf("\n");
    missed += limit > 0 && milliseconds > limit ? 1 : 0;
}

struct Draw {
    std::uint64_t state;
    std::uint64_t below(std::uint64_t most)
    {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33U) % most;
    }
};

std::string sentence(Draw& draw)
{
    static const char* const subjects[] = {"The order", "The parcel", "Your refund", "The booking", "The invoice"};
    static const char* const verbs[] = {"was sent to", "has left", "is waiting in", "was found in", "goes to"};
    static const char* const places[] = {"Hamburg", "Lisbon", "Oslo", "Vienna", "Dublin", "Ghent"};
    return std::string(subjects[draw.below(5)]) + ' ' + verbs[draw.below(5)] + " the depot of " +
           places[draw.below(6)] + " on day " + std::to_string(3 + draw.below(25)) + '.';
}

/// No step of two of them is equal: the worst case, without a beginning or an end in common.
RunSteps longRun(std::uint32_t steps, std::uint64_t seed)
{
    Draw draw{seed};
    RunSteps run;
    for (std::uint32_t i = 0; i < steps; ++i) {
        RunStep step;
        const bool call = i % 2 == 1;
        step.kind = i % 20 == 0 ? ReplayStepKind::User : call ? ReplayStepKind::ToolCall : ReplayStepKind::Answer;
        step.tool = call ? "tool_" + std::to_string(draw.below(12)) : std::string();
        step.text =
            call ? "{\"id\": " + std::to_string(draw.below(1'000'000)) + ", \"note\": \"" + sentence(draw) + "\"}"
                 : sentence(draw) + ' ' + sentence(draw) + ' ' + sentence(draw);
        step.words = hashOf(step.tool + step.text);
        step.sketch = textSketch(step.text);
        step.end = i + 1;
        run.steps.push_back(std::move(step));
    }
    return run;
}

void alignment(std::uint32_t steps)
{
    const RunSteps base = longRun(steps, 1);
    const RunSteps candidate = longRun(steps, 2);
    const double scale = std::max(1.0, steps / 5e3 * steps / 5e3);
    double begun = now();
    const std::size_t pairs = alignSteps(base, candidate).size();
    print(("aligning two runs of " + std::to_string(steps) + " steps, none equal").c_str(), now() - begun,
          1'000 * scale);
    begun = now();
    const ReplayComparison comparison = RunComparer().compare(base, candidate, {}, {});
    print("the same compared in full", now() - begun);
    if (comparison.steps.size() != pairs)
        missed = 1;
    begun = now();
    static_cast<void>(RunComparer().compare(base, base, {}, {}));
    print("two equal runs compared in full", now() - begun);
}

/// As tau-bench writes its results.
void writeTrials(const std::string& path, std::uint32_t tasks, std::uint64_t seed)
{
    std::ofstream out(path, std::ios::binary);
    Draw draw{seed};
    out << '[';
    for (std::uint32_t task = 0; task < tasks; ++task) {
        Draw shared{task}; // what both models are asked
        const std::string id = "call_" + std::to_string(seed) + '_' + std::to_string(task);
        out << (task == 0 ? "" : ",\n") << R"({"task_id": )" << task << R"(, "trial": 0, "reward": )" << draw.below(2)
            << R"(.0, "info": {}, "traj": [{"role": "system", "content": "You help customers."}, {"role": "user", "content": "Where is it? )"
            << sentence(shared) << R"("}, {"role": "assistant", "content": null, "tool_calls": [{"id": ")" << id
            << R"(", "type": "function", "function": {"name": ")" << (draw.below(4) == 0 ? "find_order" : "get_order")
            << R"(", "arguments": "{\"id\": )" << task + draw.below(2)
            << R"(}"}}]}, {"role": "tool", "tool_call_id": ")" << id << R"(", "name": "get_order", "content": ")"
            << sentence(shared) << R"("}, {"role": "assistant", "content": ")" << sentence(draw) << ' '
            << sentence(shared) << R"("}]})";
    }
    out << ']';
}

int tasksFromTheStore(std::uint32_t tasks)
{
    const std::string folder = std::filesystem::temp_directory_path() / ("bench_replay." + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    double begun = now();
    std::vector<Session> sessions;
    for (const char* side : {"base", "candidate"}) {
        const std::string file = folder + '/' + side + ".json";
        const std::string into = folder + '/' + side + ".arcscope";
        writeTrials(file, tasks, side[0]);
        auto made = Workspace::create(into);
        auto imported = made ? importInto(into, {file}, {}) : Result<ImportReport>(made.error());
        if (!imported) {
            std::fprintf(stderr, "%s\n", imported.error().message.c_str());
            return 2;
        }
    }
    print(("writing and importing " + std::to_string(2 * tasks) + " runs").c_str(), now() - begun);
    const double scale = std::max(1.0, tasks / 1e5);
    const auto open = [&] {
        sessions.clear();
        for (const char* side : {"base", "candidate"}) {
            auto session = openSession({folder + '/' + side + ".arcscope"}, replayColumns(), {});
            if (!session) {
                std::fprintf(stderr, "%s\n", session.error().message.c_str());
                return false;
            }
            sessions.push_back(std::move(*session));
        }
        return true;
    };
    if (!open())
        return 2;
    begun = now();
    for (Session& session : sessions) {
        if (!searchArcs(session.workspace, session.corpus, {}, {}, {}, {nullptr, {}, true}) ||
            !searchStops(session.workspace, session.corpus, {}))
            return 2;
    }
    print("every trace read for task arcs and stops, once", now() - begun);
    for (const bool kept : {false, true}) {
        begun = now();
        if (!open())
            return 2;
        ReplayRequest request;
        for (Session& session : sessions)
            request.sources.push_back({&session.workspace, &session.corpus});
        request.paired = [&](const ReplayReport& outcomes) {
            if (replaySummary(outcomes.pairing, outcomes.verdicts).tasks.size() == tasks)
                print("  opened, paired, and what became of the tasks summarised", now() - begun, 5'000 * scale);
        };
        const auto report = searchReplay(request, {});
        if (!report) {
            std::fprintf(stderr, "%s\n", report.error().message.c_str());
            return 2;
        }
        const ReplaySummary summary = replaySummary(report->pairing, report->verdicts);
        print(kept ? "opened and summarised from what is kept" : "opened, compared and summarised for the first time",
              now() - begun, kept ? 5'000 * scale : 0);
        if (summary.tasks.size() != tasks)
            return 2;
    }
    sessions.clear();
    std::filesystem::remove_all(folder);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const auto tasks = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 100'000);
    const auto steps = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 5'000);
    alignment(steps);
    if (const int status = tasksFromTheStore(tasks); status != 0)
        return status;
    return missed > 0 ? 1 : 0;
}
