// layers: items core analysis store pipeline
// Replays of what is open: what is known early, what was known before, and splits by what tasks record.
#include "replayreading.h"

#include "replaysearch.h"
#include "session.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int taskCount = 12;

/// As InterCode writes its results: the later half is hard, and every third is done; of the candidate every second.
/// `judge`: beside the reward; empty: nothing.
QByteArray results(const QByteArray& model, int every, const QByteArray& judge = {})
{
    QByteArray text = "{";
    for (int task = 0; task < taskCount; ++task) {
        const QByteArray number = QByteArray::number(task);
        text +=
            (task == 0 ? "\n\"" : ",\n\"") + number + "\": {\"environment\": \"ic_sql\", \"task_id\": \"" + number +
            "\", \"query\": \"Question " + number + " of all?\", \"turn_history\": {\"actions\": [\"SELECT " + model +
            "\"], \"observations\": [\"[]\"], "
            "\"rewards\": [0.5], \"valid_action\": [true]}, \"summary\": {\"max_reward\": " +
            (task % every == 0 ? "1.0" : "0.0") + (judge.isEmpty() ? QByteArray() : ", \"judge\": \"" + judge + '"') +
            ", \"max_reward_idx\": 0, \"turns_taken\": 1, \"turns_max\": 10}, \"hardness\": \"" +
            (task < taskCount / 2 ? "easy" : "hard") + "\"}";
    }
    return text + "}\n";
}

struct Opened {
    QTemporaryDir folder;
    std::vector<Session> sessions;
    std::shared_ptr<const Corpus> corpus;
    ReplayFields fields;
    ReplaySides sides;

    explicit Opened(const QByteArray& judge = {}, const QByteArray& otherJudge = {})
    {
        const std::string old = writeFile(folder.filePath("old.json"), results("old", 3, judge)).toStdString();
        const std::string later = writeFile(folder.filePath("new.json"), results("new", 2, otherJudge)).toStdString();
        auto session = openSession({old, later}, replayColumns(), {});
        if (!session)
            qFatal("%s", session.error().message.c_str());
        sessions.push_back(std::move(*session));
        corpus = std::make_shared<const Corpus>(sessions.front().corpus);
        fields = *fieldsOf(workspace(), *corpus);
        sides = {"file", "old.json", {"new.json"}};
    }
    Workspace& workspace() { return sessions.front().workspace; }
};

} // namespace

class TestReplayReading : public QObject
{
    Q_OBJECT

private slots:
    /// What became of the tasks is told before any step is looked at, and does not change then.
    void outcomesComeFirst()
    {
        Opened opened;
        std::vector<FoundReplay> early;
        AskedReplay asked;
        asked.sides = opened.sides;
        asked.early = [&](FoundReplay found) { early.push_back(std::move(found)); };
        ReplayProgress progress;
        asked.progress = &progress;
        const auto found = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
        QVERIFY(found);
        QCOMPARE(early.size(), std::size_t{1});
        QVERIFY(!early[0].whole && found->whole);
        QCOMPARE(early[0].summaries[0].changes, found->summaries[0].changes);
        QCOMPARE(found->summaries[0].changes[static_cast<std::size_t>(ReplayChange::Gain)], std::uint64_t{4});
        QCOMPARE(found->summaries[0].changes[static_cast<std::size_t>(ReplayChange::Regression)], std::uint64_t{2});
        QCOMPARE(early[0].summaries[0].quality("done")->p, found->summaries[0].quality("done")->p);
        QCOMPARE(early[0].summaries[0].differences[0], std::uint64_t{taskCount});
        QCOMPARE(found->summaries[0].differences[static_cast<std::size_t>(ReplayDifference::ToolCall)],
                 std::uint64_t{taskCount});
        QCOMPARE(progress.tasks.load(), std::uint64_t{taskCount});
        QCOMPARE(progress.of.load(), std::uint64_t{taskCount});
    }

    /// Scores of different judges are not compared, early either.
    void judgesAreReadEarly()
    {
        for (const char* const other : {"grader 1", "grader 2"}) {
            Opened opened("grader 1", other);
            std::vector<FoundReplay> early;
            AskedReplay asked;
            asked.sides = opened.sides;
            asked.early = [&](FoundReplay found) { early.push_back(std::move(found)); };
            const auto found = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
            QVERIFY(found);
            QCOMPARE(early.size(), std::size_t{1});
            QVERIFY(early[0].judged);
            QCOMPARE(found->pairing.runs[0].judge, std::string("grader 1"));
            QVERIFY(early[0].pairing.runs == found->pairing.runs);
            QCOMPARE(found->summaries[0].judgedApart, std::uint64_t(other[7] == '1' ? 0 : taskCount));
            QCOMPARE(early[0].summaries[0].judgedApart, found->summaries[0].judgedApart);
            QCOMPARE(early[0].summaries[0].changes, found->summaries[0].changes);
        }
    }

    /// Two tasks are made one: all other verdicts are taken over.
    void whatIsKnownIsTakenOver()
    {
        Opened opened;
        AskedReplay asked;
        asked.sides = opened.sides;
        auto first = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
        QVERIFY(first);
        const auto known = std::make_shared<const FoundReplay>(std::move(*first));
        const auto traceOf = [&](std::uint32_t task, std::size_t side) {
            return known->corpus->traceIdText(known->pairing.runs[known->task(task).runs[side][0]].traces[0]);
        };
        asked.known = known;
        asked.matches = {{traceOf(0, 0), traceOf(1, 1)}};
        const auto again = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
        QVERIFY(again);
        QCOMPARE(again->verdicts.size(), std::size_t{taskCount - 1});
        QCOMPARE(again->task(0).by, ReplayKey::Manual);
        QCOMPARE(again->summaries[0].tasks.size(), std::size_t{taskCount - 1});
        for (std::size_t i = 1; i < again->verdicts.size(); ++i)
            QCOMPARE(again->verdicts[i].distance, known->verdicts[i + 1].distance);
        // Turned round the same word holds.
        asked.known = nullptr;
        std::swap(asked.sides.base, asked.sides.candidates.front());
        const auto turned = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
        QVERIFY(turned);
        QCOMPARE(turned->summaries[0].tasks.size(), std::size_t{taskCount - 1});
        asked.matches.clear();
        asked.sides.key = "name~(";
        const auto wrong = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::Usage);
    }

    /// A log of messages has its instructions before the first call of a model.
    void instructionsOfALogAreItsFork()
    {
        QTemporaryDir folder;
        std::vector<std::string> files;
        for (const char* const name : {"old.json", "new.json"}) {
            QByteArray trials;
            for (const char* const task : {"1", "2"})
                trials += QByteArray(trials.isEmpty() ? "[" : ",") + "{\"task_id\": " + task +
                          ", \"trial\": 0, \"reward\": 1.0, \"info\": {}, \"traj\": ["
                          "{\"role\": \"system\", \"content\": \"You help\\n\\ncustomers.\"}, "
                          "{\"role\": \"user\", \"content\": \"Cancel order " +
                          task + ".\"}, {\"role\": \"assistant\", \"content\": \"" + name + "\"}]}";
            files.push_back(writeFile(folder.filePath(QLatin1String(name)), trials + "]").toStdString());
        }
        auto session = openSession(files, replayColumns(), {});
        QVERIFY(session);
        const auto corpus = std::make_shared<const Corpus>(session->corpus);
        AskedReplay asked;
        asked.sides = {"file", "old.json", {"new.json"}};
        const auto found =
            replayOf(session->workspace, corpus, *fieldsOf(session->workspace, *corpus), asked, Control{});
        QVERIFY(found);
        QCOMPARE(found->matrix.lines.size(), std::size_t{1});
        QCOMPARE(found->matrix.lines[0].fork, std::string("prompt 1: You help customers."));
    }

    void splitByAnAttribute()
    {
        Opened opened;
        AskedReplay asked;
        asked.sides = opened.sides;
        const auto found = replayOf(opened.workspace(), opened.corpus, opened.fields, asked, {});
        QVERIFY(found);
        const auto split = std::find_if(found->splits.begin(), found->splits.end(),
                                        [](const ReplaySplit& each) { return each.tag == "hardness"; });
        QVERIFY(split != found->splits.end());
        QCOMPARE(split->of.size(), std::size_t{1});
        QCOMPARE(split->of[0].strata.size(), std::size_t{2});
        QCOMPARE(split->of[0].strata[0].base.of, std::uint64_t{2});
        QCOMPARE(split->of[0].strata[0].base.all, std::uint64_t{6});
        QCOMPARE(split->of[0].strata[0].candidate.of, std::uint64_t{3});
        QVERIFY(std::abs(split->of[0].whole.byMix) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestReplayReading)
#include "tst_replayreading.moc"
