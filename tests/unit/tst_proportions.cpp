// layers: analysis
#include "proportions.h"

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

class TestProportions : public QObject
{
    Q_OBJECT

private slots:
    /// Newcombe 1998, Statistics in Medicine 17, pp. 857-872, Table I, method 3.
    void wilson_data()
    {
        QTest::addColumn<int>("of");
        QTest::addColumn<int>("all");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
        QTest::newRow("0 of 20") << 0 << 20 << 0.0 << 0.1611;
        QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
    }
    void wilson()
    {
        QFETCH(const int, of);
        QFETCH(const int, all);
        QFETCH(const double, low);
        QFETCH(const double, high);
        const Interval interval = wilsonInterval({std::uint64_t(of), std::uint64_t(all)});
        QVERIFY(near(interval.low, low));
        QVERIFY(near(interval.high, high));
    }

    void wilsonAtTheEnds()
    {
        QCOMPARE(wilsonInterval({0, 0}), (Interval{0, 1}));
        QCOMPARE(wilsonInterval({0, 7}).low, 0.0);
        QCOMPARE(wilsonInterval({7, 7}).high, 1.0);
        const Interval million = wilsonInterval({500'000, 1'000'000});
        QVERIFY(near(million.low, 0.49902, 1e-6));
        QVERIFY(near(million.high, 0.50098, 1e-6));
    }

    /// Newcombe 1998, Statistics in Medicine 17, pp. 873-890, Table II, method 10. Ours is the second less the first.
    void newcombe_data()
    {
        QTest::addColumn<QList<int>>("counts");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("a") << QList<int>{48, 80, 56, 70} << 0.0524 << 0.3339;
        QTest::newRow("b") << QList<int>{3, 10, 9, 10} << 0.1705 << 0.8090;
        QTest::newRow("c") << QList<int>{2, 7, 6, 7} << 0.0582 << 0.8062;
        QTest::newRow("d") << QList<int>{0, 29, 5, 56} << -0.0381 << 0.1926;
        QTest::newRow("e") << QList<int>{0, 20, 0, 10} << -0.1611 << 0.2775;
        QTest::newRow("f") << QList<int>{0, 10, 0, 10} << -0.2775 << 0.2775;
        QTest::newRow("g") << QList<int>{0, 20, 10, 10} << 0.6791 << 1.0;
        QTest::newRow("h") << QList<int>{0, 10, 10, 10} << 0.6075 << 1.0;
    }
    void newcombe()
    {
        QFETCH(const QList<int>, counts);
        QFETCH(const double, low);
        QFETCH(const double, high);
        const auto at = [&](int i) { return std::uint64_t(counts[i]); };
        const Estimate difference = rateDifference({at(0), at(1)}, {at(2), at(3)});
        QVERIFY2(near(difference.interval.low, low), qPrintable(QString::number(difference.interval.low)));
        QVERIFY2(near(difference.interval.high, high), qPrintable(QString::number(difference.interval.high)));
        QVERIFY(near(difference.value, counts[2] / double(counts[3]) - counts[0] / double(counts[1])));
    }

    /// Fisher's tea: 3 of 4 cups each way; and a table worked out by hand.
    void chanceOfADifference()
    {
        QVERIFY(near(differenceChance({3, 4}, {1, 4}), 34.0 / 70));
        QVERIFY(near(differenceChance({0, 5}, {5, 5}), 2.0 / 252));
        // 30 of 100 against 50 of 100: chi-square 8.3333 of one degree of freedom.
        QVERIFY(near(differenceChance({30, 100}, {50, 100}), 0.0038924, 1e-6));
        QCOMPARE(differenceChance({0, 0}, {5, 5}), 1.0);
        QCOMPARE(differenceChance({3, 3}, {5, 5}), 1.0);
        QCOMPARE(differenceChance({0, 3}, {0, 5}), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestProportions)
#include "tst_proportions.moc"
