// layers: importers
#include "probe.h"
#include "readercases.h"

#include <QTest>
#include <algorithm>

using namespace arcscope;
using testing::RecordingSink;

namespace
{

const QString folder = ARCSCOPE_TEST_DATA "/formats/otlp-json/";

/// A request around these spans.
std::string request(const std::string& spans)
{
    return "{\"resourceSpans\":[{\"resource\":{},\"scopeSpans\":[{\"scope\":{},\"spans\":[" + spans + "]}]}]}";
}

std::string span(const std::string& members)
{
    return "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\",\"name\":\"n\","
           "\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":\"1700000001000000000\"" +
           members + "}";
}

bool reports(const RecordingSink& sink, IssueKind kind)
{
    return std::any_of(sink.issues.begin(), sink.issues.end(), [kind](const ImportIssue& i) { return i.kind == kind; });
}

} // namespace

class TestOtlpJson : public QObject
{
    Q_OBJECT

private slots:
    void tables_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString& file : testing::cases("otlp-json"))
            QTest::newRow(qPrintable(file)) << file;
    }

    void tables()
    {
        QFETCH(QString, file);
        const std::string bytes = testing::contents(folder + file).toStdString();
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-json", bytes, sink));
        const std::string table = testing::printSpans(sink);
        const QString expected = testing::expectedTable(folder + file.section('.', 0, 0) + ".expected.txt", table);
        QVERIFY(!expected.isEmpty());
        QCOMPARE(QString::fromStdString(table), expected);
        const std::string decoded = testing::printContents("otlp-json", sink);
        QCOMPARE(QString::fromStdString(decoded),
                 testing::expectedTable(folder + file.section('.', 0, 0) + ".content.txt", decoded));
        QCOMPARE(testing::contradiction("otlp-json", sink), std::string());
        const ImportFormat* format = sniff(Probe(bytes, true));
        QVERIFY(format);
        QCOMPARE(QString::fromUtf8(format->name.data(), static_cast<qsizetype>(format->name.size())),
                 QString("otlp-json"));
    }

    /// All ways to write the same two ids.
    void idSpellings_data()
    {
        QTest::addColumn<QByteArray>("trace");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("hex") << QByteArray("\"0af7651916cd43dd8448eb211c80319c\"")
                             << QByteArray("\"b7ad6b7169203331\"");
        QTest::newRow("upper") << QByteArray("\"0AF7651916CD43DD8448EB211C80319C\"")
                               << QByteArray("\"B7AD6B7169203331\"");
        QTest::newRow("0x") << QByteArray("\"0x0af7651916cd43dd8448eb211c80319c\"")
                            << QByteArray("\"0xb7ad6b7169203331\"");
        QTest::newRow("base64") << QByteArray("\"CvdlGRbNQ92ESOshHIAxnA==\"") << QByteArray("\"t61rcWkgMzE=\"");
        QTest::newRow("bytes") << QByteArray("[10,247,101,25,22,205,67,221,132,72,235,33,28,128,49,156]")
                               << QByteArray("[183,173,107,113,105,32,51,49]");
        QTest::newRow("buffer")
            << QByteArray("{\"type\":\"Buffer\",\"data\":[10,247,101,25,22,205,67,221,132,72,235,33,28,128,49,156]}")
            << QByteArray("{\"type\":\"Buffer\",\"data\":[183,173,107,113,105,32,51,49]}");
    }

    void idSpellings()
    {
        QFETCH(QByteArray, trace);
        QFETCH(QByteArray, id);
        RecordingSink sink;
        const QByteArray json =
            "{\"traceId\":" + trace + ",\"spanId\":" + id + ",\"parentSpanId\":\"\",\"name\":\"n\"}";
        QVERIFY(testing::readAll("otlp-json", request(json.toStdString()), sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QCOMPARE(idText(sink.spans[0].span.trace), std::string("0af7651916cd43dd8448eb211c80319c"));
        QCOMPARE(idText(sink.spans[0].span.span), std::string("b7ad6b7169203331"));
        QVERIFY(!sink.spans[0].span.parent);
    }

    void timeSpellings_data()
    {
        QTest::addColumn<QByteArray>("time");
        QTest::newRow("text") << QByteArray("\"1700000000123456789\"");
        QTest::newRow("number") << QByteArray("1700000000123456789");
        QTest::newRow("long") << QByteArray("{\"low\":1032178965,\"high\":395812094,\"unsigned\":true}");
        QTest::newRow("iso") << QByteArray("\"2023-11-14T22:13:20.123456789Z\"");
    }

    void timeSpellings()
    {
        QFETCH(QByteArray, time);
        RecordingSink sink;
        QVERIFY(testing::readAll(
            "otlp-json",
            request("{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\","
                    "\"startTimeUnixNano\":" +
                    time.toStdString() + "}"),
            sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QCOMPARE(sink.spans[0].span.start, Nanos(1700000000123456789));
        QVERIFY(reports(sink, IssueKind::UnfinishedSpan));
    }

    void badValuesAreSaidAndTheRestIsKept()
    {
        RecordingSink sink;
        const std::string spans =
            span(",\"attributes\":[{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"stringValue\":\"many\"}},"
                 "{\"key\":\"gen_ai.usage.output_tokens\",\"value\":{\"intValue\":7}},{\"value\":{}}],"
                 "\"status\":{\"code\":9}") +
            ",{\"name\":\"no "
            "id\"},{\"traceId\":\"00000000000000000000000000000000\",\"spanId\":\"0000000000000000\"}," +
            span(",\"kind\":3") + ",17";
        const std::string text = request(spans);
        QVERIFY(testing::readAll("otlp-json", text, sink));
        QCOMPARE(sink.spans.size(), std::size_t(2));
        QCOMPARE(sink.spans[0].span.usage[UsageClass::Output], std::int64_t(7));
        QCOMPARE(sink.spans[0].span.usage[UsageClass::Input], noTokens);
        QVERIFY(reports(sink, IssueKind::BadValue));
        QVERIFY(reports(sink, IssueKind::MissingField));
        for (const ImportIssue& issue : sink.issues) {
            QVERIFY2(issue.byte >= 0 && issue.byte < static_cast<std::int64_t>(text.size()), issue.message.c_str());
            QCOMPARE(issue.line, std::int64_t(1));
        }
    }

    void invalidUtf8IsShownRepairedAndKeptRaw()
    {
        RecordingSink sink;
        QVERIFY(testing::readAll(
            "otlp-json",
            request(span(",\"attributes\":[{\"key\":\"gen_ai.agent.name\",\"value\":{\"stringValue\":\"a\xff\"}}]")),
            sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QCOMPARE(sink.text(sink.spans[0].span, SpanText::Agent), std::string("a\xEF\xBF\xBD"));
        QVERIFY(sink.spans[0].record.find('\xff') != std::string::npos);
        QVERIFY(reports(sink, IssueKind::InvalidUtf8));
        const SpanContent content = formatNamed("otlp-json")->decode(sink.spans[0].record, {});
        QCOMPARE(content.attributes[0].value, std::string("a\xEF\xBF\xBD"));
        QCOMPARE(content.notes.size(), std::size_t(1));
    }

    void cutFilesKeepWhatIsWhole()
    {
        RecordingSink sink;
        std::string text = request(span("") + "," + span(""));
        text.resize(text.size() - 60);
        QVERIFY(testing::readAll("otlp-json", text, sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QVERIFY(reports(sink, IssueKind::TruncatedFile));
    }

    void recordsAreUntouched()
    {
        RecordingSink sink;
        const std::string json = span(", \"kind\" : 3");
        QVERIFY(testing::readAll("otlp-json", "\n " + request(json), sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QCOMPARE(sink.spans[0].record, json);
        QCOMPARE(sink.spans[0].span.sourceByte, static_cast<std::int64_t>(request(json).find("{\"traceId")) + 2);
        QCOMPARE(sink.text(sink.spans[0].span, SpanText::Format), std::string("otlp-json"));
    }
};

QTEST_APPLESS_MAIN(TestOtlpJson)
#include "tst_otlpjson.moc"
