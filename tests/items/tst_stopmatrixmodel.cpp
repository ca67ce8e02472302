// layers: items core analysis
#include "stopmatrixmodel.h"
#include "stopscript.h"
#include "tabletext.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Made {
    StopsPtr stops = fiveCalls();
    StopMatrixModel model{StopMatrixModel::Lines::Words};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    void show(const RowsPtr& rows = nullptr) { model.setOverview(stopOverview(stops, SpanText::ModelServed, rows)); }
    QString cell(int row, int column) const { return model.index(row, column).data().toString(); }
    int column(StopBucket bucket) const { return model.columnOf(bucket); }
};

} // namespace

class TestStopMatrixModel : public QObject
{
    Q_OBJECT

private slots:
    void countsStandBesideShares()
    {
        Made made;
        QCOMPARE(made.model.rowCount(), 0);
        made.show();
        QCOMPARE(made.model.rowCount(), 5);
        QCOMPARE(made.model.columnCount(), int(StopMatrixModel::FirstBucket) + 5);
        QCOMPARE(made.cell(0, StopMatrixModel::NameColumn), "All calls");
        QCOMPARE(made.cell(0, StopMatrixModel::CallsColumn), "5");
        QCOMPARE(made.cell(0, StopMatrixModel::DisagreeColumn), QString::fromUtf8("≠ 2  40 %"));
        QCOMPARE(made.cell(1, StopMatrixModel::NameColumn), "end_turn");
        QCOMPARE(made.cell(1, made.column(StopBucket::SilentTruncation)), QString::fromUtf8("≠ 1  50 %"));
        QCOMPARE(made.cell(1, made.column(StopBucket::Complete)), "1  50 %");
        QCOMPARE(made.cell(1, made.column(StopBucket::Handoff)), "");
        QCOMPARE(made.cell(2, StopMatrixModel::NameColumn), "eager_stop  (review)");
        QCOMPARE(made.cell(3, StopMatrixModel::NameColumn), "not recorded");
        // What disagrees stands in front of what does not.
        QVERIFY(made.column(StopBucket::SilentTruncation) < made.column(StopBucket::Complete));
        QVERIFY(made.column(StopBucket::Declined) < made.column(StopBucket::Handoff));
        QCOMPARE(made.column(StopBucket::DegenerateLoop), -1);
    }

    void aFilterShowsBothShares()
    {
        Made made;
        const Corpus& corpus = *made.stops->corpus;
        made.show(
            std::make_shared<const std::vector<Row>>(std::vector<Row>{rowNamed(corpus, "a"), rowNamed(corpus, "b")}));
        QCOMPARE(made.cell(0, StopMatrixModel::NameColumn), "All that the filter leaves");
        QCOMPARE(made.cell(0, StopMatrixModel::CallsColumn), "2 of 5");
        QCOMPARE(made.cell(0, made.column(StopBucket::Complete)), "1  50 % / 20 %");
        QCOMPARE(made.cell(0, made.column(StopBucket::Handoff)), "0  0 % / 20 %");
        QVERIFY(
            made.model.index(0, made.column(StopBucket::Handoff)).data(Qt::ToolTipRole).toString().contains("1 of 5"));
    }

    void everyCellHasItsSpans()
    {
        Made made;
        made.show();
        const Corpus& corpus = *made.stops->corpus;
        const auto rows = [&](int row, int column) { return made.model.rowsOf(made.model.index(row, column)); };
        QCOMPARE(rows(1, made.column(StopBucket::SilentTruncation)), std::vector<Row>{rowNamed(corpus, "b")});
        QCOMPARE(rows(0, StopMatrixModel::CallsColumn).size(), std::size_t(5));
        QCOMPARE(rows(0, StopMatrixModel::DisagreeColumn),
                 (std::vector<Row>{rowNamed(corpus, "b"), rowNamed(corpus, "d")}));
        QVERIFY(made.model.rowsOf({}).empty());
        QCOMPARE(made.model.textOf(made.model.index(1, made.column(StopBucket::SilentTruncation))),
                 QStringLiteral("end_turn, silent truncation: 1 of 2 calls (50 %)"));
        QCOMPARE(made.model.filterOf(made.model.index(1, StopMatrixModel::CallsColumn)),
                 QStringLiteral("kind:model stop=\"end_turn\""));
        QCOMPARE(made.model.filterOf(made.model.index(0, 0)), QStringLiteral("kind:model"));
        QCOMPARE(made.model.filterOf(made.model.index(0, StopMatrixModel::DisagreeColumn)),
                 QStringLiteral("span=\"b\" or span=\"d\""));
        QVERIFY(made.model.filterOf(made.model.index(1, made.column(StopBucket::Handoff))).isEmpty());
        QCOMPARE(made.model.rowOf("eager_stop"), 2);
        QCOMPARE(made.model.rowOf("none"), -1);
    }

    void itIsCopiedAsText()
    {
        Made made;
        made.show();
        const QStringList lines = tableTsv(made.model).split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 7); // header, five rows, the end
        QVERIFY(lines[0].startsWith(QStringLiteral("Vendor's word\tCalls\tDisagree\t")));
        QVERIFY(lines[0].contains(QString::fromUtf8("… silent truncation")));
        QCOMPARE(lines[1].count(QLatin1Char('\t')), made.model.columnCount() - 1);
    }
};

QTEST_GUILESS_MAIN(TestStopMatrixModel)
#include "tst_stopmatrixmodel.moc"
