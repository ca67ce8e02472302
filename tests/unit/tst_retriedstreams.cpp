// layers: core analysis store pipeline
#include "imported.h"
#include "streamcontent.h"
#include "streammodel.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A call of a model in a file of OTLP: seconds from a common time, and what it showed.
struct Call {
    int start = 0;
    int end = 0;
    bool failed = false;
    const char* prompt = "Tell me";
    const char* shown = "";
    const char* model = "m-1";
    const char* parent = "00000000000000aa";
};

std::string attribute(const char* key, const std::string& value)
{
    return "{\"key\":\"" + std::string(key) + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
}

std::string timeText(int seconds)
{
    return "\"" + std::to_string(1'700'000'000 + seconds) + "000000000\"";
}

std::string spanOf(const Call& call, int number)
{
    const std::string prefix = "arcscope.stream.";
    std::string events;
    if (*call.shown)
        events = "{\"name\":\"" + prefix + "chunk\",\"timeUnixNano\":" + timeText(call.start + 1) +
                 ",\"attributes\":[" + attribute("arcscope.stream.chunk.content", call.shown) + "]}";
    const std::string message =
        "[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"" + std::string(call.prompt) + "\\\"}]";
    return R"({"traceId":"4f6e1c0b9a7d42c58e3b2a1900d7e6f5","spanId":"a1b2c3d4e5f6071)" + std::to_string(number) +
           R"(","parentSpanId":")" + call.parent + R"(","name":"chat )" + std::to_string(number) +
           R"(","startTimeUnixNano":)" + timeText(call.start) + R"(,"endTimeUnixNano":)" + timeText(call.end) +
           (call.failed ? R"(,"status":{"code":2,"message":"connection reset"})" : "") + R"(,"attributes":[)" +
           attribute("gen_ai.operation.name", "chat") + ',' + attribute("gen_ai.request.model", call.model) + ',' +
           attribute("gen_ai.input.messages", message) + R"(],"events":[)" + events + "]}";
}

std::string fileOf(const std::vector<Call>& calls)
{
    std::string spans;
    int number = 0;
    for (const Call& call : calls)
        spans += (spans.empty() ? "" : ",") + spanOf(call, number++);
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + spans + "]}]}]}";
}

} // namespace

class TestRetriedStreams : public QObject
{
    Q_OBJECT

private slots:
    void attempts_data();
    void attempts();
    void onceForAll();

private:
    /// "NAME: text [reason, evidence, withdrawn at second]" of every withdrawal.
    QStringList withdrawn(const std::string& path)
    {
        QStringList all;
        auto workspace = Workspace::open(path);
        if (!workspace)
            return {QStringLiteral("no workspace")};
        const Corpus corpus = corpusOf(*workspace);
        for (Row row = 0; row < corpus.spans.rows(); ++row) {
            const auto stream = workspace->stream(row);
            if (!stream)
                return {QStringLiteral("no stream")};
            if (stream->count != corpus.spans.at(SpanColumn::StreamEvents, row))
                all << QStringLiteral("counts differ");
            const auto model = StreamModel::of(*stream);
            for (const Retraction& gone : model->retractions()) {
                const TextBlock& block = model->blocks()[gone.block];
                const auto text = corpus.text(SpanText::Name, row);
                all << QStringLiteral("%1: %2 [%3, %4, %5]")
                           .arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())),
                                QString::fromStdString(block.text), QLatin1String(name(gone.reason)),
                                QLatin1String(name(gone.evidence)))
                           .arg(model->events()[gone.event].time / second - 1'700'000'000);
            }
        }
        return all;
    }

    Files m_files;
};

void TestRetriedStreams::attempts_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("expected");
    const auto add = [](const char* what, const std::vector<Call>& calls, const QStringList& expected) {
        QTest::newRow(what) << QString::fromStdString(fileOf(calls)) << expected;
    };
    add("cut and made again", {{0, 5, true, "a", "Half an ans"}, {6, 9, false, "a", "The answer"}},
        {"chat 0: Half an ans [retry, inferred, 6]"});
    add("cut twice", {{0, 5, true, "a", "One"}, {5, 8, true, "a", "Two"}, {9, 12, false, "a", "Three"}},
        {"chat 0: One [retry, inferred, 5]", "chat 1: Two [retry, inferred, 9]"});
    add("never made again", {{0, 5, true, "a", "Half"}}, {});
    add("another prompt", {{0, 5, true, "a", "Half"}, {6, 9, false, "b", "Whole"}}, {});
    add("another model", {{0, 5, true, "a", "Half"}, {6, 9, false, "a", "Whole", "m-2"}}, {});
    add("below another span", {{0, 5, true, "a", "Half"}, {6, 9, false, "a", "Whole", "m-1", "00000000000000bb"}}, {});
    add("side by side", {{0, 5, true, "a", "Half"}, {1, 9, false, "a", "Whole"}}, {});
    add("a pool of samples", {{0, 5, false, "a", "One"}, {0, 4, true, "a", "Tw"}, {5, 9, false, "a", "Three"}}, {});
    add("samples in a row", {{0, 2, true, "a", "O"}, {3, 5, false, "a", "Two"}, {6, 8, false, "a", "Three"}}, {});
    add("answered before", {{0, 2, false, "a", "One"}, {3, 5, true, "a", "Tw"}, {6, 8, false, "a", "Three"}}, {});
    add("nothing was shown", {{0, 5, true, "a", ""}, {6, 9, false, "a", "Whole"}}, {});
}

void TestRetriedStreams::attempts()
{
    QFETCH(QString, file);
    QFETCH(QStringList, expected);
    const std::string path = m_files.workspace(std::string(QTest::currentDataTag()) + ".arcscope");
    QVERIFY(importInto(path, {m_files.write("calls.json", file.toStdString())}, {}));
    QCOMPARE(withdrawn(path), expected);
}

void TestRetriedStreams::onceForAll()
{
    const std::string path = m_files.workspace("twice.arcscope");
    const Call cut{0, 5, true, "a", "Half"};
    const Call other{20, 22, false, "z", "Other", "m-1", "00000000000000cc"};
    QVERIFY(importInto(path, {m_files.write("one.json", fileOf({cut, {6, 9, false, "a", "Whole"}}))}, {}));
    const QStringList before = withdrawn(path);
    QCOMPARE(before.size(), 1);
    std::string later = fileOf({other});
    later.replace(later.find("a1b2c3d4e5f60710"), 16, "b1b2c3d4e5f60710");
    QVERIFY(importInto(path, {m_files.write("two.json", later)}, {}));
    QCOMPARE(withdrawn(path), before);
}

QTEST_GUILESS_MAIN(TestRetriedStreams)
#include "tst_retriedstreams.moc"
