// All figures of a page on invented task arcs: bench_arcs [ARCS]. A page is the summary, three breakdowns by tag and
// one by day. Prints times and memory; ends with 1 where a page of a million arcs takes more than two seconds from the
// store, or showing it again for another selection more than 300 ms.
#include "arccohorts.h"
#include "arcdifference.h"
#include "arcpage.h"
#include "arcstore.h"
#include "generatedarcs.h"
#include "workspace.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sys/resource.h>

using namespace arcscope;

namespace
{

double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpuMilliseconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Time {
    double wall = 1e12;
    double cpu = 1e12;
};

/// The best of five.
template <typename Work>
Time timed(Work work)
{
    Time best;
    for (int run = 0; run < 5; ++run) {
        const double wall = now();
        const double cpu = cpuMilliseconds();
        work();
        best.wall = std::min(best.wall, now() - wall);
        best.cpu = std::min(best.cpu, cpuMilliseconds() - cpu);
    }
    return best;
}

/// A table of so many rows without columns: what arcs are checked against when they are read.
template <typename Table>
void giveRows(Table& table, std::uint32_t rows)
{
    for (std::uint32_t first = 0; first < rows; first += chunkRows) {
        typename Table::Chunk chunk;
        chunk.rows = std::min(chunkRows, rows - first);
        table.append(std::move(chunk));
    }
}

int missed = 0;

void print(const char* what, const Time& time, std::size_t arcs, double limit)
{
    const bool met = time.wall <= limit;
    std::printf("  %-52s %9zu arcs %8.1f ms %8.1f ms CPU   goal %.0f ms %s\n", what, arcs, time.wall, time.cpu, limit,
                met ? "met" : "MISSED");
    missed += met ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    const auto count = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    const bench::GeneratedArcs made = bench::generateArcs(count, 1);
    const double madeMegabytes = peakMegabytes();
    const double scale = std::max(1.0, count / 1e6);
    const std::vector<ArcGrouping> groupings{{ArcGrouping::By::Tag, SpanText::Plan},
                                             {ArcGrouping::By::Tag, SpanText::ModelServed},
                                             {ArcGrouping::By::Tag, SpanText::PromptVersion},
                                             {ArcGrouping::By::Day}};
    std::printf("%u arcs, %u stretches\n", made.arcs.arcs.rows(), made.arcs.segments.rows());

    const auto page = [&](const char* what, const ArcSelection& selection, double limit) {
        std::size_t rows = 0;
        const Time time = timed([&] { rows = arcPage(made.arcs, made.strings, selection, groupings)->rows.size(); });
        print(what, time, rows, limit * scale);
    };
    auto workspace = Workspace::createTemporary();
    if (!workspace) {
        std::fprintf(stderr, "%s\n", workspace.error().message.c_str());
        return 2;
    }
    Corpus corpus;
    corpus.strings = made.strings;
    giveRows(corpus.spans, 4 * count);
    giveRows(corpus.traces, made.arcs.segments.rows());
    const DigestValue stamp{};
    const double begun = now();
    if (const auto stored = storeArcs(*workspace, made.arcs, stamp); !stored) {
        std::fprintf(stderr, "%s\n", stored.error().message.c_str());
        return 2;
    }
    std::printf("  %-52s %9u arcs %8.1f ms\n", "storing", count, now() - begun);
    std::size_t shown = 0;
    const Time fromStore = timed([&] {
        const auto arcs = loadArcs(*workspace, corpus, stamp, {});
        if (arcs && *arcs)
            shown = arcPage(**arcs, made.strings, {}, groupings)->rows.size();
    });
    print("page of all, from the store", fromStore, shown, 2'000 * scale);
    if (shown != count)
        return 2;
    page("page of all", {}, 300);
    for (const char* text : {"plan=pro", "tenant=tenant-7", "time>=2026-08-10 time<2026-10-20", "outcome=failed",
                             "outcome!=unknown", "turns>3 cost>0.05", "hour=9,10,11 weekday=mon,tue"})
        page(text, parseArcSelection(text).value(), 300);

    std::vector<std::uint32_t> traces;
    for (std::uint32_t trace = 0; trace < made.arcs.segments.rows(); trace += 3)
        traces.push_back(trace);
    std::size_t rows = 0;
    const Time matched = timed([&] {
        ArcSelection selection;
        selection.among = arcsOfTraces(made.arcs, traces);
        rows = arcPage(made.arcs, made.strings, selection, groupings)->rows.size();
    });
    print("arcs of the traces of matching spans", matched, rows, 300 * scale);
    const auto tell = [&](const char* what, auto work) {
        const Time time = timed(work);
        std::printf("  %-52s %9u arcs %8.1f ms %8.1f ms CPU\n", what, count, time.wall, time.cpu);
    };
    const std::vector<std::uint32_t> all = allArcs(made.arcs);
    const auto chosen = [&](const char* text) {
        return select(parseArcSelection(text).value(), made.arcs, made.strings);
    };
    tell("by session of the user", [&] { breakDown(made.arcs, all, {ArcGrouping::By::SessionOrdinal}); });
    tell("first half against second half",
         [&] { compareArcs(made.arcs, chosen("time<2026-09-15"), chosen("time>=2026-09-15")); });
    const std::array leftOut{ArcColumn::Outcome};
    tell("what is different about those that failed",
         [&] { whatDiffers(made.arcs, all, chosen("outcome=failed"), leftOut); });
    std::printf("  memory: %.0f MB with the arcs made, %.0f MB at most\n", madeMegabytes, peakMegabytes());
    return missed == 0 ? 0 : 1;
}
