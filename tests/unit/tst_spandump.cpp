// layers: importers
#include "probe.h"
#include "readercases.h"

#include <QTest>

using namespace arcscope;
using testing::RecordingSink;

namespace
{

const QString folder = ARCSCOPE_TEST_DATA "/formats/span-dump/";

} // namespace

class TestSpanDump : public QObject
{
    Q_OBJECT

private slots:
    void tables_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString& file : testing::cases("span-dump"))
            QTest::newRow(qPrintable(file)) << file;
    }

    void tables()
    {
        QFETCH(QString, file);
        const std::string bytes = testing::contents(folder + file).toStdString();
        RecordingSink sink;
        QVERIFY(testing::readAll("span-dump", bytes, sink));
        const QString beside = folder + file.section('.', 0, 0);
        const std::string table = testing::printSpans(sink);
        QCOMPARE(QString::fromStdString(table), testing::expectedTable(beside + ".expected.txt", table));
        const std::string decoded = testing::printContents("span-dump", sink);
        QCOMPARE(QString::fromStdString(decoded), testing::expectedTable(beside + ".content.txt", decoded));
        QCOMPARE(testing::contradiction("span-dump", sink), std::string());
        const ImportFormat* format = sniff(Probe(bytes, true));
        QVERIFY(format);
        QCOMPARE(QString::fromUtf8(format->name.data(), static_cast<qsizetype>(format->name.size())),
                 QString("span-dump"));
    }

    void timesOfAllUnits_data()
    {
        QTest::addColumn<QByteArray>("time");
        QTest::newRow("pair") << QByteArray("[1700000000,123456000]");
        QTest::newRow("iso") << QByteArray("\"2023-11-14T22:13:20.123456Z\"");
        QTest::newRow("iso without zone") << QByteArray("\"2023-11-14T22:13:20.123456\"");
        QTest::newRow("nanoseconds") << QByteArray("1700000000123456000");
        QTest::newRow("microseconds") << QByteArray("1700000000123456");
    }

    void timesOfAllUnits()
    {
        QFETCH(QByteArray, time);
        RecordingSink sink;
        const std::string text = "{\"name\":\"n\",\"context\":{\"trace_id\":\"0x0af7651916cd43dd8448eb211c80319c\","
                                 "\"span_id\":\"0xb7ad6b7169203331\"},\"start_time\":" +
                                 time.toStdString() + "}";
        QVERIFY(testing::readAll("span-dump", text, sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QCOMPARE(sink.spans[0].span.start, Nanos(1700000000123456000));
    }

    void badTimesAreSaid()
    {
        for (const char* time : {"[1]", "[1,2,3]", "[99999999999999,0]", "\"soon\"", "-5", "true", "[-1,0]",
                                 "17000000000040", "92345678901", "9300000000000000000"}) {
            RecordingSink sink;
            QVERIFY(testing::readAll("span-dump",
                                     std::string("{\"context\":{\"trace_id\":\"0x0af7651916cd43dd8448eb211c80319c\","
                                                 "\"span_id\":\"0xb7ad6b7169203331\"},\"start_time\":") +
                                         time + "}",
                                     sink));
            QCOMPARE(sink.spans.size(), std::size_t(1));
            QCOMPARE(sink.spans[0].span.start, noTime);
            QVERIFY2(sink.issues.size() >= 2 && sink.issues[0].kind == IssueKind::BadValue, time);
        }
    }
};

QTEST_APPLESS_MAIN(TestSpanDump)
#include "tst_spandump.moc"
