// layers: items core analysis
#include "stoplistmodel.h"
#include "stopscript.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStopListModel : public QObject
{
    Q_OBJECT

private slots:
    void callsAreListedWithWhatTheySaidLast()
    {
        const StopsPtr stops = fiveCalls();
        const Corpus& corpus = *stops->corpus;
        StopListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.setStops(
            stops, stops->corpus,
            {{rowNamed(corpus, "b"), StopExemplar::Why::Longest}, {rowNamed(corpus, "e"), StopExemplar::Why::None}});
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(cell(0, StopListModel::WhyColumn), "longest");
        QCOMPARE(cell(0, StopListModel::StopColumn), QString::fromUtf8("end_turn ≠ silent truncation"));
        QCOMPARE(cell(0, StopListModel::RuleColumn), "open_code");
        QCOMPARE(cell(0, StopListModel::ModelColumn), "m-1");
        QCOMPARE(cell(0, StopListModel::TokensColumn), "90");
        QCOMPARE(cell(1, StopListModel::TokensColumn), QString::fromUtf8("–"));
        QCOMPARE(cell(0, StopListModel::EndColumn), "");
        QVERIFY(!model.readingOf(0));
        StopReading reading;
        reading.row = rowNamed(corpus, "b");
        reading.end.text = QStringLiteral("code:\n```");
        reading.end.cutBefore = true;
        StopReading none;
        none.row = rowNamed(corpus, "e");
        none.problem = QStringLiteral("nothing there");
        model.addReadings({reading, none});
        QVERIFY(cell(0, StopListModel::EndColumn).startsWith(QString::fromUtf8("…code:")));
        QVERIFY(!cell(0, StopListModel::EndColumn).contains(QLatin1Char('\n')));
        QCOMPARE(cell(1, StopListModel::EndColumn), "nothing there");
        QCOMPARE(model.index(0, StopListModel::StopColumn).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("stop reason end_turn, but it was silent truncation"));
        QCOMPARE(model.rowOf(1), rowNamed(corpus, "e"));
    }
};

QTEST_GUILESS_MAIN(TestStopListModel)
#include "tst_stoplistmodel.moc"
