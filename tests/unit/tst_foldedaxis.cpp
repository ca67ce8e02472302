// layers: core layout
#include "foldedaxis.h"

#include "foldedticks.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// Busy from 0 to 10 and from 1000 to 1020 seconds, and once at 1030.
FoldedAxis folded(double width = 300, double fold = 20)
{
    const std::vector<TimeRange> busy{{0, 10 * second}, {1000 * second, 1020 * second}, {1030 * second, 1030 * second}};
    return {{0, 1030 * second}, 0, width, busy, 15 * second, fold};
}

} // namespace

class TestFoldedAxis : public QObject
{
    Q_OBJECT

private slots:
    void withoutPausesItIsToScale()
    {
        const FoldedAxis axis({100, 200}, 10, 60);
        QVERIFY(axis.folds().empty());
        QCOMPARE(axis.x(100), 10.0);
        QCOMPARE(axis.x(150), 35.0);
        QCOMPARE(axis.x(220), 70.0); // goes on behind its end
        QCOMPARE(axis.timeAt(35.0), Nanos(150));
        QCOMPARE(axis.timeAt(0.0), Nanos(80));
        const FoldedAxis point({100, 100}, 10, 60);
        QCOMPARE(point.x(100), 10.0);
    }

    void longPausesTakeAFewPixels()
    {
        const FoldedAxis axis = folded();
        QCOMPARE(axis.folds().size(), std::size_t(1)); // the second pause is short
        const FoldedAxis::Fold& fold = axis.folds()[0];
        QCOMPARE(fold.pause, (TimeRange{10 * second, 1000 * second}));
        QCOMPARE(fold.from, 70.0);
        QCOMPARE(fold.to, 90.0);
        QCOMPARE(axis.x(5 * second), 35.0);
        QCOMPARE(axis.x(505 * second), 80.0); // its middle
        QCOMPARE(axis.x(1010 * second), 160.0);
        QCOMPARE(axis.x(1030 * second), 300.0);
        for (const Nanos time : {Nanos(0), 7 * second, 505 * second, 1015 * second, 1030 * second})
            QCOMPARE(axis.timeAt(axis.x(time)), time);
    }

    void foldsTakeHalfOfTheWidthAtMost()
    {
        const FoldedAxis axis = folded(100, 80);
        QCOMPARE(axis.folds()[0].to - axis.folds()[0].from, 50.0);
        QCOMPARE(axis.x(1030 * second), 100.0);
    }

    void rangesThatTouchAreOne()
    {
        QCOMPARE(united({{5, 7}, {0, 2}, {1, 3}, {7, 7}, {9, 9}}), (std::vector<TimeRange>{{0, 3}, {5, 7}, {9, 9}}));
    }

    void ticksStandBesideFolds()
    {
        const FoldedAxis axis = folded(1200, 20);
        const TickScale scale = ticks(axis, 1200, 100, 0);
        double taken = -1;
        bool behind = false;
        for (const Tick& tick : scale.ticks) {
            QVERIFY(tick.time <= 10 * second || tick.time >= 1000 * second);
            QCOMPARE(tick.x, static_cast<int>(axis.x(tick.time)));
            if (tick.label.empty())
                continue;
            QVERIFY(tick.x >= taken);
            taken = tick.x + 40;
            behind = behind || (tick.time == 1000 * second && tick.label == "+16 min 40 s");
        }
        QVERIFY(behind);
        QVERIFY(taken > 0);
    }

    void ticksBehindFoldsReadAsTheTimeThatItIs()
    {
        const Nanos late = 857 * second + 240 * millisecond;
        const std::vector<TimeRange> busy{{0, second}, {late, late + second}};
        const FoldedAxis axis({0, late + second}, 0, 1200, busy, 2 * second, 20.0);
        bool found = false;
        for (const Tick& tick : ticks(axis, 1200, 100, 0).ticks) {
            if (tick.time >= late && !tick.label.empty()) {
                QVERIFY2(tick.label.starts_with("+14:1"), tick.label.c_str());
                found = true;
            }
        }
        QVERIFY(found);
    }
};

QTEST_APPLESS_MAIN(TestFoldedAxis)
#include "tst_foldedaxis.moc"
