// layers: items core analysis
#include "lenstablemodel.h"
#include "madelens.h"

#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLensTableModel : public QObject
{
    Q_OBJECT

private slots:
    void cellsAreWrittenInTheirUnits()
    {
        LensTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setResult(std::make_shared<LensResult>(planResult()));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.headerData(2, Qt::Horizontal).toString(), QStringLiteral("Succeeded"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("free"));
        QVERIFY(model.index(0, 2).data().toString().contains(QStringLiteral("n 20")));
        QVERIFY(model.index(0, 3).data().toString().contains(QStringLiteral("USD")));
        QCOMPARE(model.index(2, 3).data().toString(), QString::fromUtf8("–"));
        QVERIFY(!model.index(2, 3).data(LensTableModel::SortRole).isValid());
        QCOMPARE(model.spansOf(1), std::vector<Row>{1});
        QVERIFY(model.lineText(0).startsWith(QStringLiteral("Plan free, Tasks 20")));
    }

    void numbersAreSortedAsNumbers()
    {
        LensResult result = planResult();
        result.table.rows[0].cells[1] = LensNumber{9};
        result.table.rows[1].cells[1] = LensNumber{100};
        result.table.rows[2].cells[1] = LensNumber{11};
        LensTableModel model;
        model.setResult(std::make_shared<LensResult>(std::move(result)));
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(LensTableModel::SortRole);
        sorted.sort(1);
        QCOMPARE(sorted.index(0, 0).data().toString(), QStringLiteral("free"));
        QCOMPARE(sorted.index(1, 0).data().toString(), QStringLiteral("team"));
        QCOMPARE(sorted.index(2, 0).data().toString(), QStringLiteral("pro"));
    }

    void textOfTracesIsMadeSafe()
    {
        LensResult result = planResult();
        result.table.rows[0].cells[0] = std::string("<b>a\nb</b>");
        LensTableModel model;
        model.setResult(std::make_shared<LensResult>(std::move(result)));
        QVERIFY(!model.index(0, 0).data().toString().contains(QLatin1Char('\n')));
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
    }
};

QTEST_GUILESS_MAIN(TestLensTableModel)
#include "tst_lenstablemodel.moc"
