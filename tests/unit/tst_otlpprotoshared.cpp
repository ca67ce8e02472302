// layers: importers protozero::protozero PkgConfig::zstd SHARED
// Recordings of others, written as a Collector would write them to a file; the counts were taken by other means.
#include "otlpwire.h"
#include "readercases.h"

#include <QTest>

using namespace arcscope;
using testing::RecordingSink;

class TestOtlpProtoShared : public QObject
{
    Q_OBJECT

private slots:
    void recordings_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("attributes");
        QTest::newRow("traces") << "otlp-proto/examples/trace.json" << 1 << 1;
        QTest::newRow("logs") << "otlp-proto/examples/logs.json" << 0 << 0;
        QTest::newRow("events") << "otlp-proto/examples/events.json" << 0 << 0;
        QTest::newRow("jaeger's") << "jaeger-ui/packages/jaeger-ui/src/utils/fixtures/otlp2jaeger-in.json" << 2 << 4;
    }

    void recordings()
    {
        QFETCH(QString, file);
        const std::string text = testing::contents(QString(ARCSCOPE_SHARED_DIR "/data/") + file).toStdString();
        RecordingSink json;
        QVERIFY(testing::readAll("otlp-json", text, json));
        const std::string wire = testing::wireOf(text);
        for (const std::string& form : {wire, testing::framed(wire), testing::framed(testing::zstdPacked(wire))}) {
            RecordingSink proto;
            QVERIFY(testing::readAll("otlp-proto", form, proto));
            QTEST(static_cast<int>(proto.spans.size()), "spans");
            QCOMPARE(testing::printContents("otlp-proto", proto), testing::printContents("otlp-json", json));
            std::size_t attributes = 0;
            for (std::size_t i = 0; i < proto.spans.size(); ++i) {
                const auto& [span, record] = proto.spans[i];
                attributes += formatNamed("otlp-proto")->decode(record, {}).attributes.size();
                QVERIFY(span.span == json.spans[i].span.span && span.trace == json.spans[i].span.trace);
                QVERIFY(span.parent == json.spans[i].span.parent);
                QCOMPARE(span.start, json.spans[i].span.start);
                QCOMPARE(span.end, json.spans[i].span.end);
                QCOMPARE(proto.text(span, SpanText::Name), json.text(json.spans[i].span, SpanText::Name));
            }
            QTEST(static_cast<int>(attributes), "attributes");
        }
    }
};

QTEST_APPLESS_MAIN(TestOtlpProtoShared)
#include "tst_otlpprotoshared.moc"
