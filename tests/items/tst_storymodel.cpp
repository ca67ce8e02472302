// layers: core items
#include "appstate.h"
#include "notebook.h"
#include "storymodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestStoryModel : public QObject
{
    Q_OBJECT

private slots:
    void stepsAreListedInOrder()
    {
        AppState state;
        StoryModel model(state);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        Story story{"T", {{"first", "a\nb", {"timeline", {}, {}, {}, {}, {}, {}}}, {"", "only text", {}}, {}}};
        state.notes().setStory(story);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, StoryModel::TitleColumn).data().toString(), QStringLiteral("1. first"));
        QCOMPARE(model.index(1, StoryModel::TitleColumn).data().toString(), QStringLiteral("2. only text"));
        QCOMPARE(model.index(2, StoryModel::TitleColumn).data().toString(), QStringLiteral("3. step 3"));
        QCOMPARE(model.index(0, StoryModel::ViewColumn).data().toString(), QStringLiteral("timeline"));
        // A change of texts moves nobody, another number of steps makes the list anew.
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        story.steps[0].text = "c";
        state.notes().setStory(story);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(model.index(0, StoryModel::TextColumn).data().toString(), QStringLiteral("c"));
        story.steps.pop_back();
        state.notes().setStory(story);
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.rowCount(), 2);
    }

    void titlesAreEditedByWhoeverListens()
    {
        AppState state;
        StoryModel model(state);
        QSignalSpy edited(&model, &StoryModel::titleEdited);
        state.notes().setStory({"T", {{"first", {}, {}}}});
        QVERIFY(model.flags(model.index(0, StoryModel::TitleColumn)) & Qt::ItemIsEditable);
        QVERIFY(!(model.flags(model.index(0, StoryModel::TextColumn)) & Qt::ItemIsEditable));
        QVERIFY(model.setData(model.index(0, StoryModel::TitleColumn), QStringLiteral("other")));
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited[0][1].toString(), QStringLiteral("other"));
        QCOMPARE(model.index(0, StoryModel::TitleColumn).data(Qt::EditRole).toString(), QStringLiteral("first"));
    }
};

QTEST_GUILESS_MAIN(TestStoryModel)
#include "tst_storymodel.moc"
