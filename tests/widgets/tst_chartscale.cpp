// layers: widgets items core analysis GUI
#include "chartscale.h"

#include <QSet>
#include <QTest>

#include <cmath>
#include <limits>

using namespace arcscope;

namespace
{

QStringList labels(const ChartScale& scale)
{
    QStringList texts;
    for (const ChartTick& tick : scale.ticks)
        texts << tick.label;
    return texts;
}

} // namespace

class TestChartScale : public QObject
{
    Q_OBJECT

private slots:
    void countsHaveRoundWholeMarksFromZero()
    {
        const ChartScale scale = chartScale({"tasks", LensUnit::Number, {}, {}, false}, 3, 11, 5);
        QCOMPARE(scale.low, 0.0);
        QCOMPARE(scale.high, 15.0);
        QCOMPARE(labels(scale), QStringList({"0", "5", "10", "15"}));
        const ChartScale few = chartScale({"tasks", LensUnit::Number, {}, {}, false}, 0, 1, 10);
        QCOMPARE(labels(few), QStringList({"0", "1"}));
    }

    void sharesEndAtTheWhole()
    {
        const ChartScale scale = chartScale({"share", LensUnit::Share, {}, {}, false}, 0.2, 0.93, 4);
        QCOMPARE(scale.high, 1.0);
        QVERIFY(scale.ticks.size() >= 3);
    }

    void whatGoesBelowZeroHasItsZero()
    {
        const ChartScale scale = chartScale({"change", LensUnit::Length, {}, {}, false}, -3e9, 4e9, 4);
        QVERIFY(scale.low <= -3e9);
        QVERIFY(scale.high >= 4e9);
        QVERIFY(std::any_of(scale.ticks.begin(), scale.ticks.end(),
                            [](const ChartTick& tick) { return std::abs(tick.at) < 1; }));
    }

    void decadesOnALogarithmicAxis()
    {
        const LensAxis axis{"cost", LensUnit::None, {}, {}, true};
        const ChartScale scale = chartScale(axis, 2, 3'000, 10);
        QCOMPARE(scale.low, 0.0);
        QCOMPARE(scale.high, 4.0);
        QCOMPARE(scale.ticks.size(), std::size_t(5));
        QCOMPARE(axisPosition(axis, 1'000), 3.0);
        QVERIFY(std::isfinite(axisPosition(axis, 0)));
    }

    void oneMomentStandsInItsDay()
    {
        constexpr double moment = 1.77e18;
        const ChartScale scale = chartScale({"day", LensUnit::Time, {}, {}, false}, moment, moment, 6);
        QVERIFY(scale.low < moment && scale.high > moment);
        QCOMPARE(scale.high - scale.low, 24 * 3600e9);
        QVERIFY(scale.ticks.size() >= 2);
    }

    void timesAreMarkedAsOnATimeline()
    {
        const LensAxis axis{"time", LensUnit::Time, {}, {}, false};
        const double day = 86'400e9;
        const ChartScale scale = chartScale(axis, 1.78e18, 1.78e18 + 30 * day, 5);
        QVERIFY(scale.ticks.size() >= 2);
        QVERIFY(scale.ticks.size() <= 10);
        QVERIFY(scale.ticks[0].label.startsWith(QStringLiteral("2026-")));
        QCOMPARE(scale.low, 1.78e18);
    }

    /// Qt knows marks by their labels.
    void labelsDiffer()
    {
        const ChartScale scale = chartScale({"x", LensUnit::Length, {}, {}, false}, 0, 3, 10);
        const QStringList texts = labels(scale);
        QCOMPARE(QSet<QString>(texts.begin(), texts.end()).size(), texts.size());
    }

    void nothingToShowIsNoFault()
    {
        const double none = std::numeric_limits<double>::infinity();
        for (const LensUnit unit : {LensUnit::Number, LensUnit::Share, LensUnit::Time, LensUnit::Money}) {
            const ChartScale scale = chartScale({"x", unit, "USD", {}, false}, none, -none, 4);
            QVERIFY(scale.low < scale.high);
        }
    }
};

QTEST_MAIN(TestChartScale)
#include "tst_chartscale.moc"
