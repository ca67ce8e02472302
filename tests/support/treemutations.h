// Mutations of one correct tree of tool calls: each damages it in one place, for one rule.
#pragma once

#include "treegenerator.h"

#include <functional>
#include <set>

namespace arcscope::testing
{

/// All calls that fit.
inline std::vector<PlannedCall*> callsOf(PlannedTree& tree,
                                         const std::function<bool(const PlannedStep&, const PlannedCall&)>& fits)
{
    std::vector<PlannedCall*> calls;
    for (PlannedRun& run : tree.runs) {
        for (PlannedStep& step : run.steps) {
            for (PlannedCall& call : step.calls) {
                if (fits(step, call))
                    calls.push_back(&call);
            }
        }
    }
    return calls;
}

inline PlannedCall* one(const std::vector<PlannedCall*>& calls, Dice& dice)
{
    return calls.empty() ? nullptr : calls[dice.next() % calls.size()];
}

inline bool isLeaf(const PlannedStep&, const PlannedCall& call)
{
    return call.run < 0;
}
inline bool hasSibling(const PlannedStep& step, const PlannedCall& call)
{
    return step.calls.size() >= 2 && call.run < 0;
}

inline PlannedStep* stepOf(PlannedTree& tree, const PlannedCall& call)
{
    for (PlannedRun& run : tree.runs) {
        for (PlannedStep& step : run.steps) {
            if (!step.calls.empty() && &call >= step.calls.data() && &call < step.calls.data() + step.calls.size())
                return &step;
        }
    }
    return nullptr;
}

/// Damages a tree in one place; false: it has no place for that.
using Mutation = std::function<bool(PlannedTree&, TreeGenerator&)>;

inline bool holdTheJoin(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call =
        one(callsOf(tree,
                    [](const PlannedStep& step, const PlannedCall& each) {
                        return hasSibling(step, each) && std::ranges::all_of(step.calls, [&](const PlannedCall& other) {
                                   return &other == &each ||
                                          (other.run < 0 && other.end < each.end && each.start < other.end);
                               });
                    }),
            generator.dice());
    if (!call)
        return false;
    tree.shift(call->end, 9'000);
    return true;
}

inline bool endAfterItWasRead(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->end += 5'000;
    return true;
}

inline bool loseAResult(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, hasSibling), generator.dice());
    if (!call)
        return false;
    call->joined = false;
    return true;
}

inline bool failAndLetTheOthersWork(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedRun& run = tree.runs.front();
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        if (run.steps[i].calls.size() < 2 || run.steps[i].calls[0].run >= 0 || run.steps[i].calls[1].run >= 0)
            continue;
        PlannedStep& step = run.steps[i];
        for (std::size_t k = 0; k < 2; ++k)
            step.calls[k].start = step.end + 1;
        step.calls[0].end = step.calls[0].start + 20;
        step.calls[0].failed = true;
        step.calls[0].result = "Error: no connection";
        step.calls[1].end = step.calls[1].start + generator.dice().from(4'000, 9'000);
        step.calls.resize(2);
        run.steps.resize(i + 1);
        tree.failed = true;
        tree.end = step.calls[1].end + 10;
        tree.runs.resize(1);
        for (PlannedStep& each : run.steps) {
            for (PlannedCall& call : each.calls)
                call.run = -1;
        }
        return true;
    }
    return false;
}

inline bool swallowAFailure(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->tool = "reserve_seat"; // no other call makes good for it
    call->failed = true;
    call->told = "{}";
    call->result = "{}";
    return true;
}

inline bool changeAnId(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->toldId = "call_of_nobody";
    return true;
}

inline bool repeatACall(PlannedTree& tree, TreeGenerator& generator, const std::string& tool)
{
    // Nothing that may write is at work meanwhile.
    const auto isQuiet = [&](const PlannedStep& step, const PlannedCall& call) {
        return step.parent == "root" && isLeaf(step, call) &&
               std::ranges::all_of(step.calls, [](const PlannedCall& other) { return other.run < 0; });
    };
    PlannedCall* const call = one(callsOf(tree, isQuiet), generator.dice());
    if (!call)
        return false;
    call->tool = tool;
    PlannedCall again = *call;
    again.span += "again";
    again.id = again.toldId = call->id + "again";
    again.end += 1;
    stepOf(tree, *call)->calls.push_back(again);
    return true;
}

/// The call of a step fails five times and succeeds at last, each attempt a step of its own.
inline bool tryAgainAndAgain(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedRun& run = tree.runs.front();
    const std::size_t at = 0;
    if (run.steps[at].calls.size() != 1 || run.steps[at].calls[0].run >= 0)
        return false;
    const PlannedStep first = run.steps[at];
    constexpr long attempts = 5;
    constexpr long apart = 1'000;
    tree.shift(first.start, attempts * apart);
    for (long i = 0; i < attempts; ++i) {
        PlannedStep step = first;
        step.span += "try" + std::to_string(i);
        step.start += i * apart;
        step.end += i * apart;
        PlannedCall& call = step.calls[0];
        call.span += "try" + std::to_string(i);
        call.id = call.toldId = call.id + "try" + std::to_string(i);
        call.start += i * apart;
        call.end += i * apart;
        call.failed = call.toldFailed = true;
        call.result = call.told = "Error 429: too many requests";
        run.steps.insert(run.steps.begin() + i, step);
    }
    static_cast<void>(generator);
    return true;
}

inline bool runInTurn(PlannedTree& tree, TreeGenerator& generator)
{
    for (PlannedRun& run : tree.runs) {
        for (PlannedStep& step : run.steps) {
            const bool fits = step.calls.size() >= 2 &&
                              std::ranges::all_of(step.calls, [](const PlannedCall& call) { return call.run < 0; });
            if (!fits)
                continue;
            const long longest = generator.dice().from(2'000, 4'000);
            tree.shift(step.end + 1, static_cast<long>(step.calls.size()) * longest + 100);
            long now = step.end + 1;
            for (PlannedCall& call : step.calls) {
                call.start = now;
                call.end = now + longest - 5;
                now += longest;
            }
            return true;
        }
    }
    return false;
}

inline bool beginTooEarly(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->start = tree.start - 3'000;
    return true;
}

inline bool ignoreACancel(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->cancelled = call->start + 5;
    tree.shift(call->end, 4'000);
    return true;
}

inline bool assertOutOfNothing(PlannedTree& tree, TreeGenerator&)
{
    PlannedRun& run = tree.runs.front(); // of runs side by side it is not told which answer follows
    PlannedStep& step = run.steps[run.steps.size() - 2];
    if (std::ranges::any_of(step.calls, [](const PlannedCall& call) { return call.run >= 0; }))
        return false;
    step.calls.resize(1);
    PlannedCall& call = step.calls.front();
    call.tool = "search_items";
    call.result = call.told = "[]";
    const std::string item = call.arguments.substr(8, call.arguments.size() - 10); // in {"key":"…"}
    run.steps.back().text = "Your " + item + " arrives on Monday.";
    return true;
}

/// The definition of a tool has all arguments but one.
inline bool nameAnUnknownArgument(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    PlannedStep* const step = call ? stepOf(tree, *call) : nullptr;
    if (!step || !call->arguments.starts_with("{\""))
        return false;
    step->attributes.push_back({"gen_ai.tool.definitions", R"([{"type":"function","name":")" + call->tool +
                                                               R"(","parameters":{"type":"object","properties":)" +
                                                               call->arguments + "}}]"});
    call->arguments.insert(1, R"("colour":"red",)");
    return true;
}

struct TreeMutation {
    const char* rule;
    Mutation mutate;
    std::set<TreeForm> forms;
};

inline const std::set<TreeForm> anyForm{TreeForm::Both, TreeForm::Spans, TreeForm::Messages};

inline const std::vector<TreeMutation>& treeMutations()
{
    static const std::set<TreeForm> withSpans{TreeForm::Both, TreeForm::Spans};
    static const std::set<TreeForm> withMessages{TreeForm::Both, TreeForm::Messages};
    static const std::set<TreeForm> withBoth{TreeForm::Both};
    static const std::vector<TreeMutation> all{
        {"tool.straggler_join", holdTheJoin, withSpans},
        {"tool.orphan_child", endAfterItWasRead, withBoth},
        {"tool.unjoined_result", loseAResult, withBoth},
        {"tool.sibling_not_cancelled", failAndLetTheOthersWork, withSpans},
        {"tool.swallowed_failure", swallowAFailure, withBoth},
        {"tool.id_mismatch", changeAnId, withMessages},
        {"tool.duplicate_call", [](PlannedTree& t, TreeGenerator& g) { return repeatACall(t, g, "get_item"); },
         anyForm},
        {"tool.duplicate_effect", [](PlannedTree& t, TreeGenerator& g) { return repeatACall(t, g, "send_email"); },
         anyForm},
        {"tool.retry_storm", tryAgainAndAgain, anyForm},
        {"tool.serial_independent", runInTurn, withBoth},
        {"tool.outside_parent", beginTooEarly, withSpans},
        {"tool.cancel_not_honoured", ignoreACancel, withSpans},
        {"tool.args_unknown_to_definition", nameAnUnknownArgument, withMessages},
        {"tool.empty_result_then_assertion", assertOutOfNothing, withMessages},
    };
    return all;
}

} // namespace arcscope::testing
