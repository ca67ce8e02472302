// layers: analysis
#include "signedrank.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace arcscope;

class TestSignedRank : public QObject
{
    Q_OBJECT

private slots:
    /// Hollander and Wolfe, Nonparametric Statistical Methods, Table 3.1: depression before and after a tranquilliser.
    /// V = 40 of 45: p = 0.039; -0.46, and -0.786 to -0.010.
    void depression()
    {
        constexpr std::array<double, 9> before{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
        constexpr std::array<double, 9> after{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
        std::vector<double> differences;
        for (std::size_t i = 0; i < before.size(); ++i)
            differences.push_back(after[i] - before[i]);
        const SignedRankTest test = signedRankTest(differences);
        QVERIFY(test.exact);
        QCOMPARE(test.p, 20.0 / 512);
        QCOMPARE(test.more, std::uint64_t{2});
        QVERIFY(std::abs(test.dominance() + 5.0 / 9) < 1e-12);
        const Shift shift = pairedShift(differences);
        QVERIFY(std::abs(shift.estimate + 0.46) < 1e-9);
        QVERIFY(std::abs(shift.low + 0.786) < 1e-9);
        QVERIFY(std::abs(shift.high + 0.010) < 1e-9);
    }

    /// Ties: 1 1 1 -1: the ranks are all 2.5; as large a sum has 10 of 16.
    void ties()
    {
        constexpr std::array<double, 6> differences{1, 1, 0, 1, -1, 0};
        const SignedRankTest test = signedRankTest(differences);
        QCOMPARE(test.p, 10.0 / 16);
        QCOMPARE(test.same, std::uint64_t{2});
    }

    /// One task more, and the normal approximation is used: p moves no more than by that task.
    void approximation()
    {
        const auto sample = [](int n) {
            std::vector<double> differences;
            for (int i = 1; i <= n; ++i)
                differences.push_back((i % 2 == 0 ? -1 : 1) * (i + 0.25) + 7.5);
            return differences;
        };
        const SignedRankTest first = signedRankTest(sample(48));
        const SignedRankTest exact = signedRankTest(sample(50));
        const SignedRankTest near = signedRankTest(sample(52));
        QVERIFY(exact.exact && !near.exact);
        QVERIFY(exact.p > 0.05 && exact.p < 0.2);
        QVERIFY(std::abs((near.p - exact.p) - (exact.p - first.p)) < 0.005);
        const Shift one = pairedShift(sample(50));
        const Shift other = pairedShift(sample(52));
        QVERIFY(std::abs(one.low - other.low) < 1.5);
        QVERIFY(std::abs(one.high - other.high) < 1.5);
    }

    void medianOfPairs()
    {
        constexpr std::array<double, 6> differences{1, 2, 3, 4, 5, 100};
        // 21 means of pairs; the eleventh is 3.5.
        const Shift shift = pairedShift(differences);
        QVERIFY(std::abs(shift.estimate - 3.5) < 1e-9);
        QCOMPARE(shift.low, 1.0);
        QCOMPARE(shift.high, 100.0);
    }

    void nothingDiffers()
    {
        QCOMPARE(signedRankTest(std::array<double, 3>{}).p, 1.0);
        QCOMPARE(pairedShift(std::array<double, 8>{}).high, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestSignedRank)
#include "tst_signedrank.moc"
