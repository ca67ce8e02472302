// Shows invented task arcs and scrolls through them: bench_arcsview [ARCS].
// Prints milliseconds of the window's thread; ends with 1 where a scrolled frame takes longer than one of a screen.
#include "arcbook.h"
#include "arcsview.h"
#include "madefoundarcs.h"
#include "notecommands.h"

#include <QApplication>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace arcscope;

namespace
{

constexpr double mostFrame = 16.7; ///< milliseconds
constexpr int frames = 600;

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const auto count = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000);
    AppState state;
    FindingBook findings(state);
    ArcBook book(state, findings);
    QWidget owner;
    ActionRegistry actions(&owner);
    NoteCommands commands(state, actions, nullptr);
    ArcsView view(state, findings, book, commands);
    view.resize(1'280, 800);
    view.show();
    QApplication::processEvents();

    const ArcsPtr arcs = testing::manyArcs(count);
    const auto listed = [&](ArcListColumn column) {
        ArcListingInput input;
        input.of = arcs;
        input.order.column = column;
        input.now = arcs->corpus;
        return arcListing(std::move(input));
    };
    double from = cpuMilliseconds();
    const ListingPtr listing = listed(ArcListColumn::Start);
    const double made = cpuMilliseconds() - from;
    from = cpuMilliseconds();
    listed(ArcListColumn::Goal);
    const double sorted = cpuMilliseconds() - from;
    from = cpuMilliseconds();
    view.showListing(listing);
    view.repaint();
    QApplication::processEvents();
    const double first = cpuMilliseconds() - from;

    QScrollBar& bar = *view.list()->verticalScrollBar();
    std::vector<double> times;
    for (int frame = 0; frame < frames; ++frame) {
        // Through all lines and, in between, small steps of a wheel.
        const int value = frame % 3 == 0 ? static_cast<int>(std::int64_t{bar.maximum()} * frame / frames)
                                         : std::min(bar.maximum(), bar.value() + 3);
        from = cpuMilliseconds();
        bar.setValue(value);
        view.list()->viewport()->repaint();
        times.push_back(cpuMilliseconds() - from);
    }
    std::sort(times.begin(), times.end());
    const double p50 = times[times.size() / 2];
    const double p95 = times[times.size() * 95 / 100];
    std::printf(
        "%u arcs: listed %.1f ms, sorted by text %.1f ms, first paint %.1f ms, scroll p50 %.2f ms, p95 %.2f ms\n",
        count, made, sorted, first, p50, p95);
    return p95 > mostFrame ? 1 : 0;
}
