// layers: core analysis store pipeline
// What came out of a replay as bytes and back, damaged bytes, and the workspace that keeps them.
#include "replaycodec.h"
#include "replaystore.h"
#include "workspace.h"

#include <QTest>

#include <limits>

using namespace arcscope;

namespace
{

ReplayRecord made()
{
    ReplayRecord record;
    record.pairing.sides = 2;
    record.pairing.reruns = true;
    for (std::uint32_t side = 0; side < 2; ++side) {
        for (std::uint32_t trial = 1; trial <= 2; ++trial) {
            ReplayRun run;
            run.side = side;
            run.trial = trial;
            run.traces = {7 * side + trial, 900'000};
            run.outcome = ArcOutcome::Failed;
            run.outcomeSource = ArcSource::DataLabel;
            run.outcomeRow = 41;
            run.score = side == 0 ? noScore : -250'000;
            run.cost = 12;
            run.currency = "EUR";
            run.model = "größer";
            run.judge = "grader 2";
            run.judged = 1'700'000'000'000'000'000;
            run.control = trial == 2;
            run.labelledBefore = trial == 1;
            record.pairing.runs.push_back(run);
        }
    }
    record.pairing.tasks.push_back({"task 1", ReplayKey::Input, {{0, 1}, {2, 3}}, ReplayGap::None});
    ReplayVerdict verdict;
    verdict.base = 1;
    verdict.candidate = 3;
    verdict.change = ReplayChange::Regression;
    verdict.flip = ReplayChange::Tie;
    verdict.weight = ReplayClass::Effect;
    verdict.difference = ReplayDifference::ToolCall;
    verdict.detail = ReplayDetail::Order;
    verdict.counts[2][4] = 9;
    verdict.steps = 30;
    verdict.changed = 9;
    verdict.firstDivergence = 4;
    verdict.reasons = bit(ReplayReason::InputDiffers);
    verdict.distance = 0.625;
    verdict.callDistance = 1.0 / 3;
    verdict.sameWrites = false;
    verdict.candidateDeclined = true;
    record.verdicts.push_back(verdict);
    record.comparison = ~std::uint64_t(0);
    record.contents = {{1, 2}, {3, 4}, {0, 0}, {~std::uint64_t(0), 5}};
    record.anchored = {99};
    return record;
}

} // namespace

class TestReplayCodec : public QObject
{
    Q_OBJECT

private slots:
    void thereAndBack()
    {
        const ReplayRecord record = made();
        const auto back = decodedReplay(encodedReplay(record));
        QVERIFY(back);
        QCOMPARE(back->pairing.sides, 2U);
        QVERIFY(back->pairing.reruns);
        QVERIFY(back->pairing.runs == record.pairing.runs);
        QVERIFY(back->pairing.tasks == record.pairing.tasks);
        QVERIFY(back->verdicts == record.verdicts);
        QCOMPARE(back->comparison, record.comparison);
        QCOMPARE(back->contents, record.contents);
        QCOMPARE(back->anchored, record.anchored);
        QVERIFY(decodedReplay(encodedReplay({})));
    }

    /// Nothing wild comes of any bytes.
    void damaged()
    {
        const std::string bytes = encodedReplay(made());
        QVERIFY(!decodedReplay(""));
        QVERIFY(!decodedReplay(bytes + "x"));
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!decodedReplay(std::string_view(bytes).substr(0, size)));
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            std::string other = bytes;
            other[i] = static_cast<char>(other[i] ^ 0x55);
            const auto read = decodedReplay(other);
            for (const ReplayVerdict& verdict : read ? read->verdicts : std::vector<ReplayVerdict>())
                QVERIFY(verdict.base < read->pairing.runs.size() && verdict.candidate < read->pairing.runs.size());
        }
    }

    /// Bytes that are well formed and tell what cannot be.
    void contradicting()
    {
        const auto refused = [](auto change) {
            ReplayRecord record = made();
            change(record);
            return !decodedReplay(encodedReplay(record));
        };
        QVERIFY(refused([](ReplayRecord& record) { record.pairing.tasks[0].runs[0] = {0, 0}; }));
        QVERIFY(refused([](ReplayRecord& record) { record.pairing.tasks[0].runs[0] = {0}; }));
        QVERIFY(refused([](ReplayRecord& record) { record.pairing.tasks[0].runs[0] = {2, 1}; }));
        QVERIFY(refused([](ReplayRecord& record) { record.pairing.tasks[0].runs.pop_back(); }));
        QVERIFY(refused([](ReplayRecord& record) { record.pairing.runs[1].task = 1; }));
        QVERIFY(refused([](ReplayRecord& record) { record.verdicts[0].candidate = 1; }));
        QVERIFY(refused([](ReplayRecord& record) { record.verdicts[0].distance = 1.5; }));
        QVERIFY(refused(
            [](ReplayRecord& record) { record.verdicts[0].callDistance = std::numeric_limits<double>::quiet_NaN(); }));
        QVERIFY(refused([](ReplayRecord& record) { record.contents.pop_back(); }));
        QVERIFY(refused([](ReplayRecord& record) { record.anchored.push_back(1); }));
        QVERIFY(!refused([](ReplayRecord&) {}));
    }

    void theWorkspaceKeepsTheLastOnes()
    {
        auto workspace = Workspace::createTemporary();
        QVERIFY(workspace);
        QVERIFY(!keptReplay(*workspace, {1, 1}).value());
        for (std::uint64_t i = 0; i < mostKeptReplays + 4; ++i)
            QVERIFY(keepReplay(*workspace, {i, 7}, "bytes " + std::to_string(i)));
        QVERIFY(keepReplay(*workspace, {5, 7}, "again"));
        QVERIFY(!keptReplay(*workspace, {0, 7}).value());
        QCOMPARE(keptReplay(*workspace, {5, 7}).value(), std::optional<std::string>("again"));
        QCOMPARE(keptReplay(*workspace, {19, 7}).value(), std::optional<std::string>("bytes 19"));
        QCOMPARE(workspace->database().number("select count(*) from replays").value(), mostKeptReplays);
        QVERIFY(workspace->database().execute("update replays set data = x'00' where number = (select max(number) - 1 "
                                              "from replays)"));
        std::vector<std::string> lastFirst;
        QVERIFY(eachKeptReplay(*workspace, [&](std::string_view bytes) {
            lastFirst.emplace_back(bytes);
            return lastFirst.size() < 2;
        }));
        QCOMPARE(lastFirst, (std::vector<std::string>{"again", "bytes 18"}));
    }
};

QTEST_APPLESS_MAIN(TestReplayCodec)
#include "tst_replaycodec.moc"
