// layers: core analysis
#include "calltree.h"

#include "calltreetext.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Two turns ask for a tool each; every turn repeats what was before it.
TraceScript threeTurns(const Message& first, const Message& next)
{
    TraceScript script("t a - model 0-10\n"
                       "t b - model 20-30\n"
                       "t c - model 40-50\n");
    const Message one = returned(first.parts.front().id, "one");
    script.content("a").output = {first};
    script.content("b").input = {first, one};
    script.content("b").output = {next};
    script.content("c").input = {first, one, next, returned(next.parts.front().id, "two")};
    return script;
}

/// As if every reader had put that where nothing tells.
void infer(Corpus& corpus, Fact fact)
{
    std::vector<std::int64_t> all = corpus.spans.values(SpanColumn::Provenance);
    for (std::int64_t& bits : all) {
        ProvenanceSet set(static_cast<std::uint32_t>(bits));
        set.set(fact, Provenance::Inferred);
        bits = set.bits();
    }
    corpus.spans.set(0, SpanColumn::Provenance, std::make_shared<Column>(encode(all)));
}

} // namespace

class TestCallTree : public QObject
{
    Q_OBJECT

private slots:
    void aMessageWithSeveralCallsIsOneScope()
    {
        TraceScript script("t run - agent 0-100\n"
                           "t a run model 0-10\n"
                           "t x run tool 11-20 tool=search\n"
                           "t y run tool 12-30 tool=fetch\n"
                           "t b run model 31-40\n");
        Message both = asked("search", "c1", "{\"q\":1}");
        both.parts.push_back(asked("fetch", "c2", "{\"u\":2}").parts.front());
        script.content("a").output = {both};
        script.content("x").toolArguments = "{\"q\": 1}";
        script.content("x").toolResult = "found";
        script.content("y").toolArguments = "{\"u\": 2}";
        script.content("y").toolResult = "Error: no such page";
        script.content("b").input = {both, returned("c1", "found"), returned("c2", "Error: no such page")};
        COMPARE_TREE(script, "a message joined by b\n"
                             "  search c1 @x: ok -> b\n"
                             "  fetch c2 @y: failed -> b!\n");
    }

    void aRepeatedHistoryIsTheSameCall()
    {
        TraceScript script = threeTurns(asked("search", "c1", "{}"), asked("search", "c2", "{}"));
        COMPARE_TREE(script, "a message joined by b\n"
                             "  search c1: ok -> b\n"
                             "b message joined by c\n"
                             "  search c2: ok repeats -> c\n");
    }

    /// Recordings of several runs in one file: who begins anew knows nothing of the call before.
    void anotherConversationRepeatsNothing()
    {
        const auto text = [](const std::string& second) {
            TraceScript script("t a - model 0-10\nt b - model 20-30\nt c - model 40-50\nt d - model 60-70\n");
            const Message user = said(Role::User, "What is new?");
            const Message one = asked("search", "c1", "{\"q\":1}");
            const Message two = asked("search", "c2", "{\"q\":1}");
            script.content("a").input = {user};
            script.content("a").output = {one};
            script.content("b").input = {user, one, returned("c1", "news")};
            script.content("b").output = {said(Role::Assistant, "News.")};
            script.content("c").input = {said(Role::User, second)};
            if (second.empty())
                script.content("c").input = {user, one, returned("c1", "news"), said(Role::Assistant, "News.")};
            script.content("c").output = {two};
            script.content("d").input = script.content("c").input;
            script.content("d").input.push_back(two);
            script.content("d").input.push_back(returned("c2", "news"));
            ScriptedTrace trace(script, 0);
            const CallTree tree = callTree(trace);
            return tree.calls.size() == 2 && tree.calls[1].repeats == 0;
        };
        QVERIFY(text({}));
        QVERIFY(!text("What is new?"));
        QVERIFY(!text("What else is new?"));
    }

    /// Where the start of a call is only that it was asked for, how long it waited is not known.
    void anInferredStartIsNoWait()
    {
        TraceScript script("t a - model 0-10\nt x - tool 10-12 tool=add\nt y - tool 15-18 tool=add\n");
        Message both = asked("add", "c1", "{\"n\":1}");
        both.parts.push_back(asked("add", "c2", "{\"n\":2}").parts.front());
        script.content("a").output = {both};
        script.content("x").toolArguments = "{\"n\":1}";
        script.content("y").toolArguments = "{\"n\":2}";
        const auto waits = [&] {
            ScriptedTrace trace(script, 0);
            std::vector<Nanos> all;
            for (const CallNode& node : callTree(trace).nodes) {
                if (node.of == CallNode::Of::Call)
                    all.push_back(node.wait);
            }
            return all;
        };
        QCOMPARE(waits(), (std::vector<Nanos>{0, 5 * millisecond}));
        infer(script.corpus, Fact::Start);
        QCOMPARE(waits(), (std::vector<Nanos>{-1, 5 * millisecond}));
    }

    /// A user refuses it: the time of its span is that of the question.
    void whatIsRefusedHasNotRun()
    {
        TraceScript script("t a - model 0-10\nt x - tool 10-12 tool=add status=cancelled\n"
                           "t y - tool 10-12 tool=add status=cancelled\n");
        Message both = asked("add", "c1", "{\"n\":1}");
        both.parts.push_back(asked("add", "c2", "{\"n\":2}").parts.front());
        script.content("a").output = {both};
        script.content("x").toolArguments = "{\"n\":1}";
        script.content("y").toolArguments = "{\"n\":2}";
        auto flags = script.corpus.spans.values(SpanColumn::Flags);
        flags[rowNamed(script.corpus, "y")] |= bit(SpanFlag::NotExecuted);
        script.corpus.spans.set(0, SpanColumn::Flags, std::make_shared<Column>(encode(flags)));
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.calls.size(), std::size_t(2));
        QVERIFY(tree.calls[0].ran && !tree.calls[1].ran);
        QCOMPARE(tree.nodes[1].run, 2 * millisecond);
        QCOMPARE(tree.nodes[2].run, Nanos(-1));
        QVERIFY(!tree.nodes[2].critical);
    }

    /// No word of MCP is needed: an event of its span tells.
    void whatIsCalledOffAndRunsOnIsShownSo()
    {
        const auto tree = [](const char* event, Nanos time) {
            TraceScript script("t a - model 0-10\nt x - tool 11-90 tool=add\n");
            script.content("a").output = {asked("add", "c1", "{}")};
            script.content("x").toolResult = "2";
            script.content("x").events = {{event, time, {}}};
            ScriptedTrace trace(script, 0);
            return callTree(trace);
        };
        const CallTree ran = tree("cancel_requested", 40 * millisecond);
        QCOMPARE(ran.calls[0].cancelledAt, 40 * millisecond);
        QVERIFY(ranOn(ran.calls[0]));
        QCOMPARE(ran.calls[0].outcome, CallOutcome::Ok); // it did give a result
        QVERIFY(!ranOn(tree("cancel_requested", 90 * millisecond).calls[0]));
        QCOMPARE(tree("retried", 40 * millisecond).calls[0].cancelledAt, noTime);
    }

    /// Sources that write results down as spans of tools.
    void aSpanWhoseIdNobodyAskedForHasNoCall()
    {
        const auto pairings = [](const char* id, const char* askedId) {
            TraceScript script("t a - model 0-10\nt x - tool 11-12 tool=add\nt y - tool 13-14 tool=add\n"
                               "t b - model 20-30\n");
            script.content("a").output = {asked("add", askedId, "{\"n\":1}")};
            for (const auto& [span, of] : {std::pair("x", askedId), std::pair("y", id)}) {
                script.content(span).attributes = {{"gen_ai.tool.call.id", of}};
                script.content(span).toolResult = "2";
            }
            ScriptedTrace trace(script, 0);
            std::vector<CallPairing> all;
            for (const TreeCall& call : callTree(trace).calls)
                all.push_back(call.pairing);
            return all;
        };
        QCOMPARE(pairings("c9", "c1"), (std::vector{CallPairing::Paired, CallPairing::NoCall}));
        QCOMPARE(pairings("", "c1"), (std::vector{CallPairing::Paired, CallPairing::Paired}));
        QCOMPARE(pairings("c9", ""), (std::vector{CallPairing::Paired, CallPairing::Paired}));
    }

    void withoutIdsNamesAndOrderPair()
    {
        TraceScript script("t a - model 0-10\n"
                           "t x - tool 11-12 tool=add\n"
                           "t y - tool 13-14 tool=add\n"
                           "t b - model 20-30\n");
        Message both = asked("add", "", "{\"n\":1}");
        both.parts.push_back(asked("add", "", "{\"n\":2}").parts.front());
        Message results = returned("", "two");
        results.parts.push_back(returned("", "three").parts.front());
        for (Part& part : results.parts)
            part.name = "add";
        script.content("a").output = {both};
        script.content("x").toolArguments = "{\"n\":2}";
        script.content("x").toolResult = "three";
        script.content("y").toolArguments = "{\"n\":1}";
        script.content("y").toolResult = "two";
        script.content("b").input = {both, results};
        COMPARE_TREE(script, "a message joined by b\n"
                             "  add @y: ok -> b\n"
                             "  add @x: ok -> b\n");
    }

    void whatDoesNotPairIsShownAsSuch()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n");
        Message both = asked("search", "c1", "{}");
        both.parts.push_back(asked("fetch", "c2", "{}").parts.front());
        script.content("a").output = {both};
        script.content("b").input = {both, returned("c1", "one"), returned("c1", "another"), returned("c9", "what?")};
        COMPARE_TREE(script, "a message joined by b\n"
                             "  search c1: ok -> b\n"
                             "  search c1: ok [second result] -> b\n"
                             "  fetch c2: not seen to run [no result]\n"
                             "- message joined by b\n"
                             "   c9: ok [no call] -> b\n");
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.unpaired().size(), std::size_t(3));
        QCOMPARE(tree.calls[tree.unpaired().front()].id, std::string("c2"));
    }

    void aSubAgentLiesInsideItsCall()
    {
        TraceScript script("t run - agent 0-100\n"
                           "t a run model 0-10 in=5 out=1\n"
                           "t task run tool 10-50 tool=Task\n"
                           "t sub task agent 10-50 agent=explorer\n"
                           "t s1 sub model 11-20 in=7 out=2\n"
                           "t grep sub tool 20-25 tool=Grep\n"
                           "t s2 sub model 26-40 in=9 out=3\n"
                           "t b run model 50-60 in=11 out=4\n");
        script.content("a").output = {asked("Task", "task", "{\"p\":1}")};
        script.content("s1").output = {asked("Grep", "grep", "{\"p\":2}")};
        script.content("grep").toolResult = "3 lines";
        script.content("task").toolResult = "it is there";
        COMPARE_TREE(script, "a message joined by b\n"
                             "  Task task @task: ok ~> b\n"
                             "    s1 message joined by s2\n"
                             "      Grep grep @grep: ok ~> s2\n");
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.nodes[0].selfTokens, std::int64_t(6));
        QCOMPARE(tree.nodes[0].totalTokens, std::int64_t(6 + 9 + 12));
        QCOMPARE(tree.nodes[1].selfTokens, std::int64_t(-1));
        QCOMPARE(tree.nodes[1].totalTokens, std::int64_t(9 + 12));
        QCOMPARE(tree.nodes[1].wait, Nanos(0));
        QCOMPARE(tree.nodes[1].run, 40 * millisecond);
        QVERIFY(tree.nodes[1].critical);
        QVERIFY(tree.timed);
        QCOMPARE(tree.criticalTime, 100 * millisecond);
    }

    void agentsThatAWorkflowStartsAreLanes()
    {
        TraceScript script("t flow - workflow 0-100\n"
                           "t one flow agent 0-40 agent=reader\n"
                           "t m1 one model 1-5\n"
                           "t x one tool 6-9 tool=read\n"
                           "t two flow agent 2-60 agent=writer status=error\n");
        script.content("m1").output = {asked("read", "c1", "{}")};
        script.content("x").toolResult = "text";
        COMPARE_TREE(script, "flow agents\n"
                             "  reader @one: not recorded\n"
                             "    m1 message\n"
                             "      read c1 @x: ok\n"
                             "  writer @two: failed\n");
    }

    void spansOfWhichNoMessageTellsBelongToTheSpanAbove()
    {
        TraceScript script("t run - agent 0-100\n"
                           "t a run model 0-10\n"
                           "t x run tool 11-20 tool=search\n"
                           "t y run tool 12-30 tool=fetch\n"
                           "t b run model 31-40\n"
                           "t z run tool 41-50 tool=fetch\n");
        COMPARE_TREE(script, "run span joined by b\n"
                             "  search @x: not recorded ~> b\n"
                             "  fetch @y: not recorded ~> b\n"
                             "run span\n"
                             "  fetch @z: not recorded\n");
    }

    void anotherTryAfterAFailureIsARetry()
    {
        TraceScript script("t a - model 0-10\n"
                           "t x - tool 11-12 tool=get status=error\n"
                           "t b - model 13-14\n"
                           "t y - tool 15-16 tool=get status=error\n"
                           "t c - model 17-18\n"
                           "t z - tool 19-20 tool=get\n");
        script.content("a").output = {asked("get", "c1", "{\"a\":1,\"b\":2}")};
        script.content("b").output = {asked("get", "c2", "{\"b\":2,\"a\":1}")};
        script.content("c").output = {asked("get", "c3", "{\"a\":1.0,\"b\":2}")};
        for (const char* span : {"x", "y", "z"})
            script.content(span).toolResult = std::string(span) == "z" ? "7" : "no";
        script.content("x").toolArguments = "{\"a\":1,\"b\":2}";
        COMPARE_TREE(script, "a message joined by b\n"
                             "  get c1 @x: failed ~> b!\n"
                             "b message joined by c\n"
                             "  get c2 @y: failed attempt 2 ~> c!\n"
                             "c message\n"
                             "  get c3 @z: ok attempt 3\n");
    }

    void whatEndsBehindTheJoinIsLate()
    {
        TraceScript script("t a - model 0-10\n"
                           "t x - tool 11-12 tool=fast\n"
                           "t y - tool 11-40 tool=slow\n"
                           "t b - model 13-20\n");
        Message both = asked("fast", "c1", "{}");
        both.parts.push_back(asked("slow", "c2", "{}").parts.front());
        script.content("a").output = {both};
        script.content("b").input = {both, returned("c1", "1")};
        script.content("y").toolResult = "2";
        COMPARE_TREE(script, "a message joined by b\n"
                             "  fast c1 @x: ok -> b\n"
                             "  slow c2 @y: ok late\n");
    }

    void anIdThatIsUsedAgainIsAnotherCall()
    {
        TraceScript script = threeTurns(asked("search", "call_0", "{\"q\":1}"), asked("search", "call_0", "{\"q\":2}"));
        COMPARE_TREE(script, "a message joined by b\n"
                             "  search call_0: ok -> b\n"
                             "b message joined by c\n"
                             "  search call_0: ok -> c\n");
    }

    void oneResponseRecordedTwiceIsAskedOnce()
    {
        TraceScript script("t run - model 0-20\n"
                           "t a run model 1-10\n"
                           "t x - tool 21-30 tool=search\n");
        script.content("run").output = {asked("search", "c1", "{}")};
        script.content("a").output = {asked("search", "c1", "{}")};
        script.content("x").toolResult = "found";
        COMPARE_TREE(script, "a message\n"
                             "  search c1 @x: ok\n");
    }

    void theNameOfASpanMayEndWithTheTool()
    {
        TraceScript script("t a - model 0-10\n"
                           "t tool:search - tool 11-20\n"
                           "t tool:fetch - tool 11-20\n");
        script.content("a").output = {asked("search", "c1", "{}")};
        COMPARE_TREE(script, "a message\n"
                             "  search c1 @tool:search: not recorded\n"
                             "- span\n"
                             "  tool:fetch @tool:fetch: not recorded\n");
    }

    void toolsOfOneBatchAreOneScope()
    {
        TraceScript script("t run - agent 0-100\n"
                           "t x run tool 11-20 tool=search\n"
                           "t m run model 21-22\n"
                           "t y run tool 23-30 tool=fetch\n");
        for (const char* span : {"x", "y"})
            script.content(span).attributes = {{"tool.batch_id", "b1", AttributeType::Text}};
        COMPARE_TREE(script, "run batch joined by m\n"
                             "  search @x: not recorded ~> m\n"
                             "  fetch @y: not recorded late\n");
    }

    void theDefinitionOfAToolIsNoResult()
    {
        TraceScript script("t a - model 0-10\n");
        script.content("a").input = {
            said(Role::Tool, "{\"type\":\"function\",\"function\":{\"name\":\"search\",\"parameters\":{}}}")};
        script.content("a").output = {asked("search", "c1", "{}")};
        COMPARE_TREE(script, "a message\n"
                             "  search c1: not seen to run [no result]\n");
    }

    void whyACallIsNotPaired()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30 status=error\n"
                           "t c - model 40-50\n");
        script.content("a").output = {asked("one", "c1", "{}")};
        script.content("b").output = {asked("two", "c2", "{}")};
        script.content("c").output = {asked("three", "c3", "{}")};
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.unpaired().size(), std::size_t(3));
        QCOMPARE(std::string(reasonOf(tree.calls[0])), std::string("no later model call was given a result"));
        QCOMPARE(std::string(reasonOf(tree.calls[1])), std::string("the answer that asks for it was cut off"));
        QCOMPARE(std::string(reasonOf(tree.calls[2])),
                 std::string("the record ends here: no model call came after it"));
    }

    void aResponseIsCountedOnce()
    {
        TraceScript script("t a - model 0-10 in=10 out=2 cost=100 response=r\n"
                           "t x - tool 11-50 tool=ask\n"
                           "t n x model 12-20 in=5 out=5 cost=40\n"
                           "t o n model 13-19 in=5 out=5 cost=40\n");
        script.content("a").output = {asked("ask", "c1", "{}")};
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.nodes[0].totalTokens, std::int64_t(22));
        QCOMPARE(tree.nodes[0].totalCost, std::int64_t(140));
        QCOMPARE(tree.nodes[1].totalTokens, std::int64_t(10));
        QCOMPARE(tree.nodes[1].totalCost, std::int64_t(40));
        QCOMPARE(std::string(script.corpus.strings[tree.nodes[0].currency]), std::string("USD"));
    }
};

QTEST_APPLESS_MAIN(TestCallTree)
#include "tst_calltree.moc"
