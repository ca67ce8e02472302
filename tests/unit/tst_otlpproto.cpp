// layers: importers protozero::protozero PkgConfig::zstd
#include "otlpwire.h"
#include "probe.h"
#include "readercases.h"

#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace arcscope;
using testing::framed;
using testing::OtlpWire;
using testing::RecordingSink;
using testing::wireOf;
using testing::zstdPacked;

namespace
{

/// What was read, without the places of findings.
QString table(RecordingSink& sink, std::string_view format)
{
    std::string text = testing::printSpans(sink) + testing::printContents(format, sink);
    return QString::fromStdString(text).replace(QRegularExpression("(line -?\\d+ )?byte -?\\d+"), "place");
}

std::string sniffed(const std::string& bytes)
{
    const ImportFormat* found = sniff(Probe(bytes.substr(0, Probe::headBytes), bytes.size() <= Probe::headBytes));
    return found ? std::string(found->name) : std::string();
}

/// JSON that is written with ' in place of ".
QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray spanJson(int number)
{
    return quoted(QByteArray("{'traceId':'0af7651916cd43dd8448eb211c80319c','spanId':'b7ad6b71692033") +
                  QByteArray::number(number + 10) + "','name':'span " + QByteArray::number(number) +
                  "','startTimeUnixNano':'1700000000000000000','endTimeUnixNano':'1700000001000000000'}");
}

std::string request(const QByteArray& spans)
{
    return wireOf(("{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                   "{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"s\"},\"spans\":[" +
                   spans + "]}]}]}")
                      .toStdString());
}

/// Names of the spans that were read.
QStringList names(RecordingSink& sink)
{
    QStringList all;
    for (const auto& [span, record] : sink.spans)
        all.append(QString::fromStdString(sink.text(span, SpanText::Name)));
    return all;
}

/// "kind@byte" of every finding.
QStringList findings(const RecordingSink& sink)
{
    QStringList all;
    for (const ImportIssue& issue : sink.issues)
        all.append(QString("%1@%2").arg(name(issue.kind)).arg(issue.byte));
    return all;
}

} // namespace

class TestOtlpProto : public QObject
{
    Q_OBJECT

private slots:
    /// The same requests as JSON and in every form that a Collector gives them.
    void sameAsJson_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : {"current.json", "eras.json", "precedence.json", "relatives.json", "currencies.json",
                                 "cancelled.json", "pending.jsonl", "logs.jsonl", "recordedstreams.jsonl"})
            QTest::newRow(file) << QString(ARCSCOPE_TEST_DATA "/formats/otlp-json/") + file;
    }

    void sameAsJson()
    {
        QFETCH(QString, file);
        const QByteArray bytes = testing::contents(file);
        RecordingSink json;
        QVERIFY(testing::readAll("otlp-json", bytes.toStdString(), json));
        QVERIFY(!json.spans.empty());
        std::string whole;
        std::string frames;
        std::string packedFrames;
        std::string packedJson;
        for (const std::string& text : testing::requestTexts(bytes)) {
            const std::string wire = wireOf(text);
            whole += wire;
            frames += framed(wire);
            packedFrames += framed(zstdPacked(wire));
            packedJson += framed(zstdPacked(text));
        }
        const QString expected = table(json, "otlp-json");
        const bool mixed = bytes.contains("resourceLogs") && bytes.contains("resourceSpans");
        if (!mixed) // one request holds spans or logs
            compare(whole, expected);
        compare(frames, expected);
        compare(packedFrames, expected);
        compare(packedJson, expected);
    }

    void bytesAndNumbersKeepTheirValue()
    {
        const QByteArray attributes = quoted(
            "{'key':'big','value':{'intValue':'9223372036854775807'}},{'key':'small','value':{'doubleValue':1e-7}},"
            "{'key':'nan','value':{'doubleValue':'NaN'}},{'key':'raw','value':{'bytesValue':'AAEC/w=='}},"
            "{'key':'map','value':{'kvlistValue':{'values':[{'key':'a','value':{'boolValue':true}}]}}},"
            "{'key':'text','value':{'stringValue':'line\\n\\'quoted\\' \\u0001'}}");
        QByteArray span = spanJson(1);
        span.chop(1);
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-proto", request(span + ",\"attributes\":[" + attributes + "]}"), sink));
        QCOMPARE(sink.spans.size(), std::size_t(1));
        QCOMPARE(sink.text(sink.spans[0].span, SpanText::Service), std::string("shop"));
        const SpanContent content = formatNamed("otlp-proto")->decode(sink.spans[0].record, {});
        const auto value = [&](std::string_view key) {
            for (const Attribute& attribute : content.attributes) {
                if (attribute.key == key)
                    return QString::fromStdString(attribute.value);
            }
            return QString("none");
        };
        QCOMPARE(value("big"), "9223372036854775807");
        QCOMPARE(value("small"), "1e-07");
        QCOMPARE(value("nan"), "NaN");
        QCOMPARE(value("text"), "line\n\"quoted\" \x01");
        QVERIFY(value("map.a") == "true" || value("map").contains("true"));
        QVERIFY(value("raw") != "none");
    }

    void placesAreThoseOfTheFile()
    {
        const std::string first = framed(request(spanJson(1)));
        const std::string second = framed(request(spanJson(2)));
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-proto", first + second, sink));
        QCOMPARE(names(sink), QStringList({"span 1", "span 2"}));
        const std::string wire = OtlpWire::span(QJsonDocument::fromJson(spanJson(2)).object());
        const auto at = static_cast<std::int64_t>((first + second).rfind(wire));
        QCOMPARE(sink.spans[1].span.sourceByte, at - 2); // the tag and the length before it
    }

    void damageCostsOneRequest_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("spans");
        QTest::addColumn<QStringList>("issues");
        const auto row = [](const char* what, const std::string& bytes, const QStringList& spans,
                            const QStringList& issues) {
            QTest::newRow(what) << QByteArray::fromStdString(bytes) << spans << issues;
        };
        const std::string a = framed(request(spanJson(1)));
        const std::string b = framed(request(spanJson(2)));
        const std::string c = framed(request(spanJson(3)));
        const auto at = [](const char* kind, std::size_t byte) { return QString("%1@%2").arg(kind).arg(byte); };
        const QStringList outer{"span 1", "span 3"};

        std::string giant = b;
        giant[0] = '\x7f';
        row("a length beyond the file", a + giant + c, {"span 1", "span 2", "span 3"},
            {at("malformed-record", a.size() + b.size())});
        std::string small = b;
        small[3] = '\x05';
        row("a length too small", a + small + c, outer, {at("malformed-record", a.size())});
        std::string broken = b;
        QVERIFY(broken[5] > 0 && broken[5] < '\x7f'); // all of the request lies in one list
        broken[5] = '\x7f';
        row("a list longer than its request", a + broken + c, outer, {at("malformed-record", a.size())});
        row("bytes between frames", a + "some text" + c, outer, {at("malformed-record", a.size())});
        row("an empty frame", a + std::string(4, '\0') + c, outer, {at("unknown-record", a.size())});
        row("cut in a span", a + b.substr(0, b.size() - 3), {"span 1"}, {at("truncated-file", a.size())});
        row("cut in a length", a + b.substr(0, 3), {"span 1"}, {at("truncated-file", a.size())});

        const std::string packed = framed(zstdPacked(request(spanJson(2))));
        row("packed", a + packed + c, {"span 1", "span 2", "span 3"}, {});
        std::string longer = packed;
        longer[2] = '\x01';
        row("packed, a length too large", a + longer + c, {"span 1", "span 2", "span 3"},
            {at("malformed-record", a.size()), at("truncated-file", a.size())});
        row("packed, cut", a + packed.substr(0, packed.size() - 4), {"span 1"},
            {at("malformed-record", a.size()), at("truncated-file", a.size())});
        std::string spoiled = packed;
        spoiled[8] = '\x7f';
        row("packed, damaged", a + spoiled + c, outer, {at("malformed-record", a.size())});

        // A span that cannot be decoded, between two that can.
        std::string three = request(spanJson(1) + ',' + spanJson(2) + ',' + spanJson(3));
        const std::size_t middle = three.find("span 2");
        three[middle - 1] = '\x7f';
        const auto spanAt = three.rfind('\x12', three.rfind(std::string("\x0a\x10", 2), middle));
        row("one span of a request", three, outer, {at("malformed-record", spanAt)});
    }

    void damageCostsOneRequest()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, spans);
        QFETCH(QStringList, issues);
        QCOMPARE(sniffed(bytes.toStdString()), std::string("otlp-proto"));
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-proto", bytes.toStdString(), sink));
        QCOMPARE(names(sink), spans);
        QStringList found = findings(sink);
        found.sort();
        issues.sort();
        QCOMPARE(found, issues);
    }

    void unknownFieldsAreNamed()
    {
        std::string span = OtlpWire::span(QJsonDocument::fromJson(spanJson(1)).object());
        protozero::pbf_writer more(span);
        more.add_string(77, "new");
        std::string scope;
        protozero::pbf_writer(scope).add_message(2, span);
        std::string resource;
        protozero::pbf_writer(resource).add_message(2, scope);
        protozero::pbf_writer(resource).add_uint64(9, 1);
        std::string bytes;
        protozero::pbf_writer(bytes).add_message(1, resource);
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-proto", framed(bytes), sink));
        QCOMPARE(names(sink), QStringList({"span 1"}));
        QStringList messages;
        for (const ImportIssue& issue : sink.issues)
            messages.append(QString::fromStdString(issue.message));
        QCOMPARE(messages.filter("field 77 of a span").size(), 1);
        QCOMPARE(messages.filter("field 9 of the list of a resource").size(), 1);
    }

    void deepValuesEndSomewhere()
    {
        std::string value;
        for (int depth = 0; depth < 500; ++depth) {
            std::string list;
            protozero::pbf_writer(list).add_message(1, value);
            value.clear();
            protozero::pbf_writer(value).add_message(5, list);
        }
        std::string attribute;
        protozero::pbf_writer(attribute).add_string(1, "deep");
        protozero::pbf_writer(attribute).add_message(2, value);
        std::string span = OtlpWire::span(QJsonDocument::fromJson(spanJson(1)).object());
        protozero::pbf_writer(span).add_message(9, attribute);
        std::string scope;
        protozero::pbf_writer(scope).add_message(2, span);
        std::string resource;
        protozero::pbf_writer(resource).add_message(2, scope);
        std::string bytes;
        protozero::pbf_writer(bytes).add_message(1, resource);
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-proto", bytes, sink));
        QCOMPARE(names(sink), QStringList({"span 1"}));
        QVERIFY(findings(sink).join(' ').contains("too-deep"));
    }

    void othersAreNotTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("json behind a line feed") << QByteArray("\n{\"resourceSpans\":[]}");
        QTest::newRow("list behind a line feed") << QByteArray("\n[{\"a\":1},{\"resourceSpans\":[]}]");
        QTest::newRow("indented list") << QByteArray("[\n  {\n    \"resourceSpans\": []\n  }\n]");
        QTest::newRow("zeros") << QByteArray(1'000, '\0');
        QTest::newRow("text") << QByteArray("\n\nsome text that is no trace\n\n");
        QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    }

    void othersAreNotTaken()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(sniffed(bytes.toStdString()) != "otlp-proto");
    }

    void metricsAreCounted()
    {
        std::string gauge;
        protozero::pbf_writer(gauge).add_string(1, "x");
        std::string metric;
        protozero::pbf_writer writer(metric);
        writer.add_string(1, "requests");
        writer.add_string(2, "how many");
        writer.add_message(5, gauge);
        std::string scope;
        protozero::pbf_writer(scope).add_message(2, metric);
        std::string resource;
        protozero::pbf_writer(resource).add_message(2, scope);
        std::string bytes;
        protozero::pbf_writer(bytes).add_message(1, resource);
        RecordingSink sink;
        QCOMPARE(sniffed(framed(bytes)), std::string("otlp-proto"));
        QVERIFY(testing::readAll("otlp-proto", framed(bytes), sink));
        QVERIFY(sink.spans.empty());
        QCOMPARE(sink.issues.size(), std::size_t(1));
        QCOMPARE(sink.issues[0].message, std::string("metrics are not used"));
    }

    void compressedRecordsKeepPlacesOfTheirOwn()
    {
        const std::string text = testing::contents(ARCSCOPE_TEST_DATA "/formats/otlp-json/logs.jsonl").toStdString();
        std::set<std::int64_t> places;
        std::size_t spans = 0;
        for (const bool json : {false, true}) {
            std::string bytes;
            for (const std::string& request : testing::requestTexts(QByteArray::fromStdString(text)))
                bytes += framed(zstdPacked(json ? request : wireOf(request)));
            RecordingSink sink;
            QVERIFY(testing::readAll("otlp-proto", bytes, sink));
            places.clear();
            spans = 0;
            for (const auto& [span, record] : sink.spans) {
                if (sink.text(span, SpanText::Name).empty() || (span.flags & bit(SpanFlag::LogsJoined)) != 0)
                    continue;
                QVERIFY(span.sourceByte >= 0 && span.sourceByte < static_cast<std::int64_t>(bytes.size()));
                places.insert(span.sourceByte);
                ++spans;
            }
            QCOMPARE(places.size(), spans);
        }
    }

private:
    static void compare(const std::string& bytes, const QString& expected)
    {
        QCOMPARE(sniffed(bytes), std::string("otlp-proto"));
        RecordingSink sink;
        QVERIFY(testing::readAll("otlp-proto", bytes, sink));
        QCOMPARE(table(sink, "otlp-proto"), expected);
    }
};

QTEST_APPLESS_MAIN(TestOtlpProto)
#include "tst_otlpproto.moc"
