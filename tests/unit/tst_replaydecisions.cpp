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
