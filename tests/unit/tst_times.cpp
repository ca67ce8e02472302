// layers: core
#include "times.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// 2026-01-02T03:04:05Z
constexpr Nanos somewhere = 1'767'323'045 * second;

} // namespace

class TestTimes : public QObject
{
    Q_OBJECT

private slots:
    void isoTimesAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("time");
        QTest::addColumn<bool>("zone");
        const auto row = [](const char* text, Nanos time, bool zone = true) {
            QTest::newRow(text) << QByteArray(text) << qint64(time) << zone;
        };
        row("1970-01-01T00:00:00Z", 0);
        row("1969-12-31T23:59:59Z", -second);
        row("2026-01-02T03:04:05Z", somewhere);
        row("2026-01-02t03:04:05z", somewhere);
        row("2026-01-02 03:04:05Z", somewhere);
        row("2026-01-02T03:04Z", somewhere - 5 * second);
        row("2026-01-02T03:04:05", somewhere, false);
        row("2026-01-02T04:34:05+01:30", somewhere);
        row("2026-01-02T04:34:05+0130", somewhere);
        row("2026-01-01T22:04:05-05", somewhere);
        row("2026-01-02T03:04:05.5Z", somewhere + second / 2);
        row("2026-01-02T03:04:05,5Z", somewhere + second / 2);
        row("2026-01-02T03:04:05.123456789Z", somewhere + 123'456'789);
        row("2026-01-02T03:04:05.1234567899Z", somewhere + 123'456'789);
        row("2024-02-29T00:00:00Z", 1'709'164'800 * second);
        row("2000-03-01T00:00:00Z", 951'868'800 * second);
    }

    void isoTimesAreRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, time);
        QFETCH(bool, zone);
        const auto read = parseIsoTime({text.constData(), static_cast<std::size_t>(text.size())});
        QVERIFY(read);
        QCOMPARE(qint64(read->time), time);
        QCOMPARE(read->zoneGiven, zone);
    }

    void whatIsNoTimeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "2026", "2026-01-02", "2026-13-02T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
              "2026-00-10T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-02T24:00:00Z", "2026-01-02T03:60:00Z",
              "2026-01-02T03:04:61Z", "2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05+01:75", "2026-01-02T03:04:05Zx",
              "2026-01-02T03:04:05 CET", "2026/01/02T03:04:05Z", "1600-01-01T00:00:00Z", "2300-01-01T00:00:00Z",
              "1767323045"})
            QTest::newRow(text) << QByteArray(text);
    }

    void whatIsNoTimeIsRefused()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseIsoTime({text.constData(), static_cast<std::size_t>(text.size())}));
    }

    void writtenTimesAreUtcAndShort()
    {
        QCOMPARE(isoText(noTime), std::string());
        QCOMPARE(isoText(0), std::string("1970-01-01T00:00:00Z"));
        QCOMPARE(isoText(-1), std::string("1969-12-31T23:59:59.999999999Z"));
        QCOMPARE(isoText(somewhere + 120 * millisecond), std::string("2026-01-02T03:04:05.120Z"));
        QCOMPARE(isoText(somewhere + 5 * microsecond), std::string("2026-01-02T03:04:05.000005Z"));
    }

    /// Steps of about 41 days with an odd rest cover the whole range, leap years and both signs.
    void everyTimeComesBack()
    {
        const Nanos step = 3'559'137 * second + 123'456'789;
        int tried = 0;
        for (Nanos t = std::numeric_limits<Nanos>::min() + 1; t < std::numeric_limits<Nanos>::max() - step;
             t += step, ++tried) {
            const auto read = parseIsoTime(isoText(t));
            QVERIFY2(read, isoText(t).c_str());
            QCOMPARE(read->time, t);
        }
        QVERIFY(tried > 5000);
    }

    void lengthsForPeople_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* text, Nanos length) {
            QTest::newRow(text) << qint64(length) << QString::fromUtf8(text);
        };
        row("", noTime);
        row("0", 0);
        row("812 ns", 812);
        row("3.42 µs", 3'420);
        row("3.42 ms", 3'420 * microsecond);
        row("812 ms", 812 * millisecond);
        row("1.50 s", 1'500 * millisecond);
        row("2 min 03 s", 123 * second);
        row("5 h 02 min", (5 * 3600 + 120) * second);
        row("3 d 01 h", 73 * 3600 * second);
        row("-1.50 s", -1'500 * millisecond);
    }

    void lengthsForPeople()
    {
        QFETCH(qint64, length);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(durationText(length)), text);
    }

    void aRangeNeedsBothEnds()
    {
        const TimeRange half{5, noTime};
        QVERIFY(!half.recorded());
        QCOMPARE(half.length(), Nanos(0));
        QVERIFY(!half.contains(5));
        const TimeRange range{5, 9};
        QCOMPARE(range.length(), Nanos(4));
        QVERIFY(range.contains(5));
        QVERIFY(range.contains(8));
        QVERIFY(!range.contains(9));
    }
};

QTEST_APPLESS_MAIN(TestTimes)
#include "tst_times.moc"
