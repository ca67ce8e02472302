// layers: items store pipeline
#include "calltreesubject.h"

#include "callcounts.h"
#include "callscript.h"
#include "callwords.h"
#include "detector.h"
#include "findingsearch.h"
#include "session.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace arcscope;
using namespace arcscope::testing;

class TestCallTreeSubject : public QObject
{
    Q_OBJECT

private slots:
    void everyNodeHasALane()
    {
        const auto subject = sampleCalls();
        const auto& rows = subject->lanes.rows;
        QCOMPARE(rows.size(), subject->tree.nodes.size());
        QVERIFY(!subject->lanes.ordinal);
        QCOMPARE(subject->lanes.bounds, (TimeRange{0, 600 * millisecond}));
        QVERIFY(rows[PlanNode].flags.has(LaneFlag::Owner));
        QCOMPARE(rows[PlanNode].own, (TimeRange{0, 100 * millisecond}));
        QCOMPARE(rows[PlanNode].joined, 300 * millisecond);
        QCOMPARE(rows[PlanNode].end, 8u);
        QCOMPARE(rows[SearchNode].run, (TimeRange{110 * millisecond, 200 * millisecond}));
        QCOMPARE(rows[SearchNode].asked, 100 * millisecond);
        QCOMPARE(rows[SearchNode].given, 300 * millisecond);
        QVERIFY(!rows[SearchNode].flags.problem());
        QVERIFY(rows[FailedNode].flags.has(LaneFlag::Failed) && !rows[FailedNode].flags.has(LaneFlag::Untold));
        QCOMPARE(rows[RetryNode].attemptEnd, 150 * millisecond);
        QVERIFY(rows[LateNode].flags.has(LaneFlag::Late));
        QVERIFY(rows[LostNode].flags.has(LaneFlag::Unpaired) && !rows[LostNode].run.recorded());
    }

    void aFailureThatIsNotHandedOnIsUntold()
    {
        const auto subject = sampleCalls();
        CallTreeSubject again;
        again.corpus = subject->corpus;
        again.tree = subject->tree;
        again.tree.calls[1].receipts[0].failed = false;
        complete(again);
        QVERIFY(again.lanes.rows[FailedNode].flags.has(LaneFlag::Untold));
        CallTreeSubject inferred;
        inferred.corpus = subject->corpus;
        inferred.tree = again.tree;
        inferred.tree.calls[1].receipts[0].inferred = true;
        complete(inferred);
        QVERIFY(!inferred.lanes.rows[FailedNode].flags.has(LaneFlag::Untold));
    }

    void workForNobodyIsSummed()
    {
        const auto subject = sampleCalls();
        CallTreeSubject again;
        again.corpus = subject->corpus;
        again.tree = subject->tree;
        again.tree.calls[2].outcome = CallOutcome::Failed;
        again.tree.calls[3].receipts.clear();
        complete(again);
        QVERIFY(again.lanes.rows[LateNode].flags.has(LaneFlag::Wasted));
        QCOMPARE(again.lanes.rows[LateNode].wasted, (TimeRange{150 * millisecond, 400 * millisecond}));
        QCOMPARE(again.wastedTime, 250 * millisecond);
        QCOMPARE(again.wastedCost, std::int64_t(-1));
    }

    /// Its span lasts as long as somebody thought about whether it may run.
    void whatHasNotRunIsOnNoCriticalPath()
    {
        const auto subject = sampleCalls();
        const auto inCalls = [&](bool ran) {
            CallTreeSubject again;
            again.corpus = subject->corpus;
            again.tree = subject->tree;
            again.tree.criticalTime = 600 * millisecond;
            again.tree.calls[2].ran = ran;
            complete(again);
            if ((again.lanes.rows[RetryNode].criticals == 0) == ran)
                return Nanos(-2);
            return again.criticalInCalls;
        };
        QCOMPARE(inCalls(true), 120 * millisecond); // with the first attempt
        QCOMPARE(inCalls(false), 40 * millisecond);
    }

    void whatRanOnIsHatchedFromThenOn()
    {
        const auto subject = sampleCalls();
        CallTreeSubject again;
        again.corpus = subject->corpus;
        again.tree = subject->tree;
        again.tree.calls[0].cancelledAt = 150 * millisecond;
        complete(again);
        QVERIFY(again.lanes.rows[SearchNode].flags.has(LaneFlag::Cancelled));
        QCOMPARE(again.lanes.rows[SearchNode].calledOff, 150 * millisecond);
        QVERIFY(again.lanes.rows[SearchNode].flags.problem() && troubledCalls(again.tree)[0]);
        QCOMPARE(callState(again, SearchNode), QStringLiteral("ok, ran on"));
    }

    void whatACallStartedIsTimeInTheCall()
    {
        CallTreeSubject nested;
        nested.corpus = std::make_shared<Corpus>(
            corpusOf("t root - agent 0-100\nt call root tool 10-90\nt inner call agent 20-80\n"));
        TreeCall call;
        call.span = 1;
        call.start = 10 * millisecond;
        call.end = 90 * millisecond;
        call.scope = 0;
        nested.tree.calls.push_back(call);
        nested.tree.scopes.push_back({CallScope::Of::Span, 0, TreeCall::none, {0}, {}, noRow, noTime});
        nested.tree.nodes.push_back({.of = CallNode::Of::Owner, .index = 0, .row = 0});
        nested.tree.nodes.push_back({.of = CallNode::Of::Call, .index = 0, .parent = 0, .depth = 1, .row = 1});
        nested.tree.criticalTime = 100 * millisecond;
        complete(nested);
        QCOMPARE(nested.criticalInCalls, 80 * millisecond);
    }

    void theSameCallsAreTroubledInTheListOfTraces()
    {
        const auto subject = sampleCalls();
        const std::vector<bool> troubled = troubledCalls(subject->tree);
        for (std::uint32_t node = 0; node < subject->tree.nodes.size(); ++node) {
            if (subject->callOf(node))
                QCOMPARE(bool(troubled[subject->node(node).index]), subject->lanes.rows[node].flags.problem());
        }
        QCOMPARE(callCounts(subject->tree), (CallCounts{6, 4}));
        QCOMPARE(*callCountsOf(factOf(CallCounts{6, 4}, 7)), (CallCounts{6, 4}));
        QVERIFY(!callCountsOf({"calls", "6", {}}) && !callCountsOf({"outside", "6 4", {}}));
    }

    void withoutTimesItIsInOrder()
    {
        const auto subject = sampleCalls();
        CallTreeSubject untimed;
        untimed.corpus = std::make_shared<Corpus>(corpusOf("t plan - model -\nt search plan tool -\n"));
        TreeCall call;
        call.asker = 0;
        call.span = 1;
        call.scope = 0;
        untimed.tree.calls.push_back(call);
        untimed.tree.scopes.push_back({CallScope::Of::Message, 0, TreeCall::none, {0}, {}, noRow, noTime});
        untimed.tree.nodes.push_back({.of = CallNode::Of::Owner, .index = 0, .row = 0});
        untimed.tree.nodes.push_back({.of = CallNode::Of::Call, .index = 0, .parent = 0, .depth = 1, .row = 1});
        complete(untimed);
        QVERIFY(untimed.lanes.ordinal);
        QCOMPARE(untimed.lanes.bounds, (TimeRange{0, 2 * orderStep}));
    }

    void ofDamagedRecordsThereIsNoTreeButTheReason()
    {
        QTemporaryDir folder;
        const QString file =
            writeFile(folder.filePath(QStringLiteral("a.jsonl")),
                      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c",)"
                      R"("spanId":"b7ad6b7169203331","name":"refund","startTimeUnixNano":"1700000000000000000",)"
                      R"("endTimeUnixNano":"1700000001000000000","attributes":[{"key":"gen_ai.operation.name",)"
                      R"("value":{"stringValue":"execute_tool"}}]}]}]}]})");
        auto session = openSession({file.toStdString()}, findingColumns(), {}).value();
        const auto shown = std::make_shared<const Corpus>(session.corpus);
        const std::string path = session.workspace.path();
        QCOMPARE(openCallTree(path, shown, 0)->problem, std::string());
        QVERIFY(session.workspace.database().execute("update blocks set data = x'00'"));
        const std::string problem = openCallTree(path, shown, 0)->problem;
        QVERIFY2(problem.find("a block of the workspace is damaged") != std::string::npos, problem.c_str());
    }

    void nodesAreFoundBySpanAndHaveKeysOfTheirOwn()
    {
        const auto subject = sampleCalls();
        QCOMPARE(subject->nodeOf(subject->node(LateNode).row), LateNode + 0u);
        QCOMPARE(subject->nodeOf(noRow), TreeCall::none);
        QCOMPARE(subject->nodeOf(rowNamed(*subject->corpus, "answer")), TreeCall::none);
        QCOMPARE(subject->rowFor(LostNode), rowNamed(*subject->corpus, "plan"));
        std::set<std::string> keys;
        for (std::uint32_t node = 0; node < subject->tree.nodes.size(); ++node)
            keys.insert(subject->keyOf(node));
        QCOMPARE(keys.size(), subject->tree.nodes.size());
    }
};

QTEST_GUILESS_MAIN(TestCallTreeSubject)
#include "tst_calltreesubject.moc"
