// layers: analysis
#include "ranktest.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace arcscope;

namespace
{

using Sample = std::vector<double>;

/// Hollander and Wolfe, Nonparametric Statistical Methods: permeability of the human chorioamnion at term and at 12 to
/// 26 weeks.
const Sample term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
const Sample weeks{1.15, 0.88, 0.90, 0.74, 1.21};

double pairsWon(const Sample& first, const Sample& second)
{
    double won = 0;
    for (const double a : first) {
        for (const double b : second)
            won += b > a ? 1 : (b < a ? 0 : 0.5);
    }
    return won;
}

/// The chance by going through all ways to choose the second sample.
double chanceOf(const Sample& first, const Sample& second, Alternative alternative)
{
    Sample all = first;
    all.insert(all.end(), second.begin(), second.end());
    const double middle = static_cast<double>(first.size() * second.size()) / 2;
    const double seen = pairsWon(first, second);
    std::vector<bool> isSecond(all.size(), false);
    std::fill(isSecond.end() - static_cast<std::ptrdiff_t>(second.size()), isSecond.end(), true);
    double extreme = 0;
    double ways = 0;
    do {
        Sample a;
        Sample b;
        for (std::size_t i = 0; i < all.size(); ++i)
            (isSecond[i] ? b : a).push_back(all[i]);
        const double won = pairsWon(a, b);
        extreme +=
            alternative == Alternative::Greater ? won >= seen : std::abs(won - middle) >= std::abs(seen - middle);
        ++ways;
    } while (std::next_permutation(isSecond.begin(), isSecond.end()));
    return extreme / ways;
}

Sample differences(const Sample& first, const Sample& second)
{
    Sample all;
    for (const double a : first) {
        for (const double b : second)
            all.push_back(b - a);
    }
    std::sort(all.begin(), all.end());
    return all;
}

bool near(double a, double b, double by = 1e-9)
{
    return std::abs(a - b) <= by;
}

} // namespace

class TestRankTest : public QObject
{
    Q_OBJECT

private slots:
    void aTextbookCase()
    {
        const RankTest test = mannWhitney(weeks, term, Alternative::Greater);
        QVERIFY(test.exact);
        QCOMPARE(test.u, 35.0);
        QVERIFY2(near(test.p, 0.1272, 5e-5), qPrintable(QString::number(test.p)));
        const Shift shift = hodgesLehmann(weeks, term);
        QVERIFY2(near(shift.estimate, 0.305), qPrintable(QString::number(shift.estimate)));
        QVERIFY2(near(shift.low, -0.15) && near(shift.high, 0.76),
                 qPrintable(QStringLiteral("%1 %2").arg(shift.low).arg(shift.high)));
    }

    /// Ages at the diagnosis of diabetes of 5 men and 4 women, an example that statistics packages document.
    void smallSamplesAreExact()
    {
        const Sample men{19, 22, 16, 29, 24};
        const Sample women{20, 11, 17, 12};
        const RankTest test = mannWhitney(women, men, Alternative::TwoSided);
        QVERIFY(test.exact);
        QCOMPARE(test.u, 17.0);
        QVERIFY(near(test.p, 1.0 / 9));
        QVERIFY(near(mannWhitney(men, women, Alternative::TwoSided).p, test.p));
        QVERIFY(near(mannWhitney(women, men, Alternative::Greater).p, 1.0 / 18));
        QVERIFY(mannWhitney(men, women, Alternative::Greater).p > 0.9);
    }

    void exactIsWhatCountingGives()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 40; ++round) {
            Sample values(11);
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] = static_cast<double>(i) * 1.5;
            std::shuffle(values.begin(), values.end(), random);
            const auto cut = values.begin() + 3 + round % 6;
            const Sample first(values.begin(), cut);
            const Sample second(cut, values.end());
            for (const Alternative each : {Alternative::TwoSided, Alternative::Greater}) {
                const RankTest test = mannWhitney(first, second, each);
                QCOMPARE(test.u, pairsWon(first, second));
                QVERIFY(near(test.p, chanceOf(first, second, each)));
            }
        }
    }

    void tiesAreCorrectedFor()
    {
        const Sample first{1, 2, 2, 3, 3, 3, 4, 5};
        const Sample second{2, 3, 4, 4, 5, 5, 6, 6};
        const RankTest test = mannWhitney(first, second, Alternative::TwoSided);
        QVERIFY(!test.exact);
        QCOMPARE(test.u, pairsWon(first, second));
        // 16 values with groups of 3, 4, 3, 3, 2: sum of t^3 - t = 24 + 60 + 24 + 24 + 6 = 138.
        const double spread = std::sqrt(64.0 / 12 * (17 - 138.0 / 240));
        QVERIFY(near(test.p, std::erfc((test.u - 32 - 0.5) / spread / std::sqrt(2.0))));
        QVERIFY(near(test.p, chanceOf(first, second, Alternative::TwoSided), 0.01));
        const Sample same(30, 1.5);
        QCOMPARE(mannWhitney(same, same, Alternative::TwoSided).p, 1.0);
        QCOMPARE(mannWhitney(same, {}, Alternative::TwoSided).p, 1.0);
    }

    void largeSamplesAreCloseToExact()
    {
        Sample first;
        Sample second;
        for (int i = 0; i < 20; ++i) {
            first.push_back(i);
            second.push_back(i + 4.5);
        }
        const double exact = mannWhitney(first, second, Alternative::Greater).p;
        first.push_back(8.25);
        second.push_back(12.75);
        const RankTest large = mannWhitney(first, second, Alternative::Greater);
        QVERIFY(!large.exact);
        QVERIFY(std::abs(large.p - exact) < 0.01);
    }

    void shiftsAreDifferencesThatOccur()
    {
        std::mt19937 random(11);
        std::lognormal_distribution<double> values(0, 1);
        for (const auto& [m, n] : std::initializer_list<std::pair<int, int>>{{1, 1}, {2, 7}, {20, 20}, {30, 55}}) {
            Sample first;
            Sample second;
            for (int i = 0; i < m; ++i)
                first.push_back(values(random) - 2);
            for (int i = 0; i < n; ++i)
                second.push_back(values(random));
            const Sample all = differences(first, second);
            const Shift shift = hodgesLehmann(first, second);
            const std::size_t half = all.size() / 2;
            QCOMPARE(shift.estimate, all.size() % 2 == 1 ? all[half] : (all[half - 1] + all[half]) / 2);
            const auto low = std::lower_bound(all.begin(), all.end(), shift.low) - all.begin();
            const auto high = std::lower_bound(all.begin(), all.end(), shift.high) - all.begin();
            QCOMPARE(all[static_cast<std::size_t>(low)], shift.low);
            QCOMPARE(low + high, static_cast<std::ptrdiff_t>(all.size()) - 1);
        }
        const Sample some{1, 2, 3};
        const Shift none = hodgesLehmann(some, some);
        QCOMPARE(none.estimate, 0.0);
    }

    /// Nothing is different: the interval misses 0 one time in twenty, the test fires below 0.05 as often.
    void noDifferenceIsRarelySeen()
    {
        std::mt19937 random(3);
        std::normal_distribution<double> values(0, 0.5);
        constexpr int rounds = 600;
        for (const int size : {12, 40}) {
            int fired = 0;
            int missed = 0;
            for (int round = 0; round < rounds; ++round) {
                Sample first(static_cast<std::size_t>(size));
                Sample second(static_cast<std::size_t>(size));
                for (double& value : first)
                    value = values(random);
                for (double& value : second)
                    value = values(random);
                fired += mannWhitney(first, second, Alternative::TwoSided).p < 0.05;
                const Shift shift = hodgesLehmann(first, second);
                missed += shift.low > 0 || shift.high < 0;
            }
            QVERIFY2(fired > rounds / 50 && fired < rounds * 8 / 100, qPrintable(QString::number(fired)));
            QVERIFY2(missed > rounds / 50 && missed < rounds * 8 / 100, qPrintable(QString::number(missed)));
        }
    }

    /// Benjamini and Hochberg 1995, example of section 3.2: with q = 0.05 the first four are kept.
    void manyTestsAreAdjusted()
    {
        const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
        const std::vector<double> adjusted = adjustedForMany(p);
        QCOMPARE(std::count_if(adjusted.begin(), adjusted.end(), [](double each) { return each <= 0.05; }), 4);
        QVERIFY(near(adjusted[0], 0.0015));
        QVERIFY(near(adjusted[3], 0.0095 * 15 / 4));
        QVERIFY(near(adjusted[5], 0.0298 * 15 / 7) && near(adjusted[6], adjusted[5]));
        QCOMPARE(adjusted[14], 1.0);
        QVERIFY(adjustedForMany({}).empty());
    }
};

QTEST_APPLESS_MAIN(TestRankTest)
#include "tst_ranktest.moc"
