// layers: analysis
#include "bootstrap.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace arcscope;

namespace
{

RatioSample meanOf(std::initializer_list<double> values)
{
    RatioSample sample;
    for (const double value : values)
        sample.add(value, 1);
    return sample;
}

} // namespace

class TestBootstrap : public QObject
{
    Q_OBJECT

private slots:
    void tooFew()
    {
        QVERIFY(!ratioOf(RatioSample{}));
        RatioSample unresolved;
        for (int i = 0; i < 50; ++i)
            unresolved.add(10, 0);
        QVERIFY(!ratioOf(unresolved)); // nothing was resolved: no cost for each, rather than 0
        const std::optional<RatioEstimate> nine = ratioOf(meanOf({1, 2, 3, 4, 5, 6, 7, 8, 9}));
        QVERIFY(nine.has_value());
        QCOMPARE(nine->value, 5.0);
        QVERIFY(!nine->interval);
    }

    void costOfUnresolvedUnitsCounts()
    {
        RatioSample sample;
        for (int i = 0; i < 30; ++i)
            sample.add(i % 2 == 0 ? 4 : 2, i % 3 == 0 ? 1 : 0);
        const std::optional<RatioEstimate> ratio = ratioOf(sample);
        QCOMPARE(ratio->value, 9.0); // 90 / 10
        QVERIFY(ratio->interval && ratio->interval->low < 9 && ratio->interval->high > 9);
    }

    void oneValueOnly()
    {
        RatioSample same;
        for (int i = 0; i < 2'000; ++i)
            same.add(0.3, 1);
        const std::optional<RatioEstimate> ratio = ratioOf(same);
        QVERIFY(std::abs(ratio->value - 0.3) < 1e-9);
        QVERIFY(ratio->interval && std::abs(ratio->interval->low - 0.3) < 1e-6 &&
                std::abs(ratio->interval->high - 0.3) < 1e-6);
        RatioSample free;
        for (int i = 0; i < 20; ++i)
            free.add(0, 1);
        QCOMPARE(ratioOf(free)->interval, (Interval{0, 0}));
    }

    void sameDataSameInterval()
    {
        const auto made = [] {
            RatioSample sample;
            std::minstd_rand random(3);
            for (int i = 0; i < 5'000; ++i)
                sample.add(static_cast<double>(random() % 1'000), 1);
            return ratioOf(sample);
        };
        QCOMPARE(made(), made());
    }

    /// For a mean of values that are not skewed it is Student's interval.
    void nearStudent()
    {
        std::mt19937 random(5);
        for (const int n : {30, 400, 20'000}) {
            RatioSample sample;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; ++i) {
                const double value = 1'000 + static_cast<double>(random() % 201);
                sample.add(value, 1);
                sum += value;
                squares += (value - 1'100) * (value - 1'100);
            }
            const double half = 1.96 * std::sqrt(squares / n) / std::sqrt(n);
            const std::optional<RatioEstimate> mean = ratioOf(sample);
            QVERIFY(std::abs(mean->value - sum / n) < 1e-9 * sum);
            QVERIFY2(std::abs(mean->value - mean->interval->low - half) < 0.2 * half, qPrintable(QString::number(n)));
            QVERIFY2(std::abs(mean->interval->high - mean->value - half) < 0.2 * half, qPrintable(QString::number(n)));
        }
    }

    void change()
    {
        RatioSample before;
        RatioSample after;
        std::minstd_rand random(7);
        for (int i = 0; i < 300; ++i) {
            const double cost = 50 + static_cast<double>(random() % 100);
            before.add(cost, i % 2);
            after.add(cost * 2, i % 2);
        }
        const std::optional<RatioEstimate> twice = ratioChange(before, after);
        QVERIFY(std::abs(twice->value - 2) < 1e-9);
        QVERIFY(twice->interval->low > 1.5 && twice->interval->low < 2);
        QVERIFY(twice->interval->high < 2.7 && twice->interval->high > 2);
        const std::optional<RatioEstimate> same = ratioChange(before, before);
        QVERIFY(same->interval->contains(1));
        QVERIFY(!ratioChange(before, RatioSample{}));
        RatioSample free;
        for (int i = 0; i < 20; ++i)
            free.add(0, 1);
        QVERIFY(!ratioChange(free, before)); // nothing is how many times nothing?
    }
};

QTEST_APPLESS_MAIN(TestBootstrap)
#include "tst_bootstrap.moc"
