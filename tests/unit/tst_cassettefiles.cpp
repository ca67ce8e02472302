// layers: importers SHARED
// Recorded HTTP of several projects' tests against counts that were made without this program.
#include "readformat.h"

#include <QDirIterator>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Project {
    const char* path;
    std::int64_t files;
    std::int64_t modelCalls;
    std::int64_t toolCalls;
    std::int64_t input;
    std::int64_t output;
    std::int64_t others;
    const char* names = "*.yaml";
};

/// Counted by a Python program of its own (PyYAML, json, gzip). Model calls: interactions whose response body is a
/// response or a stream of events of OpenAI (chat, completions, Responses and their compaction), Anthropic, Gemini,
/// Cohere or Ollama, or whose status is 400 or more where the request has messages, contents, or a model with input or
/// prompt. Tool calls: blocks whose type ends in tool_use, output items whose type ends in _call or begins with mcp_,
/// different indices of tool_calls, parts with functionCall or executableCode. Tokens: the last count of each kind in a
/// response, caches included, reasoning of OpenAI's clones added where their total says so, Gemini's thoughts and tool
/// prompts added. Others: all other interactions. Two recordings of gRPC have no HTTP interactions.
constexpr Project projects[] = {
    {"langsmith", 6, 21, 0, 279, 522, 0},
    {"openinference", 31, 47, 24, 9261, 4860, 6},
    {"openinference/js/packages/openinference-instrumentation-anthropic", 3, 3, 0, 153, 430, 0, "*.json"},
    {"openllmetry", 72, 108, 32, 8361, 4764, 19},
    {"pydantic-ai", 50, 78, 61, 418221, 27174, 15},
};

} // namespace

class TestCassetteFiles : public QObject
{
    Q_OBJECT

private slots:
    void totals_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(projects)); ++i)
            QTest::newRow(projects[i].path) << i;
    }

    void totals()
    {
        QFETCH(int, index);
        const Project& expected = projects[index];
        QDirIterator walk(QStringLiteral(ARCSCOPE_SHARED_DIR "/data/") + expected.path, {expected.names}, QDir::Files,
                          QDirIterator::Subdirectories);
        std::int64_t files = 0, modelCalls = 0, toolCalls = 0, input = 0, output = 0, others = 0;
        while (walk.hasNext()) {
            const QString name = walk.next();
            const std::string bytes = fileText(name);
            const std::string format = sniffed(bytes);
            if (format.empty())
                continue;
            QVERIFY2(format == "vcr-cassette", qPrintable(name + ": " + QString::fromStdString(format)));
            RecordingSink sink;
            QVERIFY2(readWith(*formatNamed(format), bytes, sink), qPrintable(name));
            ++files;
            for (const auto& [span, record] : sink.spans) {
                modelCalls += span.kind == SpanKind::ModelCall ? 1 : 0;
                toolCalls += span.kind == SpanKind::ToolCall ? 1 : 0;
                for (const UsageClass c : {UsageClass::Input, UsageClass::CacheRead, UsageClass::CacheWrite,
                                           UsageClass::CacheWriteLong, UsageClass::AudioInput})
                    input += std::max<std::int64_t>(span.usage[c], 0);
                for (const UsageClass c : {UsageClass::Output, UsageClass::Reasoning, UsageClass::PredictionAccepted,
                                           UsageClass::PredictionRejected, UsageClass::AudioOutput})
                    output += std::max<std::int64_t>(span.usage[c], 0);
                if (span.kind != SpanKind::ModelCall)
                    continue;
                const SpanContent content = formatNamed(format)->decode(record, {});
                const auto messages = static_cast<std::int64_t>(content.input.size() + content.output.size());
                QVERIFY2(messages == span.messages, qPrintable(name));
            }
            for (const ImportIssue& issue : sink.issues) {
                others += issue.kind == IssueKind::UnknownRecord ? static_cast<std::int64_t>(issue.count) : 0;
                QVERIFY2(issue.severity != Severity::Error, qPrintable(name + QString::fromStdString(issue.message)));
            }
        }
        QCOMPARE(files, expected.files);
        QCOMPARE(modelCalls, expected.modelCalls);
        QCOMPARE(others, expected.others);
        QCOMPARE(toolCalls, expected.toolCalls);
        QCOMPARE(input, expected.input);
        QCOMPARE(output, expected.output);
    }
};

QTEST_APPLESS_MAIN(TestCassetteFiles)
#include "tst_cassettefiles.moc"
