// layers: importers SHARED
// Batches that LangSmith's own SDK sent. Counted without this program: different ids in post and patch; those with
// run_type "llm"; tokens of the last usage_metadata of an output; events "new_token", and of them those with text in
// the delta of their first choice; microseconds from the post's start to the first of these, -1 for none.
#include "readercases.h"
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLangSmithShared : public QObject
{
    Q_OBJECT

private slots:
    void counts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("modelCalls");
        QTest::addColumn<int>("input");
        QTest::addColumn<int>("output");
        QTest::addColumn<int>("chunks");
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("firstMicros");
        QTest::newRow("langsmith_py_wrap_openai_.json")
            << "langsmith_py_wrap_openai_.json" << 1 << 1 << 9 << 9 << 0 << "" << qint64(-1);
        QTest::newRow("langsmith_py_wrap_openai_reasoning.json")
            << "langsmith_py_wrap_openai_reasoning.json" << 1 << 1 << 43 << 2497 << 0 << "" << qint64(-1);
        QTest::newRow("langsmith_py_wrap_openai_stream.json")
            << "langsmith_py_wrap_openai_stream.json" << 1 << 1 << 9 << 9 << 9 << "Howdy! How can I assist you today?"
            << qint64(1238811);
        QTest::newRow("langsmith_py_wrap_openai_stream_no_usage.json")
            << "langsmith_py_wrap_openai_stream_no_usage.json" << 1 << 1 << 0 << 0 << 9
            << "Howdy! How can I assist you today?" << qint64(790264);
    }

    void counts()
    {
        QFETCH(QString, file);
        const std::string bytes =
            fileText(QString(ARCSCOPE_SHARED_DIR "/data/langsmith/python/tests/integration_tests/test_data/") + file);
        QVERIFY(!bytes.empty());
        QCOMPARE(sniffed(bytes), std::string("langsmith"));
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("langsmith"), bytes, sink));
        int calls = 0;
        std::int64_t input = 0;
        std::int64_t output = 0;
        Nanos first = notRecorded;
        const auto counted = [](std::int64_t tokens) { return std::max<std::int64_t>(tokens, 0); };
        for (const auto& [span, record] : sink.spans) {
            calls += span.kind == SpanKind::ModelCall;
            input += counted(span.usage[UsageClass::Input]) + counted(span.usage[UsageClass::CacheRead]);
            output += counted(span.usage[UsageClass::Output]) + counted(span.usage[UsageClass::Reasoning]);
            first = span.firstToken;
        }
        int chunks = 0;
        std::string text;
        for (const auto& [row, stream] : sink.streams) {
            StreamReader reader(stream);
            StreamEvent event;
            while (reader.next(event)) {
                chunks += event.kind == StreamEventKind::Chunk && !event.text.empty();
                text += event.kind == StreamEventKind::Chunk ? std::string(event.text) : std::string();
            }
        }
        QTEST(static_cast<int>(sink.spans.size()), "spans");
        QTEST(calls, "modelCalls");
        QTEST(static_cast<int>(input), "input");
        QTEST(static_cast<int>(output), "output");
        QTEST(chunks, "chunks");
        QTEST(QString::fromStdString(text), "text");
        QTEST(first == notRecorded ? qint64(-1) : static_cast<qint64>(first / microsecond), "firstMicros");
        QVERIFY(sink.issues.empty());
        QCOMPARE(contradiction("langsmith", sink), std::string());
    }
};

QTEST_APPLESS_MAIN(TestLangSmithShared)
#include "tst_langsmithshared.moc"
