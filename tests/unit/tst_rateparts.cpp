// layers: analysis
#include "rateparts.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace arcscope;

namespace
{

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-12;
}

} // namespace

class TestRateParts : public QObject
{
    Q_OBJECT

private slots:
    /// Each stratum is worse and the whole is better: Simpson's paradox is all in the mix.
    void mix()
    {
        const std::array<StratumRates, 2> strata{{{{16, 20}, {63, 80}}, {{20, 80}, {4, 20}}}};
        const MixParts parts = partsByMix(strata);
        QVERIFY(near(parts.change, 0.67 - 0.36));
        QVERIFY(parts.byWithin < 0);
        QVERIFY(near(parts.byMix + parts.byWithin, parts.change));
        QVERIFY(near(parts.strata[0].byWithin, (63.0 / 80 - 0.8) * 0.5));
    }

    void mixOfNothing()
    {
        const std::array<StratumRates, 2> strata{{{{1, 2}, {}}, {{}, {}}}};
        QVERIFY(near(partsByMix(strata).change, 0));
        const std::array<StratumRates, 2> gone{{{{5, 10}, {5, 10}}, {{0, 10}, {}}}};
        QVERIFY(near(partsByMix(gone).change, 0.25));
        QVERIFY(near(partsByMix(gone).byMix, 0.25));
    }

    /// 71 % of 100 attempted against 78 %, and 20 fewer attempted.
    void attempts()
    {
        const std::optional<AttemptParts> parts = partsByAttempt({{100, 100}, {60, 100}}, {{70, 100}, {56, 70}});
        QVERIFY(parts);
        QVERIFY(near(parts->change, 0.56 - 0.6));
        QVERIFY(parts->byAttempting < 0 && parts->bySucceeding > 0);
        QVERIFY(parts->decoupled == Evidence::Difference);
        QVERIFY(!partsByAttempt({{0, 10}, {}}, {{5, 10}, {5, 5}}));
        QVERIFY(partsByAttempt({{9, 9}, {5, 9}}, {{8, 9}, {5, 8}})->decoupled == Evidence::TooFew);
    }
};

QTEST_APPLESS_MAIN(TestRateParts)
#include "tst_rateparts.moc"
