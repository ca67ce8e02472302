// layers: core analysis
#include "assembledcorpus.h"
#include "clockskew.h"

#include <QTest>

#include <array>
#include <random>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// "service offset±bound agreed/pairs" in milliseconds, for every service but the references; only what is off with
/// `offOnly`.
QStringList clocksOf(const Corpus& corpus, bool offOnly = false)
{
    QStringList lines;
    const std::vector<ServiceClock> clocks = estimateClocks(corpus, {}).value();
    for (const ServiceClock& clock : clocks) {
        if (clock.service == clock.reference || (offOnly && clock.offset == 0))
            continue;
        const std::string_view name = corpus.strings[clock.service];
        lines << QStringLiteral("%1 %2±%3 %4/%5")
                     .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))
                     .arg(static_cast<double>(clock.offset) / millisecond)
                     .arg(static_cast<double>(clock.bound) / millisecond)
                     .arg(clock.agreed)
                     .arg(clock.pairs);
    }
    lines.sort();
    return lines;
}

QStringList offOf(const std::string& lines)
{
    return clocksOf(corpusOf(lines), true);
}

/// `calls` calls from shop to stock, whose clock shows `skew` milliseconds more, with random waits on both ways.
std::string calls(int calls, long skew, unsigned seed = 7)
{
    std::mt19937 random(seed);
    std::string lines;
    for (int i = 0; i < calls; ++i) {
        const std::string n = std::to_string(i);
        const long start = 10'000 + i * 1'000L;
        const long out = 1 + static_cast<long>(random() % 20);
        const long work = 10 + static_cast<long>(random() % 50);
        const long back = 1 + static_cast<long>(random() % 20);
        lines += "t" + n + " c" + n + " - tool " + std::to_string(start) + '-' +
                 std::to_string(start + out + work + back) + " service=shop\n";
        lines += "t" + n + " s" + n + " c" + n + " tool " + std::to_string(start + out + skew) + '-' +
                 std::to_string(start + out + work + skew) + " service=stock\n";
    }
    return lines;
}

} // namespace

class TestClockSkew : public QObject
{
    Q_OBJECT

private slots:
    void aClockThatIsOffIsFound_data()
    {
        QTest::addColumn<int>("skew");
        for (const int skew : {-5'000, -300, 300, 5'000, 7'000})
            QTest::addRow("%d ms", skew) << skew;
    }
    void aClockThatIsOffIsFound()
    {
        QFETCH(int, skew);
        for (unsigned seed = 1; seed <= 20; ++seed) {
            const auto clocks = estimateClocks(corpusOf(calls(30, skew, seed)), {}).value();
            QCOMPARE(clocks.size(), std::size_t{2});
            const ServiceClock& stock = clocks[0].offset != 0 ? clocks[0] : clocks[1];
            QCOMPARE(stock.pairs, 30U);
            QCOMPARE(stock.agreed, 30U);
            // The truth lies within the bound, and the bound within the shortest waits.
            QVERIFY(std::abs(stock.offset + skew * millisecond) <= stock.bound);
            QVERIFY(stock.bound <= 10 * millisecond);
        }
    }

    void oneCallSaysWhatItCan()
    {
        QCOMPARE(offOf("t c - tool 1000-1100 service=shop\nt s c tool 400-460 service=stock\n"),
                 QStringList{"stock 620±20 1/1"});
    }

    void someThatContradictAreLeftOut()
    {
        const std::string odd = "x c - tool 1000-1100 service=shop\nx s c tool 9000-9010 service=stock\n"
                                "y c - tool 2000-2100 service=shop\ny s c tool 100-110 service=stock\n";
        const QStringList found = offOf(calls(10, -300) + odd);
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].endsWith(" 10/12"), qPrintable(found[0]));
    }

    void servicesAreComparedThroughOthers()
    {
        // The clock of shop is 2 s behind that of gate, that of stock another second.
        const QStringList found = offOf("t g - tool 10000-10100 service=gate\n"
                                        "t a g tool 8010-8090 service=shop\n"
                                        "t b a tool 7020-7080 service=stock\n");
        QCOMPARE(found, (QStringList{"shop 2000±10 1/1", "stock 3000±20 1/1"}));
    }

    void bothDirectionsCount()
    {
        const QStringList found = offOf("t a - tool 10000-10100 service=shop\nt b a tool 5010-5090 service=stock\n"
                                        "u c - tool 5000-5100 service=stock\nu d c tool 10030-10060 service=shop\n");
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].endsWith(" 2/2"), qPrintable(found[0]));
    }

    void nothingIsFound_data()
    {
        QTest::addColumn<QByteArray>("spans");
        QTest::newRow("one service") << QByteArray("t a - tool 100-200 service=shop\nt b a tool 10-20 service=shop\n");
        QTest::newRow("inside") << QByteArray("t a - tool 100-200 service=shop\nt b a tool 110-190 service=stock\n");
        QTest::newRow("rounding") << QByteArray("t a - tool 100-200 service=shop\nt b a tool 99-199 service=stock\n");
        QTest::newRow("handed over and not waited for")
            << QByteArray("t a - tool 100-110 service=shop\nt b a tool 500-503 service=queue\n"
                          "u a - tool 1100-1110 service=shop\nu b a tool 1900-1903 service=queue\n");
        QTest::newRow("handed over often, picked up at any time")
            << QByteArray("t a - tool 100-110 service=shop\nt b a tool 500-503 service=queue\n"
                          "u a - tool 1100-1110 service=shop\nu b a tool 1900-1903 service=queue\n"
                          "v a - tool 2100-2110 service=shop\nv b a tool 2700-2703 service=queue\n"
                          "w a - tool 3100-3110 service=shop\nw b a tool 3133-3136 service=queue\n"
                          "x a - tool 4100-4110 service=shop\nx b a tool 4177-4180 service=queue\n");
        QTest::newRow("longer than the caller")
            << QByteArray("t a - tool 100-110 service=shop\nt b a tool 50-900 service=job\n");
        QTest::newRow("groups of a reader")
            << QByteArray("t a - agent 100-200 service=shop flag=synthetic\nt b a tool 10-20 service=stock\n");
        QTest::newRow("no end") << QByteArray("t a - tool 100- service=shop\nt b a tool 10-20 service=stock\n");
        QTest::newRow("no service") << QByteArray("t a - tool 100-200 service=shop\nt b a tool 10-20\n");
        QTest::newRow("as many for as against")
            << QByteArray("t a - tool 100-200 service=shop\nt b a tool 10-20 service=stock\n"
                          "u a - tool 100-200 service=shop\nu b a tool 110-120 service=stock\n");
    }
    void nothingIsFound()
    {
        QFETCH(QByteArray, spans);
        QCOMPARE(offOf(spans.toStdString()), QStringList());
    }

    void clocksThatAgreeAreNotOffWhateverTheNumber()
    {
        for (unsigned seed = 1; seed <= 50; ++seed)
            QCOMPARE(offOf(calls(40, 0, seed)), QStringList());
    }

    void alignedTimesKeepWhatWasRecorded()
    {
        const Corpus recorded = corpusOf("t c - tool 1000-1100 service=shop\n"
                                         "t s c tool 400-460 service=stock\n"
                                         "t x c tool 1010-1020 service=shop\n");
        const Row s = rowNamed(recorded, "s");
        const Row x = rowNamed(recorded, "x");
        QVERIFY(recorded.spans.flagged(s, SpanFlag::OutsideParent));
        QCOMPARE(recorded.rowsOf(0), (std::vector<Row>{rowNamed(recorded, "c"), s, x}));
        const auto clocks = estimateClocks(recorded, {}).value();
        const Corpus aligned = alignClocks(recorded, offsetsOf(clocks));
        QCOMPARE(aligned.spans.start(s), 1'020 * millisecond);
        QCOMPARE(recordedStart(aligned, s), 400 * millisecond);
        QCOMPARE(recordedStart(aligned, x), 1'010 * millisecond);
        QVERIFY(aligned.spans.flagged(s, SpanFlag::ClockAligned));
        QVERIFY(!aligned.spans.flagged(x, SpanFlag::ClockAligned));
        QVERIFY(!aligned.spans.flagged(s, SpanFlag::OutsideParent));
        QCOMPARE(aligned.spans.provenance(s).of(Fact::Start), Provenance::Inferred);
        QCOMPARE(aligned.spans.duration(s), 60 * millisecond);
        QCOMPARE(aligned.rowsOf(0), (std::vector<Row>{rowNamed(recorded, "c"), x, s}));
        QCOMPARE(aligned.traces.at(TraceColumn::Start, 0), 1'000 * millisecond);
        QCOMPARE(aligned.traces.at(TraceColumn::Duration, 0), 100 * millisecond);
        QCOMPARE(offsetsOf(estimateClocks(aligned, {}).value()), ClockOffsets());
        const Corpus back = alignClocks(recorded, {});
        QCOMPARE(back.spans.start(s), 400 * millisecond);
        QVERIFY(back.clocks.empty());
    }

    void timesOutOfRangeStay()
    {
        const Corpus recorded = corpusOf("t a - tool 100-200 service=shop\n");
        const StringId shop = recorded.spans.text(SpanText::Service, 0);
        const Corpus aligned = alignClocks(recorded, {{shop, std::numeric_limits<Nanos>::max()}});
        QCOMPARE(aligned.spans.start(0), 100 * millisecond);
        QVERIFY(!aligned.spans.flagged(0, SpanFlag::ClockAligned));
    }
};

QTEST_APPLESS_MAIN(TestClockSkew)
#include "tst_clockskew.moc"
