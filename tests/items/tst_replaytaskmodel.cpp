// layers: items core analysis layout
#include "replaytaskmodel.h"

#include "madereplay.h"
#include "replaymatrixmodel.h"
#include "replayphrases.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

QStringList columnOf(const QAbstractItemModel& model, ReplayTaskColumn column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, static_cast<int>(column)).data().toString();
    return texts;
}

} // namespace

class TestReplayTaskModel : public QObject
{
    Q_OBJECT

private slots:
    /// What matters most comes first; what was not compared stays last whichever way it is sorted.
    void sorts()
    {
        ReplayTaskModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setReplay(madeReplay(), 0);
        const QStringList most{"task 1", "task 3", "task 2", "task 4"};
        QCOMPARE(columnOf(model, ReplayTaskColumn::Task), most);
        const QPersistentModelIndex kept = model.index(1, 0);
        model.sort(static_cast<int>(ReplayTaskColumn::Steps), Qt::DescendingOrder);
        QCOMPARE(columnOf(model, ReplayTaskColumn::Task), QStringList({"task 3", "task 1", "task 2", "task 4"}));
        QCOMPARE(kept.data().toString(), QStringLiteral("task 3"));
        model.sort(static_cast<int>(ReplayTaskColumn::Change), Qt::AscendingOrder);
        QCOMPARE(columnOf(model, ReplayTaskColumn::Task), QStringList({"task 3", "task 2", "task 1", "task 4"}));
        model.sort(static_cast<int>(ReplayTaskColumn::Task), Qt::AscendingOrder);
        QCOMPARE(columnOf(model, ReplayTaskColumn::Task), QStringList({"task 1", "task 2", "task 3", "task 4"}));
    }

    void tells()
    {
        ReplayTaskModel model;
        model.setReplay(madeReplay(), 0);
        QCOMPARE(
            columnOf(model, ReplayTaskColumn::Difference),
            QStringList({"content: value", "tool call: another tool", "identical", gapText(ReplayGap::NoCandidate)}));
        QVERIFY(columnOf(model, ReplayTaskColumn::Change)[0].endsWith(QLatin1String("gain")));
        QVERIFY(columnOf(model, ReplayTaskColumn::Change)[1].endsWith(QLatin1String("regression")));
        QCOMPARE(columnOf(model, ReplayTaskColumn::Tokens)[0], QString::fromUtf8("1.50×"));
        QCOMPARE(columnOf(model, ReplayTaskColumn::Cost)[0], QString::fromUtf8("–"));
        QCOMPARE(columnOf(model, ReplayTaskColumn::Valid)[0], QStringLiteral("2 of 2"));
        QCOMPARE(model.index(0, 0).data(ReplayTaskModel::TaskRole).toInt(), 0);
        QVERIFY(!model.index(0, 0).data(Qt::AccessibleDescriptionRole).toString().isEmpty());
    }

    void lists()
    {
        ReplayTaskModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReplay(madeReplay(), 0);
        const auto listed = [&](ReplayShown shown) {
            model.setShown(shown);
            return columnOf(model, ReplayTaskColumn::Task);
        };
        QCOMPARE(listed(ReplayShown::Differing), QStringList({"task 1", "task 3"}));
        QCOMPARE(listed(ReplayShown::Gains), QStringList({"task 1"}));
        QCOMPARE(listed(ReplayShown::Regressions), QStringList({"task 3"}));
        QCOMPARE(listed(ReplayShown::NotCompared), QStringList({"task 4"}));
        model.setReviews({{"task 1", "old", "new", ReplayOpinion::Better, "", 1},
                          {"task 3", "old", "another", ReplayOpinion::Worse, "", 1}});
        QCOMPARE(listed(ReplayShown::NotReviewed), QStringList({"task 3", "task 2"}));
        QCOMPARE(listed(ReplayShown::All).size(), 4);
        QCOMPARE(columnOf(model, ReplayTaskColumn::Verdict)[0], opinionText(ReplayOpinion::Better));
        QVERIFY(model.review(0) && !model.review(2));
        QCOMPARE(model.lineOf(3), 3);
    }

    void matrix()
    {
        ReplayMatrixModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReplay(madeReplay());
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.headerData(2, Qt::Horizontal).toString(), QStringLiteral("B new"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("v1"));
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("2"));
        QCOMPARE(model.index(0, 2).data(ReplayMatrixModel::SharesRole).toList().size(), replayDifferenceCount);
        QVERIFY(model.index(2, 2).data(ReplayMatrixModel::SharesRole).toList().isEmpty());
        QCOMPARE(model.index(2, 2).data().toString(), QStringLiteral("no replayed task"));
        model.setReplay(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestReplayTaskModel)
#include "tst_replaytaskmodel.moc"
