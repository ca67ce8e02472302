// layers: items core analysis
#include "ttftmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace arcscope;

class TestTtftModel : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSlowerIsListed()
    {
        TtftComparison slower;
        slower.before = "m-001";
        slower.after = "m-002";
        slower.cohort = "m, input not counted";
        slower.baseline.resize(1'000);
        slower.current.resize(40);
        slower.baselineMedian = 0.4;
        slower.currentMedian = 0.8;
        slower.ratio = 2;
        slower.ratioLow = 1.5;
        slower.ratioHigh = 12;
        slower.adjusted = 0.00001;
        slower.verdict = TtftVerdict::Slower;
        TtftComparison same = slower;
        same.verdict = TtftVerdict::NoEvidence;
        const TtftComparison few;

        TtftModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.summary(), "");
        const auto all = std::vector<TtftComparison>{same, slower, few};
        model.setComparisons(std::make_shared<const std::vector<TtftComparison>>(all));
        QCOMPARE(model.rowCount(), 1);
        const auto cell = [&](int column) { return model.index(0, column).data().toString(); };
        QCOMPARE(cell(TtftModel::WhatColumn), "m-002 after m-001");
        QCOMPARE(cell(TtftModel::RatioColumn), QString::fromUtf8("2.00× (1.50× to 12.0×)"));
        QCOMPARE(cell(TtftModel::MedianColumn), QString::fromUtf8("400 ms → 800 ms"));
        QCOMPARE(cell(TtftModel::StreamsColumn), "1,000, 40");
        QCOMPARE(cell(TtftModel::CohortColumn), "m, input not counted");
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("p below 0.0001")));
        QCOMPARE(model.comparison(0).current.size(), std::size_t(40));
        QCOMPARE(model.summary(),
                 "first tokens come later than before in 1 case (2 comparisons of versions of models and "
                 "prompts, and of hours; 1 more with too few streams)");
        model.setComparisons(std::make_shared<const std::vector<TtftComparison>>(1, same));
        QVERIFY(model.summary().startsWith(QStringLiteral("no first token is seen")));
        model.setComparisons(std::make_shared<const std::vector<TtftComparison>>(1, few));
        QVERIFY(model.summary().startsWith(QStringLiteral("too few streams")));
        model.setComparisons(std::make_shared<const std::vector<TtftComparison>>());
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.summary(), "");
        model.setComparisons(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_APPLESS_MAIN(TestTtftModel)
#include "tst_ttftmodel.moc"
