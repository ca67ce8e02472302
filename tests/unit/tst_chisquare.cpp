// layers: analysis
#include "chisquare.h"
#include "tails.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace arcscope;

class TestChiSquare : public QObject
{
    Q_OBJECT

private slots:
    /// Points that every table of the distribution has.
    void tails()
    {
        QVERIFY(std::abs(chiSquareAbove(3.841458821, 1) - 0.05) < 1e-9);
        QVERIFY(std::abs(chiSquareAbove(18.30703805, 10) - 0.05) < 1e-9);
        QVERIFY(std::abs(chiSquareAbove(124.3421134, 100) - 0.05) < 1e-8);
        QVERIFY(std::abs(chiSquareAbove(2.0, 2) - std::exp(-1.0)) < 1e-12);
        QVERIFY(std::abs(chiSquareAbove(700, 2) / std::exp(-350.0) - 1) < 1e-9);
        QCOMPARE(chiSquareAbove(0, 5), 1.0);
        QVERIFY(std::abs(normalPoint(0.025) - 1.959963985) < 1e-9);
        QVERIFY(std::abs(normalPointOf(0.9) - 1.644853627) < 1e-9);
    }

    /// 10 20 30 against 20 20 20: (25 + 25) / 15 + 0 + (25 + 25) / 25 = 5.333.
    void spread()
    {
        const std::array<CategoryCounts, 3> counts{{{10, 20}, {20, 20}, {30, 20}}};
        const SpreadTest test = spreadTest(counts);
        QVERIFY(std::abs(test.statistic - 16.0 / 3) < 1e-12);
        QCOMPARE(test.freedom, 2);
        QVERIFY(std::abs(test.p - std::exp(-8.0 / 3)) < 1e-12);
        QVERIFY(std::abs(test.distance - 1.0 / 6) < 1e-12);
    }

    void rareOnesAreTestedAsOne()
    {
        // A thousand values that occur once, half of them in each sample, beside one that is common.
        std::vector<CategoryCounts> counts{{500, 500}};
        for (int i = 0; i < 500; ++i) {
            counts.push_back({1, 0});
            counts.push_back({0, 1});
        }
        const SpreadTest test = spreadTest(counts);
        QCOMPARE(test.freedom, 1);
        QCOMPARE(test.p, 1.0);
    }

    void tooFew()
    {
        QVERIFY(!spreadTest({}).told());
        const std::array<CategoryCounts, 2> one{{{40, 50}, {0, 0}}};
        QVERIFY(!spreadTest(one).told());
        const std::array<CategoryCounts, 2> empty{{{40, 0}, {20, 0}}};
        QVERIFY(!spreadTest(empty).told());
        const std::array<CategoryCounts, 2> small{{{2, 3}, {3, 1}}};
        QVERIFY(!spreadTest(small).told());
    }
};

QTEST_APPLESS_MAIN(TestChiSquare)
#include "tst_chisquare.moc"
