// Shows invented tool calls, a hundred agents inside of each other, and scrolls through them: bench_toolsview [CALLS].
// Prints milliseconds of the window's thread; ends with 1 where a scrolled frame takes longer than one of a screen.
#include "assembledcorpus.h"
#include "callcanvas.h"
#include "calltreeview.h"
#include "toolsview.h"

#include <QApplication>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace arcscope;

namespace
{

constexpr std::uint32_t levels = 100;
constexpr double mostFrame = 16.7; ///< milliseconds
constexpr int frames = 600;

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// In each scope the last call is an agent, which has the next one.
CallTreePtr makeCalls(std::uint32_t calls)
{
    auto subject = std::make_shared<CallTreeSubject>();
    subject->corpus = std::make_shared<Corpus>(testing::corpusOf("t root - agent 0-100000\n"));
    CallTree& tree = subject->tree;
    const std::uint32_t perScope = std::max(1U, calls / (levels / 2));
    std::uint32_t owner = TreeCall::none;
    for (std::uint32_t level = 0; level < levels / 2; ++level) {
        CallScope scope;
        scope.call = tree.calls.empty() ? TreeCall::none : static_cast<std::uint32_t>(tree.calls.size() - 1);
        CallNode node;
        node.index = level;
        node.parent = owner;
        node.depth = 2 * level;
        const auto ownerNode = static_cast<std::uint32_t>(tree.nodes.size());
        tree.nodes.push_back(node);
        for (std::uint32_t i = 0; i < perScope; ++i) {
            TreeCall call;
            call.kind = i + 1 == perScope ? CallKind::Agent : CallKind::Tool;
            call.outcome = i % 7 == 3 ? CallOutcome::Failed : CallOutcome::Ok;
            call.tool = "tool " + std::to_string(i % 5);
            call.id = "call_" + std::to_string(tree.calls.size());
            call.askedAt = (level * 1'000 + 5) * millisecond;
            call.start = call.askedAt + (i % 50) * 10 * millisecond;
            call.end = call.start + (1 + i % 13) * 60 * millisecond;
            call.scope = level;
            scope.range = {scope.calls.empty() ? call.start : scope.range.start, std::max(scope.range.end, call.end)};
            CallNode of;
            of.of = CallNode::Of::Call;
            of.index = static_cast<std::uint32_t>(tree.calls.size());
            of.parent = ownerNode;
            of.depth = 2 * level + 1;
            of.wait = call.start - call.askedAt;
            of.run = call.end - call.start;
            scope.calls.push_back(of.index);
            owner = static_cast<std::uint32_t>(tree.nodes.size());
            tree.nodes.push_back(of);
            tree.calls.push_back(std::move(call));
        }
        scope.joined = scope.range.end + 20 * millisecond;
        tree.scopes.push_back(std::move(scope));
    }
    tree.timed = true;
    complete(*subject);
    return subject;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const auto calls = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000);
    AppState state;
    ToolsView view(state);
    view.resize(1'280, 800);
    view.show();
    QApplication::processEvents();

    double from = cpuMilliseconds();
    const CallTreePtr subject = makeCalls(calls);
    const double made = cpuMilliseconds() - from;
    from = cpuMilliseconds();
    view.showSubject(subject);
    view.repaint();
    QApplication::processEvents();
    const double first = cpuMilliseconds() - from;

    QScrollBar& bar = *view.tree()->verticalScrollBar();
    std::vector<double> times;
    for (int frame = 0; frame < frames; ++frame) {
        // Through all rows and, in between, small steps of a wheel.
        const int value = frame % 3 == 0 ? static_cast<int>(std::int64_t{bar.maximum()} * frame / frames)
                                         : std::min(bar.maximum(), bar.value() + 60);
        from = cpuMilliseconds();
        bar.setValue(value);
        view.tree()->viewport()->repaint();
        view.canvas()->repaint();
        times.push_back(cpuMilliseconds() - from);
    }
    std::sort(times.begin(), times.end());
    const double p50 = times[times.size() / 2];
    const double p95 = times[times.size() * 95 / 100];
    std::printf("%u calls, %zu rows: lanes %.1f ms, first paint %.1f ms, scroll p50 %.2f ms, p95 %.2f ms\n", calls,
                subject->tree.nodes.size(), made, first, p50, p95);
    return p95 > mostFrame ? 1 : 0;
}
