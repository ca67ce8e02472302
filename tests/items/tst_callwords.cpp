// layers: items
#include "callwords.h"

#include "callscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestCallWords : public QObject
{
    Q_OBJECT

private slots:
    void momentsAreExactAndShort()
    {
        const auto subject = sampleCalls();
        const auto moment = [&](Nanos time) { return callMoment(*subject, time); };
        QCOMPARE(moment(0), QStringLiteral("0"));
        QCOMPARE(moment(110 * millisecond), QStringLiteral("+0.11 s"));
        QCOMPARE(moment(90 * second), QStringLiteral("+1 min 30 s"));
        QCOMPARE(moment(120 * second), QStringLiteral("+2 min"));
        QCOMPARE(moment(15'454'866 * millisecond), QStringLiteral("+4 h 17 min 34.866 s"));
        QCOMPARE(moment(-1'500 * millisecond), QStringLiteral("-1.5 s"));
    }

    void anOwnerIsNamedByWhatItStarted()
    {
        const auto subject = sampleCalls();
        QCOMPARE(callName(*subject, PlanNode),
                 QStringLiteral("\u2192 search \u00d7 3, read, write, at once  \u00b7  plan"));
        QCOMPARE(callName(*subject, InnerNode), QStringLiteral("\u2192 fetch  \u00b7  inner"));
        QCOMPARE(callState(*subject, PlanNode), QStringLiteral("4 problems"));
        QCOMPARE(callState(*subject, InnerNode), QString());
    }

    void problemsAreSentences()
    {
        const auto subject = sampleCalls();
        QVERIFY(callProblems(*subject, SearchNode).isEmpty());
        QCOMPARE(callProblems(*subject, LateNode),
                 QStringList{QStringLiteral("It ended 100 ms after the results of its scope were joined.")});
        QVERIFY(callProblems(*subject, LostNode).first().startsWith(QStringLiteral("No result is recorded for it. (")));
        subject->tree.calls[subject->node(LostNode).index].outcome = CallOutcome::NotRun;
        const QStringList lost = callProblems(*subject, LostNode);
        QCOMPARE(lost.size(), 1);
        QVERIFY(lost.first().startsWith(
            QStringLiteral("It was asked for: neither that it ran nor a result is recorded. (")));
        QCOMPARE(callProblems(*subject, RetryNode), QStringList{QStringLiteral("Attempt 2: the one before failed.")});
    }

    void detailsNameAskerAndConsumer()
    {
        const auto subject = sampleCalls();
        const QString details = callDetails(*subject, FailedNode);
        for (const char* const part : {"id call_failed", "asked for by plan at +0.1 s", "ran from +0.11 s to +0.15 s",
                                       "given to answer at +0.3 s, told that it failed"})
            QVERIFY2(details.contains(QLatin1String(part)), qPrintable(details));
        const QString lost = callDetails(*subject, LostNode); // what never came was given to nobody
        QVERIFY(!lost.contains(QStringLiteral("given to")));
        subject->tree.calls[1].askedAt = subject->tree.calls[1].receipts[0].time = noTime;
        const QString untimed = callDetails(*subject, FailedNode);
        QVERIFY2(untimed.contains(QStringLiteral("asked for by plan\n")) &&
                     untimed.contains(QStringLiteral("given to answer, told that it failed")),
                 qPrintable(untimed));
    }

    void theSummaryCountsTheTrace()
    {
        const auto subject = sampleCalls();
        const QString summary = treeSummary(*subject);
        for (const char* const part :
             {"6 calls", "critical path 590 ms of 600 ms", "1 failed", "1 unpaired", "1 late", "1 retry"})
            QVERIFY2(summary.contains(QLatin1String(part)), qPrintable(summary));
        QVERIFY2(!summary.contains(QStringLiteral("wasted")), qPrintable(summary));
    }

    void jsonHasOnlyWhatIsRecorded()
    {
        const auto subject = sampleCalls();
        const QJsonObject lost = callJson(*subject, LostNode);
        QCOMPARE(lost.value(QStringLiteral("pairing")).toString(), QStringLiteral("no result"));
        QVERIFY(!lost.contains(QStringLiteral("start")) && !lost.contains(QStringLiteral("run_ns")));
        QVERIFY(lost.contains(QStringLiteral("asked")));
        const QJsonObject search = callJson(*subject, SearchNode);
        QCOMPARE(search.value(QStringLiteral("run_ns")).toInt(), 90'000'000);
        QVERIFY(!search.contains(QStringLiteral("problems")));
    }

    void untrustedNamesStayWhatTheyAre()
    {
        const auto subject = sampleCalls();
        subject->tree.calls[0].tool = "a%2b%1";
        QVERIFY(callName(*subject, PlanNode).contains(QStringLiteral("a%2b%1")));
        QVERIFY(callSummary(*subject, SearchNode).contains(QStringLiteral("a%2b%1")));
    }
};

QTEST_GUILESS_MAIN(TestCallWords)
#include "tst_callwords.moc"
