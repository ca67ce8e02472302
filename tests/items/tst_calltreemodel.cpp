// layers: items
#include "calltreemodel.h"

#include "callscript.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Shown {
    std::shared_ptr<CallTreeSubject> subject = sampleCalls();
    CallRows rows{subject->lanes};
    CallTreeModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Shown() { model.setSubject(subject, rows); }
    QString text(std::uint32_t node, int column) const { return model.indexOf(node, column).data().toString(); }
};

} // namespace

class TestCallTreeModel : public QObject
{
    Q_OBJECT

private slots:
    void callsLieBelowWhoAsked()
    {
        Shown shown;
        QCOMPARE(shown.model.rowCount(), 1);
        const QModelIndex plan = shown.model.index(0, 0);
        QCOMPARE(shown.model.nodeAt(plan), PlanNode + 0u);
        QCOMPARE(shown.model.rowCount(plan), 5);
        const QModelIndex late = shown.model.indexOf(LateNode);
        QCOMPARE(late.row(), 3);
        QCOMPARE(late.parent(), plan);
        QCOMPARE(shown.model.rowCount(late), 1);
        QCOMPARE(shown.model.indexOf(DeepNode).parent().parent(), late);
        QCOMPARE(shown.model.indexOf(DeepNode).data(CallTreeModel::DepthRole).toInt(), 3);
    }

    void columnsSayWhatIsRecorded()
    {
        Shown shown;
        QCOMPARE(shown.text(SearchNode, CallTreeModel::CallColumn), QStringLiteral("search"));
        QCOMPARE(shown.text(SearchNode, CallTreeModel::StateColumn), QStringLiteral("ok"));
        QCOMPARE(shown.text(SearchNode, CallTreeModel::WaitColumn), QStringLiteral("10 ms"));
        QCOMPARE(shown.text(SearchNode, CallTreeModel::RunColumn), QStringLiteral("90 ms"));
        QCOMPARE(shown.text(SearchNode, CallTreeModel::TokensColumn), QStringLiteral("\u2013"));
        QCOMPARE(shown.text(PlanNode, CallTreeModel::TokensColumn), QStringLiteral("15"));
        QCOMPARE(shown.text(FailedNode, CallTreeModel::RetryColumn), QStringLiteral("1 of 2"));
        QCOMPARE(shown.text(RetryNode, CallTreeModel::RetryColumn), QStringLiteral("2 of 2"));
        QCOMPARE(shown.text(LateNode, CallTreeModel::StateColumn), QStringLiteral("ok, late"));
        QCOMPARE(shown.text(LostNode, CallTreeModel::StateColumn), QStringLiteral("no result"));
        QCOMPARE(shown.text(LostNode, CallTreeModel::RunColumn), QStringLiteral("\u2013"));
        QVERIFY(shown.model.indexOf(LostNode).data(CallTreeModel::ProblemRole).toBool());
        QVERIFY(!shown.model.indexOf(SearchNode).data(CallTreeModel::ProblemRole).toBool());
    }

    void whatIsFilteredOutIsNotInIt()
    {
        Shown shown;
        std::vector<bool> kept(shown.subject->lanes.rows.size());
        kept[LostNode] = true;
        shown.rows.setKept(kept);
        shown.model.setSubject(shown.subject, shown.rows);
        QCOMPARE(shown.model.rowCount(shown.model.index(0, 0)), 1);
        QVERIFY(!shown.model.indexOf(SearchNode).isValid());
        QCOMPARE(shown.model.indexOf(LostNode).row(), 0);
        shown.model.setSubject(nullptr, CallRows());
        QCOMPARE(shown.model.rowCount(), 0);
    }

    void matchesAreToldBySpan()
    {
        Shown shown;
        const Row row = shown.subject->node(SearchNode).row;
        shown.model.setMatches(std::make_shared<const std::vector<Row>>(std::vector<Row>{row}));
        QVERIFY(shown.model.indexOf(SearchNode).data(CallTreeModel::MatchRole).toBool());
        QVERIFY(!shown.model.indexOf(LateNode).data(CallTreeModel::MatchRole).toBool());
    }

    void tooltipsAreNoMarkup()
    {
        Shown shown;
        shown.subject->tree.calls[0].tool = "<img src=x>";
        const QString tip = shown.model.indexOf(SearchNode).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(QStringLiteral("&lt;img")) && !tip.contains(QStringLiteral("<img")), qPrintable(tip));
    }
};

QTEST_GUILESS_MAIN(TestCallTreeModel)
#include "tst_calltreemodel.moc"
