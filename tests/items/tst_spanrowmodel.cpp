// layers: items core analysis
#include "assembledcorpus.h"
#include "spanrowmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestSpanRowModel : public QObject
{
    Q_OBJECT

private slots:
    void spansAreListedInTheOrderGiven()
    {
        const auto corpus = std::make_shared<Corpus>(corpusOf("t r - agent 0-9000\n"
                                                              "t a r model 0-10 requested=m-2 out=30\n"
                                                              "t b r tool -\n"));
        SpanRowModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSpans(corpus, {rowNamed(*corpus, "b"), rowNamed(*corpus, "a")});
        QCOMPARE(model.rowCount(), 2);
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(cell(0, SpanRowModel::NameColumn), QStringLiteral("b"));
        QCOMPARE(cell(0, SpanRowModel::ModelColumn), QString::fromUtf8("–"));
        QCOMPARE(cell(0, SpanRowModel::TimeColumn), QString::fromUtf8("–"));
        QCOMPARE(cell(1, SpanRowModel::KindColumn), QStringLiteral("Model call"));
        QCOMPARE(cell(1, SpanRowModel::ModelColumn), QStringLiteral("m-2"));
        QCOMPARE(cell(1, SpanRowModel::TokensColumn), QStringLiteral("30"));
        QCOMPARE(model.index(1, 0).data(SpanRowModel::RowRole).toUInt(), rowNamed(*corpus, "a"));
        model.setSpans(nullptr, {});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSpanRowModel)
#include "tst_spanrowmodel.moc"
