// layers: analysis
#include "superiority.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace arcscope;

class TestSuperiority : public QObject
{
    Q_OBJECT

private slots:
    /// 1 2 3 4 against 3 4 5: of 12 pairs 9 are won, 2 are ties: 10 / 12.
    void pairsWon()
    {
        const std::array<double, 4> first{1, 2, 3, 4};
        const std::array<double, 3> second{3, 4, 5};
        const Superiority found = superiorityOf(first, second);
        QVERIFY(std::abs(found.delta.value - (2 * 10.0 / 12 - 1)) < 1e-12);
        QVERIFY(found.delta.interval.low < found.delta.value && found.delta.value < found.delta.interval.high);
        const Superiority back = superiorityOf(second, first);
        QVERIFY(std::abs(found.delta.interval.low + back.delta.interval.high) < 1e-9);
        QCOMPARE(found.p, back.p);
    }

    void allOfOneValue()
    {
        const std::array<double, 30> same{};
        const Superiority found = superiorityOf(same, same);
        QCOMPARE(found.delta.value, 0.0);
        QVERIFY(found.delta.interval.contains(0));
        QCOMPARE(found.p, 1.0);
    }

    /// Where one sample lies wholly above the interval still has a width.
    void apart()
    {
        std::array<double, 10> low{};
        std::array<double, 10> high{};
        for (std::size_t i = 0; i < 10; ++i) {
            low[i] = static_cast<double>(i);
            high[i] = static_cast<double>(100 + i);
        }
        const Superiority found = superiorityOf(low, high);
        QCOMPARE(found.delta.value, 1.0);
        QCOMPARE(found.delta.interval.high, 1.0);
        QVERIFY(found.delta.interval.low > 0.4 && found.delta.interval.low < 0.9);
    }
};

QTEST_APPLESS_MAIN(TestSuperiority)
#include "tst_superiority.moc"
