// layers: analysis
#include "quantileinterval.h"

#include <QTest>

#include <numeric>
#include <vector>

using namespace arcscope;

namespace
{

/// n, n - 1, … 1: a value is its own rank.
std::vector<std::int64_t> ranksTo(int n)
{
    std::vector<std::int64_t> values(static_cast<std::size_t>(n));
    std::iota(values.rbegin(), values.rend(), 1);
    return values;
}

} // namespace

class TestQuantileInterval : public QObject
{
    Q_OBJECT

private slots:
    /// Ranks of the 95 % interval of a median, as tables of the sign test have them.
    void median_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("low");
        QTest::addColumn<int>("high");
        QTest::newRow("6") << 6 << 3 << 1 << 6;
        QTest::newRow("10") << 10 << 5 << 2 << 9;
        QTest::newRow("20") << 20 << 10 << 6 << 15;
        QTest::newRow("50") << 50 << 25 << 18 << 33;
        QTest::newRow("100") << 100 << 50 << 40 << 61;
    }
    void median()
    {
        QFETCH(const int, n);
        QFETCH(const int, value);
        QFETCH(const int, low);
        QFETCH(const int, high);
        std::vector<std::int64_t> values = ranksTo(n);
        const QuantileEstimate median = quantileOf(values, 0.5);
        QVERIFY(median.bounded);
        QCOMPARE(median.count, std::uint64_t(n));
        QCOMPARE(median.value, value);
        QCOMPARE(median.low, low);
        QCOMPARE(median.high, high);
    }

    void tooFewToBound()
    {
        std::vector<std::int64_t> five = ranksTo(5);
        const QuantileEstimate median = quantileOf(five, 0.5);
        QVERIFY(!median.bounded);
        QCOMPARE(median.value, 3);
        std::vector<std::int64_t> twenty = ranksTo(20);
        const QuantileEstimate decile = quantileOf(twenty, 0.9);
        QVERIFY(!decile.bounded);
        QCOMPARE(decile.value, 18);
        QCOMPARE(quantileOf(std::span<std::int64_t>(), 0.5), QuantileEstimate{});
    }

    void oneValueOnly()
    {
        std::vector<std::int64_t> same(40, 7);
        const QuantileEstimate median = quantileOf(same, 0.5);
        QCOMPARE(median, (QuantileEstimate{40, 7, true, 7, 7}));
    }

    /// The approximation gives the ranks of the exact sum, or one more to the outside.
    void manyValues()
    {
        std::vector<std::int64_t> values = ranksTo(10'000);
        const QuantileEstimate median = quantileOf(values, 0.5);
        QCOMPARE(median.value, 5'000);
        QVERIFY(median.low >= 4'900 && median.low <= 4'902);
        QVERIFY(median.high >= 5'099 && median.high <= 5'101);
        const QuantileEstimate decile = quantileOf(values, 0.9);
        QCOMPARE(decile.value, 9'000);
        QVERIFY(decile.low >= 8'940 && decile.low <= 8'942);
        QVERIFY(decile.high >= 9'059 && decile.high <= 9'061);
    }
};

QTEST_APPLESS_MAIN(TestQuantileInterval)
#include "tst_quantileinterval.moc"
