// layers: core analysis
#include "statedphases.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A stream whose last event is a usage record, as "kind from-to" in milliseconds.
QString stated(const char* usage, const std::vector<Attribute>& attributes = {}, Nanos sent = 0, bool timed = true)
{
    StreamWriter writer;
    StreamEvent event;
    event.kind = StreamEventKind::Chunk;
    event.time = timed ? 100 * millisecond : noTime;
    event.text = "a";
    writer.add(event);
    event.kind = StreamEventKind::Usage;
    event.time = timed ? 200 * millisecond : noTime;
    event.text = {};
    event.detail = usage;
    writer.add(event);
    const auto model = StreamModel::of(writer.take());
    StreamSpanTimes span;
    span.start = sent;
    QStringList out;
    for (const StreamPhase& phase : statedPhases(*model, attributes, momentsOf(*model, span)))
        out << QString("%1 %2-%3")
                   .arg(name(phase.kind).data())
                   .arg(static_cast<double>(phase.range.start) / millisecond)
                   .arg(static_cast<double>(phase.range.end) / millisecond);
    return out.join(u", ");
}

Attribute number(const char* key, const char* value)
{
    return {key, value, AttributeType::Number};
}

} // namespace

class TestStatedPhases : public QObject
{
    Q_OBJECT

private slots:
    void usageRecords_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<QString>("phases");
        QTest::newRow("groq") << QByteArray("{\"queue_time\":0.01,\"prompt_time\":0.02,\"completion_time\":0.1,"
                                            "\"total_time\":0.12}")
                              << "queueing 0-10, prefill 10-30, decoding 30-130";
        QTest::newRow("ollama") << QByteArray("{\"load_duration\":5000000,\"prompt_eval_duration\":2000000,"
                                              "\"eval_duration\":90000000,\"eval_count\":3}")
                                << "loading 0-5, prefill 5-7, decoding 7-97";
        QTest::newRow("llama.cpp") << QByteArray("{\"prompt_ms\":12.5,\"predicted_ms\":80}")
                                   << "prefill 0-12.5, decoding 12.5-92.5";
        QTest::newRow("none") << QByteArray("{\"prompt_tokens\":12}") << "";
        QTest::newRow("no durations") << QByteArray(
                                             "{\"queue_time\":-1,\"prompt_time\":\"x\",\"completion_time\":1e99}")
                                      << "";
    }

    void usageRecords()
    {
        QFETCH(QByteArray, usage);
        QFETCH(QString, phases);
        QCOMPARE(stated(usage.constData()), phases);
    }

    void attributesOfTheSpan()
    {
        const std::vector<Attribute> server{number("gen_ai.latency.time_in_queue", "0.004"),
                                            number("gen_ai.latency.time_in_model_prefill", "0.05")};
        const std::vector<Attribute> client{number("timings.blocked", "1"),  number("timings.dns", "2"),
                                            number("timings.connect", "-1"), number("timings.send", "0.5"),
                                            number("timings.wait", "90"),    number("timings.receive", "100")};
        QCOMPARE(stated("{}", server), u"queueing 0-4, prefill 4-54");
        QCOMPARE(stated("{}", client), u"connecting 0-3, sending 3-3.5, answered 3.5-93.5, receiving 93.5-193.5");
        std::vector<Attribute> both = client;
        both.insert(both.end(), server.begin(), server.end());
        QCOMPARE(stated("{}", both), u"queueing 0-4, prefill 4-54");
    }

    void whereTheyLie()
    {
        const char* const usage = "{\"prompt_time\":0.02,\"completion_time\":0.1}";
        QCOMPARE(stated(usage, {}, 10 * millisecond), u"prefill 10-30, decoding 30-130");
        QCOMPARE(stated(usage, {}, noTime), u"prefill 80-100, decoding 100-200"); // up to the first content
        QCOMPARE(stated(usage, {}, noTime, false), u"prefill 0-20, decoding 20-120");
    }
};

QTEST_APPLESS_MAIN(TestStatedPhases)
#include "tst_statedphases.moc"
