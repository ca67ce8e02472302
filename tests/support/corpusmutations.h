// Corpora of correct trees, and mutations of each that only show where trees are held against each other or where
// something was planned for them.
#pragma once

#include "treemutations.h"

namespace arcscope::testing
{

/// A rule, a corpus in which it has nothing to say, and the damage that it must find.
struct CorpusMutation {
    const char* rule;
    std::vector<PlannedTree> (*corpus)(std::uint64_t seed);
    std::function<void(std::vector<PlannedTree>&, TreeGenerator&)> mutate;
    std::set<std::string> before = {}; ///< what is said of the correct corpus, too
};

/// One behind the other, each with names of its own.
inline std::vector<PlannedTree> treesInTurn(std::uint64_t seed, std::size_t count)
{
    std::vector<PlannedTree> trees;
    for (std::size_t i = 0; i < count; ++i) {
        TreeGenerator generator(seed * 100 + i);
        PlannedTree tree = generator.tree(TreeForm::Both);
        tree.trace = "t" + std::to_string(i);
        const auto later = static_cast<long>(i) * 60'000;
        tree.shift(0, later);
        tree.start += later;
        trees.push_back(std::move(tree));
    }
    return trees;
}

inline std::vector<PlannedTree> oneTree(std::uint64_t seed)
{
    return treesInTurn(seed, 1);
}
inline std::vector<PlannedTree> twentyTrees(std::uint64_t seed)
{
    return treesInTurn(seed, 20);
}
/// Enough that every tool has been learned.
inline std::vector<PlannedTree> fiftyTrees(std::uint64_t seed)
{
    return treesInTurn(seed, 50);
}
inline std::vector<PlannedTree> scheduledRuns(std::uint64_t seed)
{
    std::vector<PlannedTree> trees = treesInTurn(seed, 6);
    for (PlannedTree& tree : trees)
        tree.facts = " trigger=cron:nightly";
    return trees;
}

/// From the last fifth of the trees on, results of one tool have `now` in place of `before`.
inline auto resultsWith(std::string before, std::string now)
{
    return [before = std::move(before), now = std::move(now)](std::vector<PlannedTree>& trees, TreeGenerator&) {
        for (std::size_t i = trees.size() * 4 / 5; i < trees.size(); ++i) {
            for (PlannedCall* const call :
                 callsOf(trees[i], [](const auto&, const PlannedCall& each) { return each.tool == "get_item"; })) {
                const std::size_t from = before.empty() ? 0 : call->result.find(before);
                const std::size_t end = before.empty() ? call->result.size() : call->result.find_first_of(",}", from);
                call->result.replace(from, end - from, now);
                call->told = call->result;
            }
        }
    };
}

inline void startFarMore(std::vector<PlannedTree>& trees, TreeGenerator& generator)
{
    PlannedStep& step = trees[7].runs.front().steps[0];
    for (int i = 0; i < 60; ++i) {
        PlannedCall call = generator.call("get_item", "root", step.end + 1, step.end + 30);
        call.span += "more";
        call.id = call.toldId = call.id + "more";
        call.arguments = "{\"key\":\"more-" + std::to_string(i) + "\"}";
        step.calls.push_back(call);
    }
}

/// A call that leads to six, each of which leads to ten.
inline void fanOutThroughLevels(std::vector<PlannedTree>& trees, TreeGenerator& generator)
{
    PlannedTree& tree = trees[7];
    const long start = tree.end;
    tree.end += 500;
    const auto add = [&](const std::string& tool, const std::string& parent, long from, long to) {
        PlannedStep& step = tree.runs.emplace_back().steps.emplace_back();
        step.span = "lead" + std::to_string(tree.runs.size());
        step.parent = parent;
        step.start = from;
        step.end = from + 5;
        PlannedCall call = generator.call(tool, parent, from + 6, to);
        call.span += "deep";
        call.id = call.toldId = call.id + "deep";
        call.arguments = "{\"key\":\"deep-" + std::to_string(tree.runs.size()) + "\"}";
        step.calls.push_back(call);
        return call.span;
    };
    const std::string outer = add("delegate", "root", start + 1, start + 480);
    for (long i = 0; i < 6; ++i) {
        const std::string inner = add("delegate", outer, start + 10 + 75 * i, start + 80 + 75 * i);
        for (long k = 0; k < 10; ++k)
            add("get_item", inner, start + 17 + 75 * i, start + 26 + 75 * i + k);
    }
}

inline void beginBeforeTheLastHasEnded(std::vector<PlannedTree>& trees, TreeGenerator&)
{
    trees[3].shift(0, -59'990);
    trees[3].start -= 59'990;
}

/// Two trees whose last answer a verifier judges, at a temperature of its own.
inline std::vector<PlannedTree> verifiedTrees(std::uint64_t seed)
{
    std::vector<PlannedTree> trees = treesInTurn(seed, 2);
    for (PlannedTree& tree : trees) {
        tree.facts = " agent=planner";
        tree.runs[0].steps[0].attributes = {{"gen_ai.request.temperature", "0.7", AttributeType::Number}};
        PlannedStep& step = tree.runs.emplace_back().steps.emplace_back();
        step.span = "verify";
        step.parent = "root";
        step.start = tree.end;
        step.end = tree.end += 40;
        step.facts = " agent=verifier";
        step.text = "PASS";
        step.given = "Answer PASS or FAIL: do the items lie in their halls?";
        step.attributes = {{"gen_ai.request.temperature", "0", AttributeType::Number}};
    }
    return trees;
}

/// A draft in JSON, its critique, and a revision, behind all else.
inline std::vector<PlannedTree> revisedTree(std::uint64_t seed)
{
    std::vector<PlannedTree> trees = oneTree(seed);
    PlannedTree& tree = trees.front();
    const std::string draft =
        "{\"items\": [\"lamp\", \"chair\", \"table\"], \"hall\": 7, \"counted\": true, \"by\": \"two\"}";
    const std::string critique = "The second item has no amount.";
    const char* const inputs[] = {"List the items.", "What is wrong here? ", "Write it anew. "};
    for (int i = 0; i < 3; ++i) {
        PlannedStep& step = tree.runs.emplace_back().steps.emplace_back();
        step.span = "draft" + std::to_string(i);
        step.parent = "root";
        step.start = tree.end + i * 100;
        step.end = step.start + 90;
        step.text = i == 0 ? draft : i == 1 ? critique : "{\"items\": [\"lamp\", \"two chairs\"], \"hall\": 7}";
        step.given = std::string(inputs[i]) + (i > 0 ? draft : "") + (i > 1 ? critique : "");
    }
    tree.end += 310;
    return trees;
}

/// The last answer of the revision is `prefix` and the draft.
inline auto revisedInto(std::string prefix)
{
    return [prefix = std::move(prefix)](std::vector<PlannedTree>& trees, TreeGenerator&) {
        std::vector<PlannedRun>& runs = trees.front().runs;
        runs.back().steps[0].text = prefix + runs[runs.size() - 3].steps[0].text;
    };
}

/// The last answer says that it needed a rescue.
inline auto flagged(std::vector<Attribute> attributes)
{
    return [attributes = std::move(attributes)](std::vector<PlannedTree>& trees, TreeGenerator&) {
        trees.front().runs.front().steps.back().attributes = attributes;
    };
}

inline void answerOfAnotherModel(std::vector<PlannedTree>& trees, TreeGenerator&)
{
    trees.front().runs.front().steps.back().facts = " requested=gpt-4o";
}

inline void mendWhatTheModelWrote(std::vector<PlannedTree>& trees, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(trees.front(), isLeaf), generator.dice());
    call->written = call->arguments.substr(0, call->arguments.size() - 1);
}

/// Two look-ups for different items, one after the other, of which the second one gives what the first one gave.
inline void giveTheLastResultAgain(std::vector<PlannedTree>& trees, TreeGenerator& generator)
{
    PlannedTree& tree = trees.front();
    PlannedRun& run = tree.runs.emplace_back();
    for (int i = 0; i < 3; ++i) {
        PlannedStep& step = run.steps.emplace_back();
        step.span = "again" + std::to_string(i);
        step.parent = "root";
        step.start = tree.end + 100 * i;
        step.end = step.start + 20;
        step.text = i < 2 ? "I look it up." : "Both lie there.";
        if (i == 2)
            break;
        PlannedCall call = generator.call("get_item", "root", step.end + 1, step.end + 60);
        call.span += "again";
        call.id = call.toldId = call.id + "again";
        call.result = call.told = "{\"key\":\"any\",\"amount\":512,\"place\":\"hall 7\",\"state\":\"open\",\"note\":"
                                  "\"counted in the evening by two people\"}";
        call.arguments = "{\"key\":\"again-" + std::to_string(i) + "\"}";
        step.calls.push_back(call);
    }
    tree.end += 240;
}

inline void askTheModelAgain(std::vector<PlannedTree>& trees, TreeGenerator&)
{
    PlannedTree& tree = trees.front();
    PlannedStep& last = tree.runs.front().steps.back();
    last.given = "Where are they, all in all?";
    PlannedStep failed = last;
    failed.span += "failed";
    failed.facts = " status=error";
    failed.text.clear();
    const long length = last.end - last.start + 1;
    tree.shift(last.start, length);
    tree.runs.front().steps.insert(tree.runs.front().steps.end() - 1, failed);
}

inline const std::vector<CorpusMutation>& corpusMutations()
{
    static const auto one = [](const char* key, const char* value) {
        return flagged({{key, value, AttributeType::Text}});
    };
    static const std::vector<CorpusMutation> all{
        {"tool.fanout_amplification", twentyTrees, startFarMore},
        {"tool.fanout_amplification", twentyTrees, fanOutThroughLevels},
        {"run.overlap", scheduledRuns, beginBeforeTheLastHasEnded},
        {"shape.path_added", fiftyTrees, resultsWith("\"amount\"", "\"amount\":4,\"confidence\":0.4")},
        {"shape.path_removed", fiftyTrees, resultsWith("\"amount\"", "\"sum\":4")},
        {"shape.type_changed", fiftyTrees, resultsWith("\"amount\"", "\"amount\":\"four\"")},
        {"shape.null_new", fiftyTrees, resultsWith("\"amount\"", "\"amount\":null")},
        {"shape.enum_new", fiftyTrees, resultsWith("\"state\"", "\"state\":\"lent\"")},
        {"shape.became_text", fiftyTrees, resultsWith("", "<html>Welcome to the hall of items</html>")},
        {"verifier.flip", verifiedTrees, [](auto& trees, auto&) { trees[1].runs.back().steps[0].text = "FAIL"; }},
        {"sampling.inherited", verifiedTrees,
         [](auto& trees, auto&) { trees[1].runs.back().steps[0].attributes[0].value = "0.7"; }},
        {"critique.price", oneTree, [](auto& trees, auto&) { trees = revisedTree(1); }},
        {"critique.no_change", revisedTree, revisedInto({}), {"critique.price"}},
        {"critique.regressed", revisedTree, revisedInto("Here: "), {"critique.price"}},
        {"rescue.hidden", oneTree, one("app.fallback_used", "true")},
        {"rescue.chain", oneTree,
         flagged({{"app.fallback_used", "true", AttributeType::Bool},
                  {"http.request.resend_count", "2", AttributeType::Number}})},
        // Each kind of rescue, by what the source says and by what is seen.
        {"ledger: retry", oneTree, one("http.request.resend_count", "2")},
        {"ledger: retry", oneTree, askTheModelAgain},
        {"ledger: other model", oneTree, answerOfAnotherModel},
        {"rescue.hidden", oneTree, answerOfAnotherModel},
        {"ledger: JSON repair", oneTree, one("output.json_repaired", "true")},
        {"ledger: JSON repair", oneTree, mendWhatTheModelWrote},
        {"rescue.hidden", oneTree, mendWhatTheModelWrote},
        {"ledger: reused result", oneTree, one("app.served_stale", "true")},
        {"ledger: reused result", oneTree, giveTheLastResultAgain},
        {"rescue.hidden", oneTree, giveTheLastResultAgain},
        {"ledger: default", oneTree, one("app.default_used", "true")},
        {"ledger: fallback", oneTree, one("app.fallback_used", "true")},
    };
    return all;
}

} // namespace arcscope::testing
