// layers: core store
#include "replaydecisions.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestReplayDecisions : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string newPath(const char* name) { return m_folder.filePath(QLatin1String(name)).toStdString(); }

private slots:
    void theLastWordCounts()
    {
        const std::string path = newPath("last");
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            QCOMPARE(replayDecisions(*workspace).value(), ReplayDecisions());
            QVERIFY(keepReplayReview(*workspace, {"task 2", "old", "new", ReplayOpinion::Worse, "", 5}));
            QVERIFY(keepReplayReview(*workspace, {"task 2", "old", "new", ReplayOpinion::Better, "shorter", 6}));
            QVERIFY(keepReplayReview(*workspace, {"task 2", "old", "newer", ReplayOpinion::Unsure, "", 7}));
            QVERIFY(keepReplayReview(*workspace, {"task 1", "old", "new", {}, "look again", 8}));
            QVERIFY(keepReplaySides(*workspace, {"model", "old", {"new", "newer"}}));
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const ReplayDecisions all{{{"task 1", "old", "new", {}, "look again", 8},
                                   {"task 2", "old", "new", ReplayOpinion::Better, "shorter", 6},
                                   {"task 2", "old", "newer", ReplayOpinion::Unsure, "", 7}},
                                  {"model", "old", {"new", "newer"}}};
        QCOMPARE(replayDecisions(*workspace).value(), all);
    }

    void whatIsTakenBackIsForgotten()
    {
        auto workspace = Workspace::create(newPath("back"));
        QVERIFY(workspace);
        QVERIFY(keepReplayReview(*workspace, {"task 2", "old", "new", ReplayOpinion::Same, "", 5}));
        QVERIFY(keepReplayReview(*workspace, {"task 2", "old", "new", {}, "", 6}));
        QVERIFY(keepReplaySides(*workspace, {"model", "old", {"new"}}));
        QVERIFY(keepReplaySides(*workspace, {}));
        QCOMPARE(replayDecisions(*workspace).value(), ReplayDecisions());
    }

    void opinionsOfALaterProgramAreNone()
    {
        auto workspace = Workspace::create(newPath("later"));
        QVERIFY(workspace);
        QVERIFY(workspace->database().execute("insert into replay_reviews values('t', 'a', 'b', 77, 'n', 1)"));
        QCOMPARE(replayDecisions(*workspace).value().reviews, (std::vector<ReplayReview>{{"t", "a", "b", {}, "n", 1}}));
    }

    void runsAndStepsThatAPersonMatched()
    {
        const std::string path = newPath("matches");
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            QVERIFY(keepReplayMatch(*workspace, {"a2", "b1"}, true));
            QVERIFY(keepReplayMatch(*workspace, {"a1", "b1", 3, 5}, true));
            QVERIFY(keepReplayMatch(*workspace, {"a1", "b1", 3, 5}, true));
            QVERIFY(keepReplayMatch(*workspace, {"a1", "b1", 4, 6}, true));
            QVERIFY(keepReplayMatch(*workspace, {"a1", "b1", 4, 6}, false));
            QVERIFY(keepReplaySides(*workspace, {"model", "old", {"new"}, "tenant+request"}));
        }
        auto workspace = Workspace::open(path);
        const ReplayDecisions all = replayDecisions(*workspace).value();
        QCOMPARE(all.matches, (std::vector<ReplayMatch>{{"a1", "b1", 3, 5}, {"a2", "b1"}}));
        QVERIFY(all.matches[0].isOfSteps() && !all.matches[1].isOfSteps());
        QCOMPARE(all.sides.key, std::string("tenant+request"));
    }

    void damageIsRefused_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("says");
        QTest::newRow("sides") << "insert into settings values('replay.sides', 'model')"
                               << "replay.sides";
        QTest::newRow("step") << "insert into replay_matches values('a', 'b', -7, 2)"
                              << "out of range";
        QTest::newRow("half") << "insert into replay_matches values('a', 'b', -1, 2)"
                              << "out of range";
        QTest::newRow("large") << "insert into replay_matches values('a', 'b', 1, 99999999999)"
                               << "out of range";
        QTest::newRow("verdict") << "insert into replay_reviews values('t', 'a', 'b', -9, '', 1)"
                                 << "verdict";
        QTest::newRow("no table") << "drop table replay_matches"
                                  << "replay_matches";
    }
    void damageIsRefused()
    {
        QFETCH(QString, sql);
        QFETCH(QString, says);
        auto workspace = Workspace::create(newPath(qPrintable(QString("damaged %1").arg(QTest::currentDataTag()))));
        QVERIFY(workspace);
        QVERIFY(workspace->database().execute(sql.toStdString()));
        const auto read = replayDecisions(*workspace);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(says), read.error().message.c_str());
    }

    void tooLongATextIsRefused()
    {
        auto workspace = Workspace::create(newPath("long"));
        QVERIFY(workspace);
        const auto kept = keepReplayReview(*workspace, {"t", "a", "b", {}, std::string(2'000'000, 'x'), 1});
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, ErrorCode::Usage);
    }
};

QTEST_APPLESS_MAIN(TestReplayDecisions)
#include "tst_replaydecisions.moc"
