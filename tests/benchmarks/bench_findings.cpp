// bench_findings FILE…: looks through a corpus for findings, then again with what was kept, and prints how long it
// took, how much memory, and what every detector found.
#include "findingsearch.h"
#include "session.h"
#include "storedtrace.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>

#include <sys/resource.h>

using namespace arcscope;

namespace
{

struct Times {
    double wall = 0;
    double cpu = 0;
};

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

template <typename Work>
Times timed(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    const double before = cpuSeconds();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), cpuSeconds() - before};
}

long peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<std::string> paths(argv + 1, argv + argc);
    if (paths.empty()) {
        std::fprintf(stderr, "bench_findings FILE...\n");
        return 2;
    }
    auto session = openSession(paths, findingColumns(), {});
    if (!session) {
        std::fprintf(stderr, "%s\n", session.error().message.c_str());
        return 3;
    }
    const auto traces = session->corpus.traces.rows();
    std::printf("%u traces, %u spans, peak of opening %ld MB\n", traces, session->corpus.spans.rows(), peakMegabytes());
    FindingCache cache;
    std::vector<Finding> findings;
    const auto search = [&] {
        auto found = searchFindings(session->workspace.path(), session->corpus, {}, {&cache, {}});
        if (found)
            findings = std::move(*found);
        else
            std::fprintf(stderr, "%s\n", found.error().message.c_str());
    };
    const Times first = timed(search);
    std::printf("all detectors   %8.2f s wall %8.2f s CPU %10.0f traces/s   peak %ld MB\n", first.wall, first.cpu,
                traces / first.wall, peakMegabytes());
    const Times again = timed(search);
    std::printf("from what is kept %6.2f s wall %8.2f s CPU %10.0f traces/s\n", again.wall, again.cpu,
                traces / again.wall);
    std::map<std::string, std::size_t> rules;
    for (const Finding& finding : findings)
        ++rules[finding.rule + " (" + std::string(name(finding.level)) + ')'];
    for (const auto& [rule, count] : rules)
        std::printf("%8zu  %s\n", count, rule.c_str());
    for (const Detector& detector : detectors()) {
        const Times alone = timed([&] {
            Workspace workspace = Workspace::open(session->workspace.path()).value();
            std::vector<Finding> found;
            std::vector<TraceFact> facts;
            for (std::uint32_t trace = 0; trace < traces; ++trace) {
                StoredTrace reading(workspace, session->corpus, session->corpus.rowsOf(trace));
                if (detector.run)
                    detector.run(reading, found);
                if (detector.collect)
                    detector.collect(reading, facts);
            }
            if (detector.conclude)
                detector.conclude(session->corpus, facts, found);
        });
        std::printf("  %-24.*s %8.2f s alone, one thread\n", static_cast<int>(detector.name.size()),
                    detector.name.data(), alone.wall);
    }
    return 0;
}
