// Correct random trees of tool calls, as plans that a test can damage in one place before they become traces.
#pragma once

#include "tracescript.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace arcscope::testing
{

/// Numbers that are the same on every machine.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed * 0x9e3779b97f4a7c15U + 1)
    {
    }

    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    long from(long least, long most)
    {
        return least + static_cast<long>(next() % static_cast<std::uint64_t>(most - least + 1));
    }
    bool oneIn(long n) { return from(1, n) == 1; }

private:
    std::uint64_t m_state;
};

/// What of a tree is recorded.
enum class TreeForm { Both, Spans, Messages };

struct PlannedCall {
    std::string span;
    std::string parent;
    std::string tool;
    std::string id;
    std::string arguments;
    std::string written; ///< by the model, in place of the arguments
    std::string result;
    std::string told;   ///< what the model is given of it
    std::string toldId; ///< the id that it is given with
    long start = 0;
    long end = 0;
    bool failed = false;
    bool toldFailed = false;
    bool joined = true; ///< the next model call is given its result
    long cancelled = -1;
    int run = -1; ///< that it contains
};

struct PlannedStep {
    std::string span;
    std::string parent;
    std::string text; ///< that the model says
    long start = 0;
    long end = 0;
    std::string given; ///< in place of the history
    std::string facts; ///< of its line
    std::vector<PlannedCall> calls;
    std::vector<Attribute> attributes;
};

/// Model calls of one conversation, each with the calls that it asks for.
struct PlannedRun {
    std::vector<PlannedStep> steps;
};

struct PlannedTree {
    TreeForm form = TreeForm::Both;
    std::string trace = "t";
    std::string facts; ///< of the root
    long start = 10'000;
    long end = 0;
    bool failed = false;
    std::vector<PlannedRun> runs; ///< the first one is the outermost

    /// Everything from a moment on comes later.
    void shift(long from, long by)
    {
        const auto move = [&](long& time) { time += time >= from ? by : 0; };
        for (PlannedRun& run : runs) {
            for (PlannedStep& step : run.steps) {
                move(step.start);
                move(step.end);
                for (PlannedCall& call : step.calls) {
                    move(call.start);
                    move(call.end);
                }
            }
        }
        move(end);
    }
};

/// Makes trees in which nothing is wrong: parallel and serial calls, agents in calls, all results read, no call twice.
class TreeGenerator
{
public:
    explicit TreeGenerator(std::uint64_t seed)
        : m_dice(seed)
    {
    }

    Dice& dice() { return m_dice; }

    PlannedTree tree(TreeForm form)
    {
        PlannedTree tree;
        tree.form = form;
        m_now = tree.start + 1;
        addRun(tree, "root", 0);
        tree.end = m_now + 5;
        return tree;
    }

    PlannedCall call(const std::string& tool, const std::string& parent, long start, long end)
    {
        PlannedCall call;
        const std::string number = std::to_string(++m_count);
        call.span = "c" + number;
        call.parent = parent;
        call.tool = tool;
        call.id = call.toldId = "call_" + number;
        call.arguments = "{\"key\":\"item-" + number + "\"}";
        call.result = "{\"key\":\"item-" + number + "\",\"amount\":" + std::to_string(m_dice.from(100, 999)) +
                      ",\"place\":\"hall " + std::to_string(m_dice.from(1, 90)) + "\",\"state\":\"" +
                      (m_dice.oneIn(2) ? "open" : "closed") + "\"}";
        call.told = call.result;
        call.start = start;
        call.end = end;
        return call;
    }

private:
    void addRun(PlannedTree& tree, const std::string& parent, int depth)
    {
        const std::size_t index = tree.runs.size();
        tree.runs.emplace_back();
        const long steps = m_dice.from(2, depth == 0 ? 5 : 3);
        for (long i = 0; i < steps; ++i) {
            PlannedStep step;
            step.span = "m" + std::to_string(++m_count);
            step.parent = parent;
            step.start = m_now;
            m_now += m_dice.from(20, 200);
            step.end = m_now++;
            step.text = i + 1 < steps ? "Next I look at item " + std::to_string(m_count) + "."
                                      : "The items lie in their halls, number " + std::to_string(m_count) + " first.";
            if (i + 1 < steps)
                addCalls(tree, step, parent, depth);
            tree.runs[index].steps.push_back(std::move(step));
        }
    }

    void addCalls(PlannedTree& tree, PlannedStep& step, const std::string& parent, int depth)
    {
        static const char* const tools[] = {"get_item", "search_items", "list_places", "read_note", "fetch_page"};
        const long count = m_dice.from(1, 4);
        const bool serial = m_dice.oneIn(4);
        const long begin = m_now;
        long last = begin;
        for (long i = 0; i < count; ++i) {
            const long start = serial ? last + 1 : begin + m_dice.from(0, 9);
            PlannedCall made = call(tools[m_dice.from(0, 4)], parent, start, start + m_dice.from(40, 90));
            if (tree.form != TreeForm::Messages && depth < 2 && m_dice.oneIn(6)) {
                made.tool = "delegate";
                m_now = made.start + 1;
                made.run = static_cast<int>(tree.runs.size());
                addRun(tree, made.span, depth + 1);
                made.end = m_now + 1;
            }
            last = std::max(last, made.end);
            step.calls.push_back(std::move(made));
        }
        for (PlannedCall& made : step.calls) { // nobody holds the join of the others
            if (!serial && made.run < 0)
                made.end = last - m_dice.from(0, 9);
        }
        m_now = last + m_dice.from(2, 30);
    }

    Dice m_dice;
    int m_count = 0;
    long m_now = 0;
};

/// The lines of addSpans() for trees that make one corpus.
inline std::string linesOf(const PlannedTree& tree)
{
    const auto times = [](long start, long end) { return std::to_string(start) + '-' + std::to_string(end); };
    std::string lines = tree.trace + " root" + tree.trace + " - agent " + times(tree.start, tree.end) + tree.facts +
                        (tree.failed ? " status=error" : " status=ok") + " name=collect\n";
    const auto nameOf = [&](const std::string& span) { return span + tree.trace; };
    for (const PlannedRun& run : tree.runs) {
        for (const PlannedStep& step : run.steps) {
            lines += tree.trace + ' ' + nameOf(step.span) + ' ' + nameOf(step.parent) + " model " +
                     times(step.start, step.end) + " in=100 out=20 cost=30 model=large" + step.facts + '\n';
            for (const PlannedCall& call : step.calls) {
                if (tree.form != TreeForm::Messages)
                    lines += tree.trace + ' ' + nameOf(call.span) + ' ' + nameOf(call.parent) + " tool " +
                             times(call.start, call.end) + " tool=" + call.tool +
                             (call.failed ? " status=error" : " status=ok") + '\n';
            }
        }
    }
    return lines;
}

/// `script` has a content() by the name of a span, as TraceScript.
template <typename Script>
void addContents(const PlannedTree& tree, Script& script)
{
    for (const PlannedRun& run : tree.runs) {
        std::vector<Message> history{said(Role::User, "Where are the items of " + run.steps.front().span + "?")};
        for (const PlannedStep& step : run.steps) {
            SpanContent& content = script.content(step.span + tree.trace);
            content.attributes = step.attributes;
            if (tree.form != TreeForm::Spans) {
                content.input = step.given.empty() ? history : std::vector{said(Role::User, step.given)};
                Message answer = said(Role::Assistant, step.text);
                for (const PlannedCall& call : step.calls)
                    answer.parts.push_back(
                        asked(call.tool, call.id, call.written.empty() ? call.arguments : call.written).parts.front());
                content.output = {answer};
                history.push_back(answer);
            }
            for (const PlannedCall& call : step.calls) {
                if (call.joined)
                    history.push_back(returned(call.toldId, call.told, call.toldFailed));
                if (tree.form == TreeForm::Messages)
                    continue;
                SpanContent& own = script.content(call.span + tree.trace);
                own.toolArguments = call.arguments;
                own.toolResult = call.result;
                own.toolFailed = call.failed;
                if (call.cancelled >= 0)
                    own.events.push_back({"cancel requested", call.cancelled * millisecond, {}});
            }
        }
    }
}

inline TraceScript scriptOf(const std::vector<PlannedTree>& trees)
{
    std::string lines;
    for (const PlannedTree& tree : trees)
        lines += linesOf(tree);
    TraceScript script(lines);
    for (const PlannedTree& tree : trees)
        addContents(tree, script);
    return script;
}

} // namespace arcscope::testing
