// layers: importers SHARED
// Recordings of others: counts and totals were taken from the files by other means.
#include "probe.h"
#include "readercases.h"

#include <QTest>

using namespace arcscope;
using testing::RecordingSink;

class TestOtlpShared : public QObject
{
    Q_OBJECT

private slots:
    void recordings_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("modelCalls");
        QTest::addColumn<int>("input");
        QTest::addColumn<int>("output");
        const QString vercel = "openinference/js/packages/openinference-vercel/test/__fixtures__/v6-spans/";
        QTest::newRow("proto example") << "otlp-proto/examples/trace.json"
                                       << "otlp-json" << 1 << 0 << 0 << 0;
        QTest::newRow("proto logs") << "otlp-proto/examples/logs.json"
                                    << "otlp-json" << 0 << 0 << 0 << 0;
        QTest::newRow("proto metrics") << "otlp-proto/examples/metrics.json"
                                       << "otlp-json" << 0 << 0 << 0 << 0;
        QTest::newRow("jaeger's otlp") << "jaeger-ui/packages/jaeger-ui/src/utils/fixtures/otlp2jaeger-in.json"
                                       << "otlp-json" << 2 << 0 << 0 << 0;
        QTest::newRow("ai sdk 6") << vercel + "all-spans.json"
                                  << "span-dump" << 10 << 4 << 142 << 297;
        QTest::newRow("ai sdk 6, outer") << vercel + "ai-streamText.json"
                                         << "span-dump" << 1 << 0 << 0 << 0;
    }

    void recordings()
    {
        QFETCH(QString, file);
        QFETCH(QString, format);
        const std::string bytes = testing::contents(QString(ARCSCOPE_SHARED_DIR "/data/") + file).toStdString();
        QVERIFY(!bytes.empty());
        const ImportFormat* found = sniff(Probe(bytes.substr(0, Probe::headBytes), bytes.size() <= Probe::headBytes));
        QVERIFY(found);
        QCOMPARE(std::string(found->name), format.toStdString());
        RecordingSink sink;
        QVERIFY(testing::readAll(format.toStdString(), bytes, sink));
        int calls = 0;
        std::int64_t input = 0;
        std::int64_t output = 0;
        for (const auto& [span, record] : sink.spans) {
            if (span.kind != SpanKind::ModelCall)
                continue;
            ++calls;
            input += span.usage[UsageClass::Input] + std::max<std::int64_t>(span.usage[UsageClass::CacheRead], 0);
            output += span.usage[UsageClass::Output] + std::max<std::int64_t>(span.usage[UsageClass::Reasoning], 0);
        }
        QTEST(static_cast<int>(sink.spans.size()), "spans");
        QTEST(calls, "modelCalls");
        QTEST(static_cast<int>(input), "input");
        QTEST(static_cast<int>(output), "output");
        QCOMPARE(testing::contradiction(format.toStdString(), sink), std::string());
    }

    void firstChunkOfAiSdk()
    {
        RecordingSink sink;
        const QString file = ARCSCOPE_SHARED_DIR
            "/data/openinference/js/packages/openinference-vercel/test/__fixtures__/v6-spans/all-spans.json";
        QVERIFY(testing::readAll("span-dump", testing::contents(file).toStdString(), sink));
        int timed = 0;
        for (const auto& [span, record] : sink.spans) {
            if (sink.text(span, SpanText::Name) != "ai.streamText.doStream")
                continue;
            QCOMPARE(span.firstToken, Nanos(426853500));
            QCOMPARE(sink.text(span, SpanText::StopReason), std::string("stop"));
            ++timed;
        }
        QCOMPARE(timed, 1);
    }
};

QTEST_APPLESS_MAIN(TestOtlpShared)
#include "tst_otlpshared.moc"
