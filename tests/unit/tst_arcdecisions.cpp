// layers: core store
#include "arcdecisions.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestArcDecisions : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string newPath(const char* name) { return m_folder.filePath(QLatin1String(name)).toStdString(); }

private slots:
    void theLastWordCounts()
    {
        auto workspace = Workspace::create(newPath("last"));
        QVERIFY(workspace);
        QCOMPARE(arcDecisions(*workspace).value(), ArcDecisions());
        QVERIFY(keepArcReview(*workspace, {"task:b", ArcOutcome::Failed, "", 5}));
        QVERIFY(keepArcReview(*workspace, {"task:a", {}, "ask them", 6}));
        QVERIFY(keepArcReview(*workspace, {"task:b", ArcOutcome::Declined, "they would not", 7}));
        QVERIFY(keepStitchDecision(*workspace, {"session:1", "session:2", true, 8}));
        QVERIFY(keepStitchDecision(*workspace, {"session:1", "session:3", true, 8}));
        QVERIFY(keepStitchDecision(*workspace, {"session:1", "session:3", false, 9}));
        const ArcDecisions all{{{"task:a", {}, "ask them", 6}, {"task:b", ArcOutcome::Declined, "they would not", 7}},
                               {{"session:1", "session:2", true, 8}, {"session:1", "session:3", false, 9}}};
        QCOMPARE(arcDecisions(*workspace).value(), all);
    }

    void whatIsTakenBackIsForgotten()
    {
        const std::string path = newPath("back");
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace);
            QVERIFY(keepArcReview(*workspace, {"task:a", ArcOutcome::Failed, "", 5}));
            QVERIFY(keepStitchDecision(*workspace, {"session:1", "session:2", true, 8}));
            QVERIFY(keepArcReview(*workspace, {"task:a", {}, "", 6}));
            QVERIFY(removeStitchDecision(*workspace, "session:2", "session:1")); // nothing of the kind
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        QCOMPARE(arcDecisions(*workspace).value().reviews.size(), std::size_t(0));
        QCOMPARE(arcDecisions(*workspace).value().stitches.size(), std::size_t(1));
        QVERIFY(removeStitchDecision(*workspace, "session:1", "session:2"));
        QCOMPARE(arcDecisions(*workspace).value(), ArcDecisions());
    }

    void outcomesOfALaterProgramAreNone()
    {
        auto workspace = Workspace::create(newPath("later"));
        QVERIFY(workspace);
        QVERIFY(workspace->database().execute("insert into arc_reviews values('task:a', 77, 'n', 1)"));
        QCOMPARE(arcDecisions(*workspace).value().reviews, (std::vector<ArcReview>{{"task:a", {}, "n", 1}}));
    }

    void tooLongATextIsRefused()
    {
        auto workspace = Workspace::create(newPath("long"));
        QVERIFY(workspace);
        const auto kept = keepArcReview(*workspace, {"task:a", {}, std::string(2'000'000, 'x'), 1});
        QVERIFY(!kept);
        QCOMPARE(kept.error().code, ErrorCode::Usage);
    }
};

QTEST_APPLESS_MAIN(TestArcDecisions)
#include "tst_arcdecisions.moc"
