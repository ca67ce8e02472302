// layers: analysis
#include "pairedoutcomes.h"

#include <QTest>

#include <cmath>

using namespace arcscope;

namespace
{

bool near(double a, double b, double off = 5e-5)
{
    return std::abs(a - b) <= off;
}

} // namespace

class TestPairedOutcomes : public QObject
{
    Q_OBJECT

private slots:
    /// Fagerland, Lydersen and Laake 2013, Table 2 (airway hyper-responsiveness: 7 against 1 of 21): exact 0.070,
    /// mid-p 0.039.
    void midP()
    {
        const McNemarTest test = mcNemar({1, 7, 1, 12});
        QVERIFY(test.midP);
        QVERIFY(near(test.p, 0.0390625));
    }

    void exactForFewTasks()
    {
        const McNemarTest test = mcNemar({1, 7, 1, 11});
        QVERIFY(!test.midP);
        QVERIFY(near(test.p, 0.0703125));
    }

    /// 3 gains, 39 regressions of 215: 3.02e-9 by summing the binomial.
    void manyChanges()
    {
        QVERIFY(std::abs(mcNemar({100, 3, 39, 73}).p / 3.0213413992896676e-9 - 1) < 1e-9);
        QVERIFY(mcNemar({0, 20'000, 30'000, 50'000}).p < 1e-300);
    }

    void nothingToTell()
    {
        QCOMPARE(mcNemar({40, 0, 0, 60}).p, 1.0);
        QCOMPARE(mcNemar({1, 4, 4, 1}).p, 1.0);
        QVERIFY(near(mcNemar({20, 4, 4, 20}).p, 1 - 70.0 / 256 / 2));
        QCOMPARE(mcNemar({20, 4, 9, 20}).p, mcNemar({20, 9, 4, 20}).p);
    }

    /// Newcombe 1998, Statistics in Medicine 17, pp. 2635-2650, Table III, method 10.
    void difference_data()
    {
        QTest::addColumn<QList<int>>("counts");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("36 12 2 0") << QList<int>{36, 12, 2, 0} << 0.0569 << 0.3404;
        QTest::newRow("20 12 2 16") << QList<int>{20, 12, 2, 16} << 0.0562 << 0.3292;
        QTest::newRow("36 14 0 0") << QList<int>{36, 14, 0, 0} << 0.1528 << 0.4167;
    }
    void difference()
    {
        QFETCH(const QList<int>, counts);
        QFETCH(const double, low);
        QFETCH(const double, high);
        const auto at = [&](int i) { return std::uint64_t(counts[i]); };
        const Estimate difference = pairedRateDifference({at(0), at(1), at(2), at(3)});
        QVERIFY2(near(difference.interval.low, low), qPrintable(QString::number(difference.interval.low)));
        QVERIFY2(near(difference.interval.high, high), qPrintable(QString::number(difference.interval.high)));
        const Estimate back = pairedRateDifference({at(0), at(2), at(1), at(3)});
        QVERIFY(near(back.interval.low, -difference.interval.high, 1e-12));
    }

    void odds()
    {
        QVERIFY(!gainOdds({5, 0, 0, 5}));
        const std::optional<Estimate> some = gainOdds({5, 6, 3, 5});
        QVERIFY(some);
        QCOMPARE(some->value, 2.0);
        QVERIFY(some->interval.low < 1 && some->interval.high > 5);
        const std::optional<Estimate> only = gainOdds({5, 4, 0, 5});
        QVERIFY(std::isinf(only->value));
        QVERIFY(only->interval.low > 0.9 && only->interval.low < 1.1);
    }
};

QTEST_APPLESS_MAIN(TestPairedOutcomes)
#include "tst_pairedoutcomes.moc"
