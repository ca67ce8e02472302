// layers: core analysis
#include "treegenerator.h"

#include <QTest>

#include <functional>
#include <optional>
#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int treesOfEachForm = 120;
constexpr const char* families[] = {"tool-scopes", "tool-shapes", "sampling", "critique", "silent-rescues"};

std::set<std::string> rulesIn(const std::vector<PlannedTree>& trees)
{
    TraceScript script = scriptOf(trees);
    std::set<std::string> rules;
    for (const char* const family : families) {
        for (const Finding& finding : findingsOf(detectorNamed(family), script))
            rules.insert(finding.rule);
    }
    return rules;
}

std::string textOf(const std::set<std::string>& rules)
{
    std::string text;
    for (const std::string& rule : rules)
        text += rule + ' ';
    return text;
}

/// All calls that fit; of nested ones only where `nested`.
std::vector<PlannedCall*> callsOf(PlannedTree& tree,
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

PlannedCall* one(const std::vector<PlannedCall*>& calls, Dice& dice)
{
    return calls.empty() ? nullptr : calls[dice.next() % calls.size()];
}

bool isLeaf(const PlannedStep&, const PlannedCall& call)
{
    return call.run < 0;
}
bool hasSibling(const PlannedStep& step, const PlannedCall& call)
{
    return step.calls.size() >= 2 && call.run < 0;
}

PlannedStep* stepOf(PlannedTree& tree, const PlannedCall& call)
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

bool holdTheJoin(PlannedTree& tree, TreeGenerator& generator)
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

bool endAfterItWasRead(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->end += 5'000;
    return true;
}

bool loseAResult(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, hasSibling), generator.dice());
    if (!call)
        return false;
    call->joined = false;
    return true;
}

bool failAndLetTheOthersWork(PlannedTree& tree, TreeGenerator& generator)
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

bool swallowAFailure(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->tool = "reserve_seat"; // no other call makes good for it
    call->failed = true;
    call->told = "{}";
    call->result = "{}";
    return true;
}

bool changeAnId(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->toldId = "call_of_nobody";
    return true;
}

bool repeatACall(PlannedTree& tree, TreeGenerator& generator, const std::string& tool)
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
bool tryAgainAndAgain(PlannedTree& tree, TreeGenerator& generator)
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

bool runInTurn(PlannedTree& tree, TreeGenerator& generator)
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

bool beginTooEarly(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->start = tree.start - 3'000;
    return true;
}

bool ignoreACancel(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedCall* const call = one(callsOf(tree, isLeaf), generator.dice());
    call->cancelled = call->start + 5;
    tree.shift(call->end, 4'000);
    return true;
}

bool assertOutOfNothing(PlannedTree& tree, TreeGenerator&)
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

bool flagAFallback(PlannedTree& tree, TreeGenerator& generator)
{
    PlannedRun& run = tree.runs[generator.dice().next() % tree.runs.size()];
    run.steps.back().attributes = {{"app.fallback_used", "true", AttributeType::Bool}};
    return true;
}

bool flagSeveralRescues(PlannedTree& tree, TreeGenerator& generator)
{
    flagAFallback(tree, generator);
    for (PlannedRun& run : tree.runs) {
        if (!run.steps.back().attributes.empty())
            run.steps.back().attributes.push_back({"http.request.resend_count", "2", AttributeType::Number});
    }
    return true;
}

/// A draft, its critique, and the draft once more, behind all else.
bool reviseWithoutChange(PlannedTree& tree, bool broken)
{
    const std::string draft =
        "{\"items\": [\"lamp\", \"chair\", \"table\"], \"hall\": 7, \"counted\": true, \"by\": \"two\"}";
    const std::string critique = "The second item has no amount.";
    const char* const inputs[] = {"List the items.", "What is wrong here? ", "Write it anew. "};
    for (int i = 0; i < 3; ++i) {
        PlannedRun& run = tree.runs.emplace_back();
        PlannedStep& step = run.steps.emplace_back();
        step.span = "draft" + std::to_string(i);
        step.parent = "root";
        step.start = tree.end + i * 100;
        step.end = step.start + 90;
        step.text = i == 0 ? draft : i == 1 ? critique : broken ? "Here: " + draft : draft;
        step.given = std::string(inputs[i]) + (i > 0 ? draft : "") + (i > 1 ? critique : "");
    }
    tree.end += 310;
    return true;
}

/// A verifier that judges the last answer, at the temperature of the planner around it.
void verify(PlannedTree& tree, const char* temperature, const char* verdict)
{
    tree.facts = " agent=planner";
    tree.runs[0].steps[0].attributes = {{"gen_ai.request.temperature", "0.7", AttributeType::Number}};
    PlannedStep& step = tree.runs.emplace_back().steps.emplace_back();
    step.span = "verify";
    step.parent = "root";
    step.start = tree.end;
    step.end = tree.end += 40;
    step.facts = " agent=verifier";
    step.text = verdict;
    step.given = "Answer PASS or FAIL: do the items lie in their halls?";
    step.attributes = {{"gen_ai.request.temperature", temperature, AttributeType::Number}};
}

struct Case {
    const char* rule;
    Mutation mutate;
    std::set<TreeForm> forms;
};

const std::set<TreeForm> anyForm{TreeForm::Both, TreeForm::Spans, TreeForm::Messages};
const std::set<TreeForm> withSpans{TreeForm::Both, TreeForm::Spans};
const std::set<TreeForm> withMessages{TreeForm::Both, TreeForm::Messages};
const std::set<TreeForm> withBoth{TreeForm::Both};

const std::vector<Case>& cases()
{
    static const std::vector<Case> all{
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
        {"tool.empty_result_then_assertion", assertOutOfNothing, withMessages},
        {"rescue.hidden", flagAFallback, withMessages},
        {"rescue.chain", flagSeveralRescues, withMessages},
    };
    return all;
}

} // namespace

class TestToolMutations : public QObject
{
    Q_OBJECT

private slots:
    void correctTreesHaveNoFinding()
    {
        for (const TreeForm form : anyForm) {
            for (int seed = 0; seed < treesOfEachForm; ++seed) {
                TreeGenerator generator(static_cast<std::uint64_t>(seed));
                const auto rules = rulesIn({generator.tree(form)});
                QVERIFY2(rules.empty(), (textOf(rules) + "seed " + std::to_string(seed)).c_str());
            }
        }
    }

    void everyDamageIsFound_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].rule) << static_cast<int>(i);
    }
    void everyDamageIsFound()
    {
        QFETCH(int, index);
        const Case& what = cases()[static_cast<std::size_t>(index)];
        int damaged = 0;
        for (const TreeForm form : what.forms) {
            for (int seed = 0; seed < treesOfEachForm; ++seed) {
                TreeGenerator generator(static_cast<std::uint64_t>(seed));
                PlannedTree tree = generator.tree(form);
                if (!what.mutate(tree, generator))
                    continue;
                ++damaged;
                const auto rules = rulesIn({tree});
                QVERIFY2(rules.contains(what.rule),
                         ("found: " + textOf(rules) + "form " + std::to_string(static_cast<int>(form)) + " seed " +
                          std::to_string(seed) + '\n' + linesOf(tree))
                             .c_str());
            }
        }
        QVERIFY2(damaged >= treesOfEachForm / 8, std::to_string(damaged).c_str());
    }

    void aFanOutAboveAllOthersIsFound()
    {
        std::vector<PlannedTree> trees;
        for (int i = 0; i < 20; ++i) {
            TreeGenerator generator(static_cast<std::uint64_t>(i));
            PlannedTree tree = generator.tree(TreeForm::Both);
            tree.trace = "t" + std::to_string(i);
            trees.push_back(std::move(tree));
        }
        QVERIFY(rulesIn(trees).empty());
        TreeGenerator generator(99);
        for (PlannedRun& run : trees[7].runs) {
            for (int i = 0; i < 60 && &run == &trees[7].runs.front(); ++i) {
                PlannedCall call = generator.call("get_item", "root", run.steps[0].end + 1, run.steps[0].end + 30);
                call.span += "more";
                call.id = call.toldId = call.id + "more";
                call.arguments = "{\"key\":\"more-" + std::to_string(i) + "\"}";
                run.steps[0].calls.push_back(call);
            }
        }
        QVERIFY(rulesIn(trees).contains("tool.fanout_amplification"));
    }

    void runsThatOverlapAreFound()
    {
        std::vector<PlannedTree> trees;
        for (int i = 0; i < 6; ++i) {
            TreeGenerator generator(static_cast<std::uint64_t>(i));
            PlannedTree tree = generator.tree(TreeForm::Both);
            tree.trace = "t" + std::to_string(i);
            tree.facts = " trigger=cron:nightly";
            tree.shift(0, i * 60'000);
            tree.start += i * 60'000;
            trees.push_back(std::move(tree));
        }
        QVERIFY(rulesIn(trees).empty());
        trees[3].shift(0, -59'990);
        trees[3].start -= 59'990;
        QCOMPARE(rulesIn(trees), (std::set<std::string>{"run.overlap"}));
    }

    void verifiersAreHeldToTheirVerdicts()
    {
        for (int seed = 0; seed < 30; ++seed) {
            const auto corpus = [&](const char* temperature, const char* second) {
                std::vector<PlannedTree> trees;
                for (int i = 0; i < 2; ++i) {
                    TreeGenerator generator(static_cast<std::uint64_t>(2 * seed + i));
                    PlannedTree tree = generator.tree(TreeForm::Both);
                    tree.trace = "t" + std::to_string(i);
                    verify(tree, temperature, i == 0 ? "PASS" : second);
                    trees.push_back(std::move(tree));
                }
                return rulesIn(trees);
            };
            QCOMPARE(corpus("0", "PASS"), std::set<std::string>());
            QCOMPARE(corpus("0", "FAIL"), (std::set<std::string>{"verifier.flip"}));
            QCOMPARE(corpus("0.7", "PASS"), (std::set<std::string>{"sampling.inherited"}));
        }
    }

    void revisionsThatDoNoGoodAreFound()
    {
        for (const bool broken : {false, true}) {
            for (int seed = 0; seed < 30; ++seed) {
                TreeGenerator generator(static_cast<std::uint64_t>(seed));
                PlannedTree tree = generator.tree(TreeForm::Both);
                QVERIFY(reviseWithoutChange(tree, broken));
                const auto rules = rulesIn({tree});
                QVERIFY2(rules.contains(broken ? "critique.regressed" : "critique.no_change"), textOf(rules).c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestToolMutations)
#include "tst_toolmutations.moc"
