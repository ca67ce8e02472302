// layers: core analysis
// Every kind of difference between two runs, and what the runs come to.
#include "runcomparison.h"

#include "replayscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const std::string question = "System: You help customers.\nUser: Where is my order 4471?\n";

ReplayComparison of(const std::string& base, const std::string& candidate)
{
    return compared(stepsOfRun(question + base), stepsOfRun(question + candidate));
}

std::string lastOf(const ReplayComparison& comparison)
{
    const std::string all = differencesOf(comparison);
    const std::size_t end = all.rfind('\n', all.size() - 2);
    return all.substr(end + 1, all.size() - end - 2);
}

} // namespace

class TestRunComparison : public QObject
{
    Q_OBJECT

private slots:
    void stepsOfARun()
    {
        const RunSteps run = stepsOfRun(question + "Call: get_order {\"id\": 4471}\nResult: {\"state\": \"shipped\"}\n"
                                                   "Assistant: It was shipped on Monday.\n");
        QCOMPARE(int(run.steps.size()), 4);
        QCOMPARE(run.steps[2].kind, ReplayStepKind::ToolCall);
        QCOMPARE(run.steps[2].tool, std::string("get_order"));
        QCOMPARE(run.steps[2].result, std::string("{\"state\": \"shipped\"}"));
        QCOMPARE(run.steps[2].effect, ToolEffect::Reads);
        QVERIFY(run.steps[3].toUser);
        QVERIFY(run.steps[2].resultKey != 0);
        QCOMPARE(int(run.calls.size()), 2);
    }

    void recordedInputsGiveTheSameSteps()
    {
        const std::string lines = question + "Call: get_order {\"id\": 4471}\nResult: shipped\nAssistant: It was "
                                             "shipped.\nUser: Thanks.\nAssistant: You are welcome.\n";
        QCOMPARE(differencesOf(compared(stepsOfRun(lines), stepsOfRun(lines, true))),
                 std::string("system identical\nuser identical\ntool call identical\nanswer identical\nuser "
                             "identical\nanswer identical\n"));
    }

    void answers_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("candidate");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* base, const char* candidate, const char* expected) {
            QTest::newRow(name) << base << candidate << expected;
        };
        row("identical", "Assistant: It was shipped on Monday.", "Assistant: It was shipped on Monday.",
            "answer identical");
        row("markdown", "Assistant: It was **shipped** on Monday.", "Assistant: It was shipped  on Monday.",
            "answer format-only wording");
        row("json order", "Assistant: {\"state\": \"shipped\", \"day\": 1}",
            "Assistant: {\"day\":1.0,\"state\":\"shipped\"}", "answer format-only wording");
        row("json value", "Assistant: {\"state\": \"shipped\", \"day\": 1}",
            "Assistant: {\"state\":\"shipped\",\"day\":2}", "answer content value effect");
        row("json member", "Assistant: {\"state\": \"shipped\", \"day\": 1}", "Assistant: {\"state\":\"shipped\"}",
            "answer content dropped path");
        row("reworded", "Assistant: Your order was shipped on Monday by the warehouse.",
            "Assistant: On Monday the warehouse shipped your order.", "answer reworded wording");
        row("number", "Assistant: The refund for the broken lamp is $40.",
            "Assistant: The refund for the broken lamp is $55.", "answer content value effect");
        row("polarity", "Assistant: Automatic backups are enabled for the database.",
            "Assistant: Automatic backups are disabled for the database.", "answer content polarity effect");
        row("label", "Assistant: Yes", "Assistant: No", "answer content value effect");
        row("statement added", "Assistant: Your order was shipped on Monday.",
            "Assistant: Your order was shipped on Monday. The courier lost two other parcels near Hamburg harbour.",
            "answer content added path");
        row("courtesy", "Assistant: Your order was shipped on Monday.",
            "Assistant: Your order was shipped on Monday. Please let me know if you need anything else.",
            "answer reworded wording");
        row("refused", "Assistant: Your order was shipped on Monday.", "Refusal: I cannot help with that request.",
            "answer declined effect");
        row("cut off", "Assistant: Your order was shipped on Monday.", "Cut: Your order was shipped on",
            "answer stop-bucket effect");
        row("another tool", "Call: get_order {\"id\": 4471}", "Call: find_parcel {\"id\": 4471}",
            "tool call tool-call name path");
        row("a write in place of a read", "Call: get_order {\"id\": 4471}", "Call: cancel_order {\"id\": 4471}",
            "tool call tool-call effect effect");
        row("other argument of a read", "Call: get_order {\"id\": 4471}", "Call: get_order {\"id\": 4417}",
            "tool call tool-call argument path");
        row("other argument of a write", "Call: cancel_order {\"id\": 4471}", "Call: cancel_order {\"id\": 4417}",
            "tool call tool-call argument effect");
        row("arguments written another way", "Call: get_order {\"id\": 4471, \"full\": true}",
            "Call: get_order {\"full\":true,\"id\":4471}", "tool call format-only wording");
        row("another thought", "Call: think {\"thought\": \"The customer wants to know where the order is now.\"}",
            "Call: think {\"thought\": \"The customer would like to know where the order is.\"}",
            "tool call reworded wording");
        row("failed", "Call: cancel_order {\"id\": 1}\nResult: done", "Call: cancel_order {\"id\": 1}\nFailed: timeout",
            "tool call tool-call effect effect");
        row("call added", "", "Call: get_order {\"id\": 1}", "tool call tool-call added path");
        row("write dropped", "Call: cancel_order {\"id\": 1}", "", "tool call tool-call dropped effect");
    }
    void answers()
    {
        QFETCH(QString, base);
        QFETCH(QString, candidate);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(lastOf(of(base.toStdString(), candidate.toStdString()))), expected);
    }

    void slotsNameTheBytes()
    {
        const std::string base = "The refund for the broken lamp is $40.";
        const std::string candidate = "The refund for the broken lamp is $55.";
        const ReplayComparison comparison = of("Assistant: " + base, "Assistant: " + candidate);
        const ReplayStep& step = comparison.steps.back();
        QCOMPARE(int(step.marks.size()), 1);
        const ReplaySlot& slot = step.marks.front();
        QCOMPARE(base.substr(std::size_t(slot.base.from), std::size_t(slot.base.to - slot.base.from)),
                 std::string("$40"));
        QCOMPARE(
            candidate.substr(std::size_t(slot.candidate.from), std::size_t(slot.candidate.to - slot.candidate.from)),
            std::string("$55"));
        QCOMPARE(slot.detail, ReplayDetail::Value);
    }

    void slotsOfArgumentsArePointers()
    {
        const ReplayComparison comparison = of("Call: search {\"from\": \"JFK\", \"legs\": [{\"day\": 3}]}",
                                               "Call: search {\"from\": \"JFK\", \"legs\": [{\"day\": 4}]}");
        const ReplaySlot& slot = comparison.steps.back().marks.at(0);
        QCOMPARE(slot.rule, std::string("/legs/0/day"));
        QCOMPARE(slot.candidate.to - slot.candidate.from, 1);
    }

    void callsInAnotherOrder()
    {
        const std::string a = "Call: get_order {\"id\": 1}\nResult: one\n";
        const std::string b = "Call: get_customer {\"name\": \"Ann\"}\nResult: Ann\n";
        const std::string c = "Call: list_parcels {\"depot\": \"north\"}\nResult: none\n";
        const ReplayComparison comparison = of(a + b + c, c + a + b);
        QCOMPARE(
            differencesOf(comparison),
            std::string("system identical\nuser identical\ntool call tool-call order path\ntool call identical\ntool "
                        "call identical\ntool call tool-call order path\n"));
        QVERIFY(comparison.verdict.sameWrites);
        QCOMPARE(comparison.verdict.changed, 2U);
    }

    void effectsComeBeforePathAndWording()
    {
        const ReplayComparison comparison = of("Assistant: I will look it up for you now.\nCall: get_order {\"id\": "
                                               "1}\nCall: cancel_order {\"id\": 1}\nResult: ok\n",
                                               "Assistant: Let me look that up for you.\nCall: get_order {\"id\": "
                                               "2}\nCall: cancel_order {\"id\": 2}\nResult: ok\n");
        QCOMPARE(comparison.verdict.weight, ReplayClass::Effect);
        QCOMPARE(comparison.verdict.difference, ReplayDifference::ToolCall);
        QCOMPARE(comparison.verdict.detail, ReplayDetail::Argument);
        QVERIFY(!comparison.verdict.sameWrites);
    }

    void firstDivergenceAndRecovery()
    {
        const std::string end = "Call: get_customer {\"id\": 9}\nResult: Ann\nAssistant: Ann, it was shipped.\n";
        const ReplayComparison comparison =
            of("Call: get_order {\"id\": 1}\nResult: a\n" + end, "Call: get_order {\"id\": 2}\nResult: b\n" + end);
        QCOMPARE(comparison.verdict.firstDivergence, 2U);
        QCOMPARE(comparison.verdict.recovery, 3U);
        QCOMPARE(comparison.verdict.changed, 1U);
        const ReplayComparison same = of(end, end);
        QCOMPARE(same.verdict.firstDivergence, ReplaySide::none);
        QCOMPARE(same.verdict.recovery, ReplaySide::none);
        QCOMPARE(same.verdict.weight, ReplayClass::Same);
        QCOMPARE(same.verdict.distance, 0.0);
    }

    void outcomesCountAsEffects()
    {
        const RunSteps run = stepsOfRun(question + "Assistant: Done.");
        ReplayRun failed;
        failed.outcome = ArcOutcome::Failed;
        ReplayRun done;
        done.outcome = ArcOutcome::Succeeded;
        const ReplayVerdict verdict = RunComparer().compare(run, run, failed, done).verdict;
        QCOMPARE(verdict.weight, ReplayClass::Effect);
        QCOMPARE(verdict.difference, ReplayDifference::Identical);
        QCOMPARE(verdict.flip, ReplayChange::Gain);
        QCOMPARE(verdict.distance, 1.0 / 3); // the outcome, whether it declined, and the steps
    }

    /// Where nothing but answers is recorded, answers tell runs apart; their wording does not.
    void contentCountsAsDistance()
    {
        const RunSteps base = stepsOfRun(question + "Assistant: You get 30 dollars back.");
        const auto distanceOf = [&](const std::string& answer) {
            return RunComparer().compare(base, stepsOfRun(question + answer), {}, {}).verdict.distance;
        };
        QCOMPARE(distanceOf("Assistant: You get 30 dollars back."), 0.0);
        QCOMPARE(distanceOf("Assistant: You get $30 back."), 0.0);
        QCOMPARE(distanceOf("Assistant: You get 50 dollars back."), 0.5); // not that it declined
    }

    void emptyAndShortRuns()
    {
        const RunSteps nothing;
        const RunSteps one = stepsOfRun("Assistant: Hello there.");
        QVERIFY(compared(nothing, nothing).steps.empty());
        QCOMPARE(differencesOf(compared(nothing, one)), std::string("answer content added path\n"));
        QCOMPARE(differencesOf(compared(one, nothing)), std::string("answer content dropped path\n"));
        QCOMPARE(differencesOf(compared(one, one)), std::string("answer identical\n"));
    }
};

QTEST_APPLESS_MAIN(TestRunComparison)
#include "tst_runcomparison.moc"
