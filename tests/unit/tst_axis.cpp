// layers: core layout
#include "axis.h"
#include "ticks.h"

#include <QTest>

#include <limits>

using namespace arcscope;

class TestAxis : public QObject
{
    Q_OBJECT

private slots:
    void timesAndPixelsAreInverse()
    {
        const TimeRange range{1'700'000'000 * second, 1'700'000'010 * second};
        for (const int width : {1, 7, 900, 3840}) {
            for (int x = 0; x <= width; ++x)
                QVERIFY(std::abs(xOf(timeAt(x, range, width), range, width) - x) < 1e-3);
        }
        QCOMPARE(xOf(range.start, range, 100), 0.0);
        QCOMPARE(xOf(range.end, range, 100), 100.0);
        QCOMPARE(xOf(range.start - second, range, 100), -10.0);
    }

    void degenerateRangesHaveAnAnswer()
    {
        QCOMPARE(lengthOf({}), std::uint64_t{0});
        QCOMPARE(lengthOf({5, 3}), std::uint64_t{0});
        QCOMPARE(xOf(7, {7, 7}, 100), 0.0);
        QCOMPARE(xOf(8, {7, 7}, 100), 100.0);
        QCOMPARE(timeAt(50, {7, 90}, 0), Nanos{7});
        const TimeRange everything{noTime + 1, std::numeric_limits<Nanos>::max()};
        QCOMPARE(lengthOf(everything), std::numeric_limits<std::uint64_t>::max() - 1);
        QVERIFY(std::abs(xOf(0, everything, 1000) - 500) < 1e-6);
        QCOMPARE(timeAt(1e9, everything, 1000), std::numeric_limits<Nanos>::max());
        QCOMPARE(saturatingAdd(std::numeric_limits<Nanos>::max() - 1, 5), std::numeric_limits<Nanos>::max());
        QCOMPARE(saturatingAdd(noTime + 2, -5), noTime + 1);
    }

    void zoomKeepsTheTimeUnderThePointer()
    {
        const TimeRange bounds{0, 1000 * second};
        TimeRange range = bounds;
        const Nanos fixed = timeAt(300, range, 1000);
        for (int i = 0; i < 20; ++i) {
            range = zoomed(range, fixed, 0.8, bounds, 1000);
            QVERIFY(std::abs(xOf(fixed, range, 1000) - 300) < 0.01);
        }
    }

    void zoomEndsAtBothCaps()
    {
        const TimeRange bounds{0, 1000 * second};
        TimeRange range = bounds;
        for (int i = 0; i < 400; ++i)
            range = zoomed(range, 10 * second, 0.5, bounds, 1600);
        QCOMPARE(lengthOf(range), std::uint64_t{100});
        QVERIFY(range.start <= 10 * second && range.end >= 10 * second);
        for (int i = 0; i < 400; ++i)
            range = zoomed(range, 10 * second, 2, bounds, 1600);
        QCOMPARE(range, (TimeRange{-50 * second, 1050 * second}));
    }

    void panStopsBehindTheEnds()
    {
        const TimeRange bounds{0, 1000};
        QCOMPARE(panned({400, 600}, 50, bounds, 100), (TimeRange{500, 700}));
        QCOMPARE(panned({400, 600}, 1e6, bounds, 100), (TimeRange{850, 1050}));
        QCOMPARE(panned({400, 600}, -1e6, bounds, 100), (TimeRange{-50, 150}));
        QCOMPARE(panned({400, 600}, 50, bounds, 0), (TimeRange{400, 600}));
    }

    void centredAndFittingShowWhatTheySay()
    {
        const TimeRange bounds{0, 1000};
        QCOMPARE(centred({0, 200}, 500, bounds, 100), (TimeRange{400, 600}));
        QCOMPARE(fitting({400, 500}, bounds, 100), (TimeRange{390, 510}));
        QCOMPARE(lengthOf(fitting({400, 400}, bounds, 1600)), std::uint64_t{100});
        const TimeRange around = fitting({400 * second, 400 * second}, {0, 1000 * second}, 100);
        QCOMPARE(around, (TimeRange{399'500 * millisecond, 400'500 * millisecond}));
    }

    void stepsAreRound_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<qint64>("step");
        QTest::newRow("ns") << qint64(1000) << qint64(100);
        QTest::newRow("1-2-5") << qint64(1'300'000) << qint64(200'000);
        QTest::newRow("half a second") << qint64(4 * second) << qint64(second / 2);
        QTest::newRow("15 s") << qint64(120 * second) << qint64(15 * second);
        QTest::newRow("5 min") << qint64(50 * 60 * second) << qint64(300 * second);
        QTest::newRow("3 h") << qint64(86'400 * second) << qint64(3 * 3600 * second);
        QTest::newRow("days") << qint64(20) * 86'400 * second << qint64(2) * 86'400 * second;
        QTest::newRow("years") << qint64(3650) * 86'400 * second << qint64(500) * 86'400 * second;
    }
    void stepsAreRound()
    {
        QFETCH(qint64, length);
        QFETCH(qint64, step);
        QCOMPARE(qint64(tickStep({0, length}, 1000, 100)), step);
    }

    void ticksAreLabelledOnceEach_data()
    {
        QTest::addColumn<qint64>("start");
        QTest::addColumn<qint64>("length");
        for (const qint64 length :
             {qint64(10), qint64(1000), qint64(second), qint64(60 * second), qint64(86'400) * second}) {
            for (const qint64 start : {qint64(0), qint64(12'345'678'901), qint64(-86'400) * second})
                QTest::addRow("%lld from %lld", static_cast<long long>(length), static_cast<long long>(start))
                    << start << length;
        }
    }
    void ticksAreLabelledOnceEach()
    {
        QFETCH(qint64, start);
        QFETCH(qint64, length);
        for (const TickMode mode : {TickMode::SinceOrigin, TickMode::Absolute}) {
            const TickScale scale = ticks({start, start + length}, 1000, 100, mode, 0);
            QStringList labels;
            int x = -1;
            for (const Tick& tick : scale.ticks) {
                QVERIFY(tick.x > x || tick.x == x);
                QVERIFY(tick.x >= 0 && tick.x < 1000);
                x = tick.x;
                if (!tick.label.empty())
                    labels << QString::fromStdString(tick.label);
            }
            QVERIFY2(labels.size() >= 1 && labels.size() <= 16, qPrintable(labels.join(u' ')));
            QCOMPARE(QStringList(labels.begin(), labels.end()).removeDuplicates(), 0);
        }
    }

    void labelsReadWell()
    {
        const auto labels = [](TimeRange range, TickMode mode, Nanos origin) {
            QStringList all;
            for (const Tick& tick : ticks(range, 400, 100, mode, origin).ticks) {
                if (!tick.label.empty())
                    all << QString::fromStdString(tick.label);
            }
            return all.join(QStringLiteral(", "));
        };
        QCOMPARE(labels({0, 2 * second}, TickMode::SinceOrigin, 0), QStringLiteral("0, +500 ms, +1.0 s, +1.5 s"));
        QCOMPARE(
            labels({0, 200 * second}, TickMode::SinceOrigin, 0),
            QStringLiteral("0, +1 min 00 s, +2 min 00 s, +3 min 00 s").replace(QStringLiteral(" 00 s"), QString()));
        QCOMPARE(labels({-2 * second, 2 * second}, TickMode::SinceOrigin, 0), QStringLiteral("-2 s, -1 s, 0, +1 s"));
        QCOMPARE(labels({857 * second, 859 * second}, TickMode::SinceOrigin, 0),
                 QStringLiteral("+14:17.0, +14:17.5, +14:18.0, +14:18.5"));
        QCOMPARE(labels({7'322 * second, 7'322 * second + 40 * millisecond}, TickMode::SinceOrigin, 0),
                 QStringLiteral("+2:02:02.00, +2:02:02.01, +2:02:02.02, +2:02:02.03"));
        QCOMPARE(labels({-61 * second, -59 * second}, TickMode::SinceOrigin, 0),
                 QStringLiteral("-1:01.0, -1:00.5, -1:00.0, -59.5 s"));
        const Nanos noon = 1'767'355'200 * second; // 2026-01-02T12:00:00Z
        QCOMPARE(labels({noon, noon + 2 * second}, TickMode::Absolute, 0),
                 QStringLiteral("12:00:00.0, 12:00:00.5, 12:00:01.0, 12:00:01.5"));
        QCOMPARE(labels({0, 4 * orderStep}, TickMode::Ordinal, 0), QStringLiteral("#1, #2, #3, #4"));
    }

    void farFromTheOriginTheCommonPartIsWrittenOnce()
    {
        const Nanos from = 123 * second + 456'789'000;
        const TickScale scale = ticks({from, from + 400}, 400, 100, TickMode::SinceOrigin, 0);
        QCOMPARE(scale.base, std::string("+2 min 03.4567 s"));
        QCOMPARE(scale.ticks.front().label, std::string("+89.0 \u00b5s"));
    }

    void theCommonPartHasTheDigitsItNeeds_data()
    {
        QTest::addColumn<qint64>("start");
        QTest::addColumn<QString>("base");
        QTest::newRow("minutes") << qint64(292'243'000'000) << QStringLiteral("+4 min 52.243 s");
        QTest::newRow("whole minutes") << qint64(240 * second) << QStringLiteral("+4 min 00 s");
        QTest::newRow("seconds") << qint64(12'500'000'000) << QStringLiteral("+12.5 s");
        QTest::newRow("hours") << qint64(3'723'040'000'000) << QStringLiteral("+1 h 02 min 03.04 s");
        QTest::newRow("before") << qint64(-62'500'000'000) << QStringLiteral("-1 min 02.5 s");
    }
    void theCommonPartHasTheDigitsItNeeds()
    {
        QFETCH(qint64, start);
        QFETCH(QString, base);
        const TickScale scale = ticks({start, start + 400}, 400, 100, TickMode::SinceOrigin, 0);
        QCOMPARE(QString::fromStdString(scale.base), base);
        QCOMPARE(scale.ticks.front().label, std::string("0"));
        const Nanos noon = 1'767'355'200 * second;
        QCOMPARE(ticks({noon + 500'000'000, noon + 500'000'400}, 400, 100, TickMode::Absolute, 0).base,
                 std::string("2026-01-02T12:00:00.5Z"));
    }

    void shortLabelsStandCloser()
    {
        const auto apart = [](const TickScale& scale, Nanos length) {
            return static_cast<double>(scale.step) * 1000 / static_cast<double>(length);
        };
        const Nanos length = 13 * second; // 1 s: 77 pixels
        QCOMPARE(qRound(apart(ticks({0, length}, 1000, 105, TickMode::SinceOrigin, 0), length)), 77);
        const Nanos days = 400 * 86'400 * second;
        QCOMPARE(qRound(apart(ticks({days, days + length}, 1000, 105, TickMode::SinceOrigin, 0), length)), 154);
    }
};

QTEST_APPLESS_MAIN(TestAxis)
#include "tst_axis.moc"
