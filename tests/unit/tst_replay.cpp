// layers: core
// How two runs of a task compare by what became of them, and the words of the types.
#include "replaystep.h"

#include <QTest>

#include <set>
#include <string>

using namespace arcscope;

namespace
{

ReplayRun runWith(ArcOutcome outcome, std::int64_t score = noScore, std::string judge = {})
{
    ReplayRun run;
    run.outcome = outcome;
    run.score = score;
    run.judge = std::move(judge);
    return run;
}

} // namespace

class tst_replay : public QObject
{
    Q_OBJECT
private slots:
    void scoresDecideBeforeOutcomes()
    {
        const auto half = runWith(ArcOutcome::Failed, 500'000);
        const auto none = runWith(ArcOutcome::Failed, 0);
        QCOMPARE(changeBetween(none, half), ReplayChange::Gain);
        QCOMPARE(changeBetween(half, none), ReplayChange::Regression);
        QCOMPARE(changeBetween(half, half), ReplayChange::Tie);
        QCOMPARE(flipBetween(none, half), ReplayChange::Tie);
    }

    void outcomesWithoutScores()
    {
        const auto done = runWith(ArcOutcome::Succeeded);
        const auto declined = runWith(ArcOutcome::Declined);
        const auto failed = runWith(ArcOutcome::Failed);
        QCOMPARE(changeBetween(failed, done), ReplayChange::Gain);
        QCOMPARE(changeBetween(done, declined), ReplayChange::Regression);
        QCOMPARE(changeBetween(failed, declined), ReplayChange::Tie);
        QCOMPARE(changeBetween(done, runWith(ArcOutcome::Unknown)), ReplayChange::NotKnown);
    }

    void scoresOfDifferentJudgesAreNotCompared()
    {
        const auto old = runWith(ArcOutcome::Failed, 0, "grader 1");
        const auto later = runWith(ArcOutcome::Succeeded, 1'000'000, "grader 2");
        QCOMPARE(changeBetween(old, later), ReplayChange::NotKnown);
        QCOMPARE(flipBetween(old, later), ReplayChange::NotKnown);
        QCOMPARE(changeBetween(old, runWith(ArcOutcome::Succeeded, 1'000'000)), ReplayChange::Gain);
        const ReplayRun ann = runWith(ArcOutcome::Failed, 0, "person ann");
        QVERIFY(!judgedApart(ann, runWith(ArcOutcome::Succeeded, 1'000'000, "person bob")));
        QVERIFY(judgedApart(ann, runWith(ArcOutcome::Succeeded, 1'000'000, "LLM judge")));
        QVERIFY(judgedApart(ann, runWith(ArcOutcome::Succeeded, 1'000'000, "personality rubric")));
    }

    void everyReasonHasWordsOfItsOwn()
    {
        std::set<std::string_view> names;
        std::set<std::string_view> labels;
        const auto all = replayReasons(~std::uint32_t(0));
        QCOMPARE(int(all.size()), replayReasonCount);
        for (const ReplayReason reason : all) {
            names.insert(name(reason));
            labels.insert(label(reason));
        }
        QCOMPARE(int(names.size()), replayReasonCount);
        QCOMPARE(int(labels.size()), replayReasonCount);
        QVERIFY(!names.contains(""));
        QVERIFY(replayReasons(0).empty());
    }

    void wordsOfDifferences()
    {
        QCOMPARE(std::string(name(ReplayDifference::FormatOnly)), "format-only");
        QCOMPARE(std::string(name(ReplayDifference::Declined)), "declined");
        QCOMPARE(std::string(name(ReplayDetail::Effect)), "effect");
        QCOMPARE(std::string(name(ReplayValidity::Void)), "void");
        QCOMPARE(std::string(name(ReplayClass::Effect)), "effect");
        QCOMPARE(std::string(name(ReplayStepKind::Environment)), "environment");
    }
};

QTEST_APPLESS_MAIN(tst_replay)
#include "tst_replay.moc"
