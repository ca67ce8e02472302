// layers: importers
// What is read ahead on another thread is what reading one record after the other gives.
#include "batchbelt.h"
#include "readformat.h"
#include "recordsahead.h"

#include <QtTest>

#include <memory>
#include <new>
#include <stdexcept>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Everything that a reader gave, with the ids of the texts in the order in which they got them.
QString everything(RecordingSink& sink)
{
    std::string out = printSpans(sink);
    for (const auto& [span, record] : sink.spans) {
        for (const StringId text : span.texts)
            out += std::to_string(text.value) + ' ';
        for (const Id& id : {span.trace, span.span, span.parent})
            out += std::to_string(id.high) + ':' + std::to_string(id.low) + ' ';
        out += record + '\n';
    }
    for (std::uint32_t id = 1; sink.intern("behind all others").value > id; ++id)
        out += sink.text(StringId{id}) + '\n';
    return QString::fromStdString(out);
}

struct Read {
    bool done = false;
    QString all;
    std::size_t spans = 0;
};

Read readAs(std::string_view format, const std::string& bytes, bool prompt)
{
    const auto source = memorySource(bytes);
    source->setPrompt(prompt);
    RecordingSink sink;
    ReadJob job{*source, sink, {}, "test"};
    Read read;
    read.done = bool(formatNamed(format)->read(job));
    read.spans = sink.spans.size();
    read.all = everything(sink);
    return read;
}

/// Spans with texts of their own and shared ones, ids that are only texts, and some that are broken.
std::string otlpLines(int lines)
{
    std::string text;
    for (int line = 0; line < lines; ++line) {
        const std::string n = std::to_string(line);
        text +=
            R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"service )" +
            std::to_string(line / 7) + R"("}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[)";
        for (int span = 0; span < 20; ++span) {
            const std::string id =
                span % 5 == 0 ? "text-" + n + "-" + std::to_string(span) : "00000000000000" + n + "0";
            text += span > 0 ? "," : "";
            text += R"({"traceId":"trace )" + std::to_string(line / 3) + R"(","spanId":")" + id + R"(","name":"step )" +
                    std::to_string(span) + (span == 13 ? "\xff" : "") + R"(","startTimeUnixNano":)" +
                    (span % 11 == 10 ? std::string("\"never\"") : "\"17000000000" + n + "\"") +
                    R"(,"attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"model \u00e)" +
                    std::to_string(span % 10) + R"("}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":)" +
                    (span == 7 ? "-3" : n) + R"(}}]})";
        }
        text += line % 50 == 49 ? "]}\n" : "]}]}]}\n";
    }
    return text;
}

std::string dumpLines(int lines)
{
    std::string text;
    for (int line = 0; line < lines; ++line) {
        const std::string n = std::to_string(line);
        text += R"({"name":"step )" + n + R"(","context":{"trace_id":"trace )" + std::to_string(line / 9) +
                R"(","span_id":"span )" + n + R"("},"start_time":"2024-05-01T00:00:00)" + (line % 4 ? "Z" : "") +
                R"(","attributes":{"openinference.span.kind":"LLM","session.id":"s)" + std::to_string(line % 31) +
                "\"}";
        if (line % 6 == 0)
            text += R"(,"resource":{"attributes":{"service.name":"service )" + std::to_string(line / 600) + "\"}}";
        text += line % 101 == 100 ? "\n" : "}\n";
    }
    return text;
}

std::string chromeEvents(int events)
{
    std::string text = "{\"traceEvents\":[\n";
    for (int event = 0; event < events; ++event) {
        const std::string n = std::to_string(event);
        const char* const phases[] = {"X", "X", "B", "i", "E", "X", "b", "n", "e", "M", "s", "X", "C", "?"};
        const std::string_view phase = phases[event % 14];
        text += R"({"name":"step )" + std::to_string(event % 90) + R"(","ph":")" + std::string(phase) +
                R"(","cat":"llm","ts":)" + n +
                ".5,\"dur\":" + (event % 70 == 5 ? "\"long\"" : std::to_string(event % 400)) + R"(,"pid":"process )" +
                std::to_string(event % 3) + R"(","tid":"\u0074)" + std::to_string(event % 5) + R"(","id":)" +
                std::to_string(event % 17) + R"(,"args":{"span_id":"event )" + n + R"(","model":"m)" +
                std::to_string(event / 900) + R"(","name":"row )" + n + R"(","input_tokens":)" +
                (event % 77 == 0 ? "\"few\"" : n) + "}},\n";
        if (event % 500 == 499)
            text += "7,{},\n";
    }
    return text + "]}";
}

/// A reader that knows nothing of spans.
struct Lengths {
    struct Record {
        std::size_t length = 0;
        StringId text;
        void translate(const TextMap& texts) { texts.translate(text); }
    };
    explicit Lengths(SpanSink& sink)
        : m_sink(sink)
    {
    }
    bool read(const SplitEvent& event, BatchMemory&, Record& record)
    {
        record.length = event.value.size();
        record.text = m_sink.intern(event.value);
        return event.kind == SplitKind::Value;
    }
    SpanSink& m_sink;
};

std::string numbers(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "[" + std::to_string(i) + "]\n";
    return text;
}

} // namespace

class TestRecordsAhead : public QObject
{
    Q_OBJECT

private slots:
    void whatIsReadAheadIsTheSame_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* format, const std::string& text) {
            QTest::newRow(name) << QString::fromLatin1(format)
                                << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
        };
        row("OTLP", "otlp-json", otlpLines(1'500));
        row("OTLP, less than a batch", "otlp-json", otlpLines(20));
        row("dump", "span-dump", dumpLines(40'000));
        row("Chrome", "chrome-trace", chromeEvents(40'000));
        row("nothing", "otlp-json", "");
    }
    void whatIsReadAheadIsTheSame()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, text);
        const std::string bytes = text.toStdString();
        const Read one = readAs(format.toStdString(), bytes, false);
        const Read ahead = readAs(format.toStdString(), bytes, true);
        QCOMPARE(ahead.done, one.done);
        QCOMPARE(ahead.spans, one.spans);
        QVERIFY(bytes.empty() || one.spans > 100);
        QVERIFY(ahead.all == one.all);
    }

    void everyCaseIsTheSame()
    {
        for (const char* const format : {"otlp-json", "span-dump", "chrome-trace"}) {
            for (const QString& file : caseFiles(QString::fromLatin1(format))) {
                const std::string bytes = fileText(file);
                QVERIFY2(readAs(format, bytes, true).all == readAs(format, bytes, false).all, qPrintable(file));
            }
        }
    }

    void whoStopsEarlyLeavesNothingBehind()
    {
        for (const int taken : {0, 1, 5'000, 30'000}) {
            const auto source = memorySource(numbers(400'000));
            source->setPrompt(true);
            RecordingSink sink;
            ReadJob job{*source, sink, {}, "test"};
            RecordsAhead<Lengths> records(job, SplitPaths(), {});
            SplitEvent event;
            Lengths::Record* record = nullptr;
            for (int i = 0; i < taken; ++i) {
                QVERIFY(records.next(event, record).value());
                QCOMPARE(record->text.value, static_cast<std::uint32_t>(i) + 1);
                QCOMPARE(QString::fromStdString(std::string(event.value)), "[" + QString::number(i) + "]");
            }
        }
    }

    void cancelIsSeen()
    {
        std::stop_source stop;
        const auto source = memorySource(numbers(3'000'000));
        source->setPrompt(true);
        RecordingSink sink;
        ReadJob job{*source, sink, {stop.get_token(), nullptr}, "test"};
        RecordsAhead<Lengths> records(job, SplitPaths(), {});
        SplitEvent event;
        Lengths::Record* record = nullptr;
        std::uint64_t taken = 0;
        while (true) {
            const auto more = records.next(event, record);
            if (!more) {
                QCOMPARE(more.error().code, ErrorCode::Cancelled);
                break;
            }
            QVERIFY(*more);
            if (++taken == 1'000)
                stop.request_stop();
        }
        QVERIFY(taken < 2'900'000);
    }

    void batchesComeInOrderUntilOneThrows()
    {
        for (const bool ahead : {false, true}) {
            int filled = 0;
            BatchBelt<int> belt([&](int& batch) {
                if (++filled == 10)
                    throw std::bad_alloc();
                batch = filled;
                return true;
            });
            for (int i = 1; i < 10; ++i) {
                const int* const batch = belt.next();
                QVERIFY(batch);
                QCOMPARE(*batch, i);
                if (ahead)
                    belt.start();
            }
            QVERIFY_EXCEPTION_THROWN(belt.next(), std::bad_alloc);
            QVERIFY(!belt.next());
        }
    }

    void theLastBatchIsGivenAndNothingBehindIt()
    {
        for (const bool ahead : {false, true}) {
            int filled = 0;
            BatchBelt<int> belt([&](int& batch) {
                batch = ++filled;
                return filled < 3;
            });
            if (ahead)
                belt.start();
            for (int i = 1; i <= 3; ++i)
                QCOMPARE(*belt.next(), i);
            QVERIFY(!belt.next());
            QVERIFY(!belt.next());
            QCOMPARE(filled, 3);
        }
    }
};

QTEST_APPLESS_MAIN(TestRecordsAhead)
#include "tst_recordsahead.moc"
