// layers: core analysis
// Which runs belong together: by task, request, file, a field, or a person's word; trials, and what stays alone.
#include "replaypairing.h"

#include <QTest>

using namespace arcscope;

/// With both texts where they differ.
#define COMPARE_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))

namespace
{

PairableRun runOf(const std::string& trace, const std::string& task, std::uint64_t input = 0,
                  const std::string& file = {}, std::uint32_t inFile = 0)
{
    PairableRun run;
    run.trace = trace;
    run.task = task;
    run.input = input;
    run.request = input == 0 ? "" : "request " + std::to_string(input);
    run.file = file;
    run.inFile = inFile;
    run.run.model = trace; // found again by it
    return run;
}

/// "key(by) base | candidate; …", runs by their traces, with the reason of a gap.
std::string textOf(const ReplayPairing& pairing)
{
    std::string out;
    for (const ReplayTask& task : pairing.tasks) {
        out += (out.empty() ? "" : "; ") + task.key + '(' + std::string(name(task.by)) + ')';
        for (std::size_t side = 0; side < task.runs.size(); ++side) {
            out += side == 0 ? "" : " |";
            for (const std::uint32_t run : task.runs[side])
                out += ' ' + pairing.runs[run].model;
        }
        if (task.gap != ReplayGap::None)
            out += " " + std::string(name(task.gap));
    }
    return out;
}

using Sides = std::vector<std::vector<PairableRun>>;

} // namespace

class TestReplayPairing : public QObject
{
    Q_OBJECT

private slots:
    void byTaskThenRequestThenFile()
    {
        const Sides sides{
            {runOf("a1", "t1", 5), runOf("a2", "t2", 7), runOf("a3", "", 0, "x.json", 0), runOf("a4", "t9", 8)},
            {runOf("b1", "t1", 6), runOf("b2", "", 7), runOf("b3", "", 0, "x.json", 0), runOf("b4", "t8", 9)}};
        COMPARE_TEXT(textOf(pairRuns(sides)),
                     std::string("t1(task) a1 | b1; request 7(input) a2 | b2; x.json #1(file) a3 | b3; "
                                 "t9(task) a4 | no_candidate; t8(task) | b4 no_base"));
    }

    void trialsAreCounted()
    {
        const Sides sides{{runOf("a1", "t"), runOf("a2", "t"), runOf("a3", "u")}, {runOf("b1", "t"), runOf("b2", "u")}};
        const ReplayPairing pairing = pairRuns(sides);
        COMPARE_TEXT(textOf(pairing), std::string("t(task) a1 a2 | b1; u(task) a3 | b2"));
        QVERIFY(pairing.reruns);
        QCOMPARE(pairing.runs[pairing.tasks[0].runs[0][1]].trial, 2U);
        QCOMPARE(pairing.runs[pairing.tasks[1].runs[1][0]].task, 1U);
        QCOMPARE(pairing.runs[pairing.tasks[1].runs[1][0]].side, 1U);
    }

    void oneSideHasOnlyReruns()
    {
        COMPARE_TEXT(textOf(pairRuns({{runOf("a1", "t"), runOf("a2", "t")}})), std::string("t(task) a1 a2"));
        QVERIFY(pairRuns({}).tasks.empty());
        QVERIFY(pairRuns({{}, {}}).tasks.empty());
    }

    void threeSides()
    {
        const Sides sides{{runOf("a1", "t")}, {runOf("b1", "u")}, {runOf("c1", "t"), runOf("c2", "u")}};
        COMPARE_TEXT(textOf(pairRuns(sides)), std::string("t(task) a1 | | c1; u(task) | b1 | c2 no_base"));
    }

    void oneRuleAlone()
    {
        const Sides sides{{runOf("a1", "t1", 5), runOf("a2", "")}, {runOf("b1", "t1", 6), runOf("b2", "t2", 5)}};
        COMPARE_TEXT(textOf(pairRuns(sides, {PairingRules::By::Input, {}})),
                     std::string("request 5(input) a1 | b2; a2(task) a2 | no_key; request 6(input) | b1 no_base"));
    }

    void byAField()
    {
        Sides sides{{runOf("a1", "t1"), runOf("a2", "t2")}, {runOf("b1", "t3")}};
        sides[0][0].value = sides[1][0].value = "order 7";
        COMPARE_TEXT(textOf(pairRuns(sides, {PairingRules::By::Expression, {}})),
                     std::string("order 7(expression) a1 | b1; t2(task) a2 | no_key"));
    }

    void peopleDecideFirst()
    {
        const Sides sides{{runOf("a1", "t1"), runOf("a2", "t2")}, {runOf("b1", "t1"), runOf("b2", "t2")}};
        PairingRules rules;
        rules.manual = {{"a1", 1, "b2"}, {"nobody", 1, "b1"}, {"a2", 5, "b1"}};
        COMPARE_TEXT(textOf(pairRuns(sides, rules)),
                     std::string("t1(manual) a1 | b2; t2(task) a2 | no_candidate; t1(task) | b1 no_base"));
    }

    /// What a person paired, and what only two of the sides record, is held against a further candidate, too.
    void aFurtherCandidateJoins()
    {
        const Sides sides{{runOf("a1", "t1", 5), runOf("a2", "t2", 7)},
                          {runOf("b1", "u1", 1), runOf("b2", "", 7), runOf("b3", "t1", 5)},
                          {runOf("c1", "t1", 5), runOf("c2", "t2", 7), runOf("c3", "t1", 6)}};
        PairingRules rules;
        rules.manual = {{"a1", 1, "b1"}};
        COMPARE_TEXT(textOf(pairRuns(sides, rules)),
                     std::string("t1(manual) a1 | b1 | c1 c3; t2(task) a2 | b2 | c2; t1(task) | b3 | no_base"));
        rules.by = PairingRules::By::Input;
        COMPARE_TEXT(textOf(pairRuns(sides, rules)),
                     std::string("t1(manual) a1 | b1 | c1; request 7(input) a2 | b2 | c2; "
                                 "request 5(input) | b3 | no_base; "
                                 "request 6(input) | | c3 no_base"));
    }

    /// Two trials a side, held together by three pairs.
    void peoplePairTrials()
    {
        const Sides sides{{runOf("a1", "t1"), runOf("a2", "t1"), runOf("a3", "t2")},
                          {runOf("b1", "u1"), runOf("b2", "u1")}};
        PairingRules rules;
        rules.manual = {{"a1", 1, "b1"}, {"a2", 1, "b2"}, {"a1", 1, "b2"}, {"a1", 1, "b1"}};
        COMPARE_TEXT(textOf(pairRuns(sides, rules)),
                     std::string("t1(manual) a1 a2 | b1 b2; t2(task) a3 | no_candidate"));
    }
};

QTEST_APPLESS_MAIN(TestReplayPairing)
#include "tst_replaypairing.moc"
