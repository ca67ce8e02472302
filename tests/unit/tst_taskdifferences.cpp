// layers: analysis
#include "pairedtotals.h"
#include "taskdifferences.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace arcscope;

class TestTaskDifferences : public QObject
{
    Q_OBJECT

private slots:
    /// Fisher, The Design of Experiments, 21: Darwin's maize. 863 of 32,768 arrangements are as large on one side.
    void darwin()
    {
        constexpr std::array<double, 15> eighths{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
        const SignFlipTest test = signFlipTest(eighths);
        QVERIFY(test.exact);
        QCOMPARE(test.differing, std::uint64_t{15});
        QCOMPARE(test.p, 2 * 863.0 / 32'768);
    }

    /// Tasks without a difference say nothing; drawn signs come near to what all of them give.
    void zerosAndDraws()
    {
        QCOMPARE(signFlipTest(std::vector<double>(30, 0.0)).p, 1.0);
        std::vector<double> differences(40, 0.0);
        for (std::size_t i = 0; i < 5; ++i)
            differences[i] = 0.25;
        QCOMPARE(signFlipTest(differences).p, 2.0 / 32);
        std::vector<double> more;
        for (int i = 1; i <= 17; ++i) // all but one of a size, so that the chance is known
            more.push_back(i <= 13 ? 1 : -1);
        // 4 or fewer of 17 on one side: 2 * (1 + 17 + 136 + 680 + 2380) / 2^17
        const SignFlipTest drawn = signFlipTest(more);
        QVERIFY(!drawn.exact);
        QVERIFY(std::abs(drawn.p - 2.0 * 3'214 / 131'072) < 0.007);
        QCOMPARE(signFlipTest(more).p, drawn.p);
    }

    void manyTasks()
    {
        std::vector<double> differences;
        for (int i = 0; i < 100'000; ++i)
            differences.push_back(i % 7 == 0 ? 0.5 : (i % 11 == 0 ? -0.5 : 0.0));
        QVERIFY(signFlipTest(differences).p < 0.001);
        const std::optional<MeanDifference> mean = meanDifference(differences);
        QVERIFY(mean && mean->interval);
        QVERIFY(mean->interval->contains(mean->value));
        QVERIFY(mean->interval->high - mean->interval->low < 0.01);
        QVERIFY(mean->interval->low > 0);
    }

    void mean()
    {
        QVERIFY(!meanDifference({}));
        QVERIFY(!meanDifference(std::vector<double>(9, 1.0))->interval);
        std::vector<double> differences(10, 0.0);
        for (std::size_t i = 0; i < 4; ++i)
            differences[i] = 1;
        QVERIFY(!meanDifference(differences)->interval); // too few of them differ
        differences[4] = 1;
        const std::optional<MeanDifference> found = meanDifference(differences);
        QCOMPARE(found->value, 0.5);
        QVERIFY(found->interval && found->interval->low > 0 && found->interval->high < 1);
        QCOMPARE(*meanDifference(differences), *found);
        std::vector<double> back;
        for (const double difference : differences)
            back.push_back(-difference);
        QVERIFY(std::abs(meanDifference(back)->interval->low + found->interval->high) < 0.02);
    }

    void totals()
    {
        std::vector<double> base;
        std::vector<double> candidate;
        for (int i = 1; i <= 20; ++i) {
            base.push_back(i);
            candidate.push_back(i % 2 == 0 ? 2.0 * i : i);
        }
        const std::optional<TotalRatio> total = totalRatio(base, candidate);
        QVERIFY(total && total->interval);
        QCOMPARE(total->base, 210.0);
        QCOMPARE(total->candidate, 320.0);
        QCOMPARE(total->ratio, 320.0 / 210);
        QVERIFY(total->interval->low > 1 && total->interval->high < 2.2);
        const std::optional<TotalRatio> same = totalRatio(base, base);
        QVERIFY(same && !same->interval);
        QVERIFY(!totalRatio(base, std::vector<double>(20, 0.0)));
        QVERIFY(!totalRatio({}, {}));
    }
};

QTEST_APPLESS_MAIN(TestTaskDifferences)
#include "tst_taskdifferences.moc"
