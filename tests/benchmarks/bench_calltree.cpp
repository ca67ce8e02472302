// Makes the call tree of an invented trace: bench_calltree [CALLS [DEPTH [IDS]]]. Two calls a message, half of them
// with spans, sub-agents DEPTH deep, each model call with the last messages again. Prints the time; ends with 1 where
// 10,000 calls take more than a second.
#include "assembledcorpus.h"
#include "calltree.h"
#include "detector.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Trace : TraceReading {
    explicit Trace(const std::string& lines)
        : made(corpusOf(lines))
        , all(made.rowsOf(0))
        , contents(made.spans.rows())
    {
    }

    const Corpus& corpus() const override { return made; }
    std::span<const Row> rows() const override { return all; }
    std::shared_ptr<const SpanContent> content(Row row) override { return contents[row]; }
    std::shared_ptr<const StreamAnalysis> stream(Row) override { return nullptr; }

    Corpus made;
    std::vector<Row> all;
    std::vector<std::shared_ptr<SpanContent>> contents;
};

Part part(PartKind kind, std::string text, std::string id)
{
    return {kind, std::move(text), "search", std::move(id), {}, false};
}

} // namespace

int main(int argc, char** argv)
{
    const int calls = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int depth = argc > 2 ? std::atoi(argv[2]) : 100;
    const int ids = argc > 3 ? std::atoi(argv[3]) : calls;
    const int messages = calls / 2;
    std::string lines;
    std::string parent = "-";
    for (int i = 0; i < messages; ++i) {
        const std::string number = std::to_string(i);
        const auto times = [&](int from, int to) {
            return ' ' + std::to_string(10 * i + from) + '-' + std::to_string(10 * i + to);
        };
        lines += "t m" + number + ' ' + parent + " model" + times(0, 3) + " in=10 out=2\n";
        lines += "t c" + number + ' ' + parent + " tool" + times(3, 8) + " tool=search\n";
        // A sub-agent every so often, each inside the last call of the one before.
        if (depth > 0 && i % (messages / depth + 1) == messages / depth)
            parent = 'c' + number;
    }
    Trace trace(lines);
    for (const Row row : trace.all) {
        auto content = std::make_shared<SpanContent>();
        const std::string name(trace.made.text(SpanText::Name, row));
        const int number = std::atoi(name.c_str() + 1);
        const auto both = [&](int of, PartKind kind) {
            Message message;
            message.role = kind == PartKind::ToolCall ? Role::Assistant : Role::Tool;
            for (const char lane : {'a', 'b'})
                message.parts.push_back(part(kind, "{\"query\":" + std::to_string(of / 3) + "}",
                                             ids == 0 ? std::string() : std::to_string(of % ids) + lane));
            return message;
        };
        if (name.front() == 'm') {
            for (int earlier = std::max(0, number - 20); earlier < number; ++earlier) {
                content->input.push_back(both(earlier, PartKind::ToolCall));
                content->input.push_back(both(earlier, PartKind::ToolResult));
            }
            content->output.push_back(both(number, PartKind::ToolCall));
        } else {
            content->toolArguments = "{\"query\": " + std::to_string(number / 3) + "}";
            content->toolResult = "result " + std::to_string(number);
        }
        trace.contents[row] = std::move(content);
    }
    double best = 1e9;
    CallTree tree;
    for (int run = 0; run < 5; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        tree = callTree(trace);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
        best = std::min(best, took.count());
    }
    std::uint32_t deepest = 0;
    for (const CallNode& node : tree.nodes)
        deepest = std::max(deepest, node.depth);
    std::printf("%zu calls in %zu scopes, %zu unpaired, depth %u: %.1f ms\n", tree.calls.size(), tree.scopes.size(),
                tree.unpaired().size(), deepest, best);
    return best * 10'000 > 1'000.0 * std::max(calls, 10'000) ? 1 : 0;
}
