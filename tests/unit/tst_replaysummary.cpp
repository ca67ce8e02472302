// layers: core analysis
#include "replaymatrix.h"
#include "replaysummary.h"
#include "replaywords.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace arcscope;

namespace
{

bool near(double a, double b, double off = 1e-9)
{
    return std::abs(a - b) <= off;
}

struct Run {
    ArcOutcome outcome = ArcOutcome::Succeeded;
    std::int64_t score = noScore;
    std::int64_t cost = -1;
};

/// Tasks with their runs, each pair of which gets a verdict.
struct Replay {
    ReplayPairing pairing{2, {}, {}, false};
    std::vector<ReplayVerdict> verdicts;

    std::uint32_t add(const std::vector<Run>& base, const std::vector<Run>& candidate)
    {
        const auto number = static_cast<std::uint32_t>(pairing.tasks.size());
        ReplayTask task;
        task.key = "task " + std::to_string(number);
        for (const auto* side : {&base, &candidate}) {
            task.runs.emplace_back();
            for (const Run& run : *side) {
                ReplayRun made;
                made.side = static_cast<std::uint32_t>(task.runs.size() - 1);
                made.task = number;
                made.trial = static_cast<std::uint32_t>(task.runs.back().size() + 1);
                made.outcome = run.outcome;
                made.score = run.score;
                made.cost = run.cost;
                made.currency = run.cost >= 0 ? "USD" : "";
                made.model = made.side == 0 ? "old" : "new";
                task.runs.back().push_back(static_cast<std::uint32_t>(pairing.runs.size()));
                pairing.runs.push_back(made);
            }
        }
        pairing.tasks.push_back(task);
        return number;
    }

    ReplayVerdict& pair(std::uint32_t base, std::uint32_t candidate, ReplayClass weight = ReplayClass::Same,
                        ReplayDifference difference = ReplayDifference::Identical)
    {
        ReplayVerdict verdict;
        verdict.base = base;
        verdict.candidate = candidate;
        verdict.change = changeBetween(pairing.runs[base], pairing.runs[candidate]);
        verdict.flip = flipBetween(pairing.runs[base], pairing.runs[candidate]);
        verdict.weight = weight;
        verdict.difference = difference;
        verdict.distance = weight >= ReplayClass::Path ? 1 : 0;
        verdicts.push_back(verdict);
        return verdicts.back();
    }

    void pairAll(std::uint32_t task, ReplayClass across, ReplayClass within = ReplayClass::Same)
    {
        const auto& runs = pairing.tasks[task].runs;
        const auto difference = [](ReplayClass weight) {
            return weight >= ReplayClass::Path ? ReplayDifference::ToolCall : ReplayDifference::Identical;
        };
        for (const std::uint32_t base : runs[0]) {
            for (const std::uint32_t candidate : runs[1])
                pair(base, candidate, across, difference(across));
        }
        for (const auto& side : runs) {
            for (std::size_t i = 0; i < side.size(); ++i) {
                for (std::size_t j = i + 1; j < side.size(); ++j)
                    pair(side[i], side[j], within, difference(within));
            }
        }
    }

    ReplaySummary summary() const { return replaySummary(pairing, verdicts); }
};

constexpr Run done{ArcOutcome::Succeeded};
constexpr Run failed{ArcOutcome::Failed};

} // namespace

class TestReplaySummary : public QObject
{
    Q_OBJECT

private slots:
    void gainsAndRegressions()
    {
        Replay replay;
        for (int i = 0; i < 30; ++i) {
            const std::uint32_t task = replay.add({i < 12 ? done : failed}, {i < 10 || i >= 20 ? done : failed});
            replay.pairAll(task, ReplayClass::Wording);
        }
        const ReplaySummary summary = replay.summary();
        QCOMPARE(summary.outcomes, (PairedOutcomes{10, 10, 2, 8}));
        QCOMPARE(summary.changes[static_cast<std::size_t>(ReplayChange::Gain)], std::uint64_t{10});
        QCOMPARE(summary.changes[static_cast<std::size_t>(ReplayChange::Regression)], std::uint64_t{2});
        QCOMPARE(summary.changes[static_cast<std::size_t>(ReplayChange::Tie)], std::uint64_t{18});
        QCOMPARE(summary.states[static_cast<std::size_t>(ReplayTaskState::Same)], std::uint64_t{30});
        const ReplayQuality* const quality = summary.quality("done");
        QVERIFY(quality);
        QCOMPARE(quality->method, std::string_view("McNemar, mid-p"));
        QVERIFY(near(quality->p, mcNemar(summary.outcomes).p));
        QVERIFY(near(quality->difference.value, 8.0 / 30));
        QVERIFY(quality->evidence == Evidence::Difference);
        QVERIFY(quality->detectable && *quality->detectable > 0.2);
        QVERIFY(summary.odds && near(summary.odds->value, 5));
        QVERIFY(!summary.noise);
        QVERIFY(!summary.quality("score"));
    }

    /// More runs of a task than are held against each other one by one: it differs, and no more is said.
    void manyRunsOfOneTask()
    {
        Replay replay;
        const std::uint32_t task = replay.add(std::vector<Run>(40'000, done), std::vector<Run>(40'000, failed));
        const auto& runs = replay.pairing.tasks[task].runs;
        for (std::size_t i = 0; i < runs[0].size(); ++i)
            replay.pair(runs[0][i], runs[1][i], ReplayClass::Path, ReplayDifference::ToolCall).baseDeclined = i < 10;
        replay.pair(runs[0][0], runs[0][1]);
        const ReplaySummary summary = replay.summary();
        QCOMPARE(summary.states[static_cast<std::size_t>(ReplayTaskState::Differs)], std::uint64_t{1});
        QCOMPARE(summary.pairs, std::uint64_t{40'000});
        const ReplayQuality* const declined = summary.quality("declined");
        QVERIFY(declined && near(declined->base, 10.0 / 40'000));
    }

    /// By score a run may be better though both failed.
    void scores()
    {
        Replay replay;
        for (int i = 0; i < 12; ++i) {
            const std::uint32_t task =
                replay.add({{ArcOutcome::Failed, 200'000}}, {{ArcOutcome::Failed, i < 9 ? 700'000 : 200'000}});
            replay.pairAll(task, ReplayClass::Path);
        }
        const ReplaySummary summary = replay.summary();
        QCOMPARE(summary.changes[static_cast<std::size_t>(ReplayChange::Gain)], std::uint64_t{9});
        QCOMPARE(summary.outcomes.neither, std::uint64_t{12});
        const ReplayQuality* const score = summary.quality("score");
        QVERIFY(score && near(score->candidate - score->base, 0.375));
        QVERIFY(near(score->p, 2.0 / 512));
        QVERIFY(near(summary.quality("done")->p, 1));
        QVERIFY(near(score->adjusted, 2 * 2.0 / 512));
        QCOMPARE(summary.states[static_cast<std::size_t>(ReplayTaskState::Differs)], std::uint64_t{12});
    }

    /// Runs of both sides that scatter alike are noise; those that lie apart are changed.
    void reruns()
    {
        Replay replay;
        for (int i = 0; i < 20; ++i) {
            const std::uint32_t task = replay.add({done, failed, done, done}, {done, done, failed, done});
            replay.pairAll(task, ReplayClass::Path, i < 10 ? ReplayClass::Path : ReplayClass::Same);
        }
        const ReplaySummary summary = replay.summary();
        QVERIFY(summary.reruns);
        QCOMPARE(summary.pairs, std::uint64_t{320});
        QCOMPARE(summary.states[static_cast<std::size_t>(ReplayTaskState::Noise)], std::uint64_t{10});
        QCOMPARE(summary.states[static_cast<std::size_t>(ReplayTaskState::Changed)], std::uint64_t{10});
        QVERIFY(summary.noise && near(summary.noise->churn, 0.5));
        QCOMPARE(summary.quality("done")->method, std::string_view("sign flips, exact"));
        QVERIFY(near(summary.quality("done")->p, 1));
        QCOMPARE(summary.basePasses.size(), std::size_t{4});
        QVERIFY(near(summary.basePasses[3].share.value, 0));
        QVERIFY(!summary.odds);
    }

    void validStepsOnly()
    {
        Replay replay;
        const std::uint32_t task = replay.add({done}, {done});
        ReplayVerdict& verdict =
            replay.pair(replay.pairing.tasks[task].runs[0][0], replay.pairing.tasks[task].runs[1][0]);
        verdict.counts[static_cast<std::size_t>(ReplayValidity::ContextEqual)] = {3, 0, 1, 1, 0, 0, 0};
        verdict.counts[static_cast<std::size_t>(ReplayValidity::OffRails)] = {0, 0, 0, 4, 2, 0, 0};
        const ReplaySummary summary = replay.summary();
        QCOMPARE(summary.agreement[0].steps, (Count{4, 5}));
        QCOMPARE(summary.agreement[2].steps, (Count{0, 6}));
        QCOMPARE(summary.tasks[0].steps, std::uint32_t{11});
        QCOMPARE(summary.tasks[0].valid, std::uint32_t{5});
    }

    void costs()
    {
        Replay replay;
        for (int i = 1; i <= 12; ++i) {
            const std::uint32_t task =
                replay.add({{ArcOutcome::Unknown, noScore, 100 * i}}, {{ArcOutcome::Unknown, noScore, 150 * i}});
            replay.pairAll(task, ReplayClass::Same);
        }
        replay.pairAll(replay.add({{ArcOutcome::Unknown, noScore, 100}}, {{ArcOutcome::Unknown}}), ReplayClass::Same);
        const ReplaySummary summary = replay.summary();
        const auto cost = std::find_if(summary.figures.begin(), summary.figures.end(),
                                       [](const auto& figure) { return figure.figure == ReplayFigure::Cost; });
        QVERIFY(cost != summary.figures.end());
        QCOMPARE(cost->tasks, std::uint64_t{12});
        QCOMPARE(cost->currency, std::string("USD"));
        QVERIFY(near(cost->total->ratio, 1.5));
        QVERIFY(near(cost->typical->estimate, 1.5));
        QVERIFY(cost->evidence == Evidence::Difference);
        const auto words = replayWords(summary);
        QVERIFY(std::ranges::any_of(words, [](const ReplaySentence& sentence) {
            return sentence.kind == "cost" && sentence.text.starts_with("The candidate costs 1.50 times") &&
                   sentence.text.find(" as much over 12 tasks") != std::string::npos;
        }));
        QVERIFY(!summary.quality("done"));
        QCOMPARE(summary.changes[static_cast<std::size_t>(ReplayChange::NotKnown)], std::uint64_t{13});
    }

    /// Labels that were given before there was anything to label.
    void labelsOlderThanTheRun()
    {
        Replay replay;
        for (int i = 0; i < 4; ++i) {
            const std::uint32_t task = replay.add({done}, {failed});
            replay.pairing.runs[replay.pairing.tasks[task].runs[1][0]].labelledBefore = i < 3;
            replay.pairAll(task, ReplayClass::Path);
        }
        const ReplaySummary summary = replay.summary();
        QCOMPARE(summary.labelledBefore, (std::array<std::uint64_t, 2>{0, 3}));
        const auto words = replayWords(summary);
        QVERIFY(std::any_of(words.begin(), words.end(), [](const ReplaySentence& one) {
            return one.kind == "old_labels" && one.text.find("3 runs of the candidate") != std::string::npos;
        }));
    }

    void judgesAndControls()
    {
        Replay replay;
        for (int i = 0; i < 8; ++i) {
            const std::uint32_t task =
                replay.add({{ArcOutcome::Succeeded, 500'000}}, {{ArcOutcome::Succeeded, 600'000}});
            const auto& runs = replay.pairing.tasks[task].runs;
            if (i < 3) {
                replay.pairing.runs[runs[0][0]].judge = "judge 1";
                replay.pairing.runs[runs[1][0]].judge = "judge 2";
            } else {
                replay.pairing.runs[runs[0][0]].control = true;
            }
            replay.pairAll(task, ReplayClass::Same);
        }
        const ReplaySummary summary = replay.summary();
        QCOMPARE(summary.judgedApart, std::uint64_t{3});
        QCOMPARE(summary.controls, std::uint64_t{5});
        QVERIFY(summary.ruler && near(summary.ruler->value, 0.1));
        QVERIFY(!summary.quality("score"));
        QCOMPARE(summary.changes[static_cast<std::size_t>(ReplayChange::NotKnown)], std::uint64_t{3});
    }

    /// Fewer are attempted, of those more succeed.
    void gainedByDeclining()
    {
        Replay replay;
        for (int i = 0; i < 100; ++i) {
            const Run after{i < 30 ? ArcOutcome::Declined : i < 86 ? ArcOutcome::Succeeded : ArcOutcome::Failed};
            replay.pairAll(replay.add({i < 60 ? done : failed}, {after}), ReplayClass::Effect);
        }
        const ReplaySummary summary = replay.summary();
        QVERIFY(summary.attempts && summary.attempts->decoupled == Evidence::Difference);
        QCOMPARE(summary.candidateOutcomes[static_cast<std::size_t>(ArcOutcome::Declined)], std::uint64_t{30});
        QVERIFY(summary.quality("declined") && summary.quality("declined")->evidence == Evidence::Difference);
        const auto words = replayWords(summary);
        QVERIFY(std::any_of(words.begin(), words.end(),
                            [](const auto& sentence) { return sentence.kind == "gained_by_declining"; }));
    }

    void gapsAndNothing()
    {
        Replay replay;
        replay.add({done}, {});
        replay.add({}, {done});
        replay.pairing.tasks[0].gap = ReplayGap::NoCandidate;
        replay.pairing.tasks[1].gap = ReplayGap::NoBase;
        const ReplaySummary summary = replay.summary();
        QVERIFY(summary.tasks.empty());
        QCOMPARE(summary.gaps[static_cast<std::size_t>(ReplayGap::NoCandidate)], std::uint64_t{1});
        QCOMPARE(summary.gaps[static_cast<std::size_t>(ReplayGap::NoBase)], std::uint64_t{1});
        QCOMPARE(replayWords(summary).size(), std::size_t{1});
    }

    /// Where nothing differs the words say so, and no more.
    void noEvidence()
    {
        Replay replay;
        for (int i = 0; i < 40; ++i)
            replay.pairAll(replay.add({i % 2 == 0 ? done : failed}, {i % 4 < 2 ? done : failed}), ReplayClass::Wording);
        const auto words = replayWords(replay.summary());
        const auto sentence =
            std::find_if(words.begin(), words.end(), [](const auto& one) { return one.kind == "done"; });
        QVERIFY(sentence != words.end());
        QVERIFY(sentence->evidence == Evidence::None);
        QVERIFY(sentence->text.find("no evidence of a difference") != std::string::npos);
        QVERIFY(sentence->text.find("10 tasks gained, 10 lost, 20 alike") != std::string::npos);
    }

    void matrix()
    {
        Replay replay;
        for (int i = 0; i < 6; ++i)
            replay.pairAll(replay.add({done}, {i < 2 ? failed : done}), i < 3 ? ReplayClass::Path : ReplayClass::Same);
        replay.add({done}, {});
        const std::vector<std::string> forks{"a", "a", "a", "a", "b", "b", "c"};
        const std::vector<ReplaySummary> summaries{replay.summary()};
        const ReplayMatrix matrix = replayMatrix(replay.pairing, summaries, forks);
        QCOMPARE(matrix.lines.size(), std::size_t{3});
        QCOMPARE(matrix.columns.size(), std::size_t{1});
        QCOMPARE(matrix.columns[0].model, std::string("new"));
        QCOMPARE(matrix.at(0, 0).tasks, std::uint64_t{4});
        QCOMPARE(matrix.at(0, 0).regressions, std::uint64_t{2});
        QCOMPARE(matrix.at(0, 0).differences[static_cast<std::size_t>(ReplayDifference::ToolCall)], std::uint64_t{3});
        QCOMPARE(matrix.lines[2].fork, std::string("c"));
        QCOMPARE(matrix.at(2, 0).tasks, std::uint64_t{0});
    }

    void strata()
    {
        Replay replay;
        for (int i = 0; i < 8; ++i)
            replay.add({i < 4 ? done : failed}, {i < 6 ? done : failed});
        const std::vector<std::string> plans{"a", "a", "a", "a", "b", "b", "b", "b"};
        const ReplayStrata strata = replayStrata(replay.pairing, plans);
        QCOMPARE(strata.strata.size(), std::size_t{2});
        QVERIFY(near(strata.whole.change, 0.25));
        QVERIFY(near(strata.whole.byMix, 0));
        QVERIFY(near(strata.strata[1].parts.byWithin, 0.25));
    }

    /// A hundred thousand pairs, whose figures all differ: this returns, and adds up.
    void manyTasks()
    {
        Replay replay;
        for (int i = 0; i < 100'000; ++i)
            replay.pairAll(
                replay.add({{i % 3 != 0 ? ArcOutcome::Succeeded : ArcOutcome::Failed, noScore, 100 + i % 97}},
                           {{i % 4 != 0 ? ArcOutcome::Succeeded : ArcOutcome::Failed, noScore, 90 + i % 89}}),
                ReplayClass::Path);
        QElapsedTimer timer;
        timer.start();
        const ReplaySummary summary = replay.summary();
        qInfo("100,000 tasks summed up in %lld ms", timer.elapsed());
        QCOMPARE(summary.outcomes.tasks(), std::uint64_t{100'000});
        QVERIFY(summary.quality("done")->evidence == Evidence::Difference);
    }
};

QTEST_APPLESS_MAIN(TestReplaySummary)
#include "tst_replaysummary.moc"
