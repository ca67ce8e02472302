// layers: importers SHARED
// Recorded provider streams, one event a line, against counts that were made without this program.
#include "readformat.h"

#include <QTest>

#include <array>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Folder {
    const char* path;
    const char* format;
    std::int64_t files;
    std::int64_t modelCalls;
    std::int64_t toolCalls;
    std::int64_t input; ///< with what was read from and written to a cache
    std::int64_t output;
};

/// Counted by a Python program that parses every line as JSON by itself. Model calls: different ids (not empty ones) of
/// messages or responses; a message that is begun again in the middle of a response (spliced-message-start) is the same
/// call, and the usage of what is void is not counted (17 and 1 tokens). Tool calls: blocks that begin as a tool use,
/// output items whose type ends in "_call" or begins with "mcp_" (lists of tools and requests for approval too),
/// different indices of tool_calls. Tokens: of each call the last usage, for Anthropic with input_tokens,
/// cache_read_input_tokens and cache_creation_input_tokens added; where prompt, completion and reasoning tokens add up
/// to total_tokens, reasoning is output beside completion_tokens (xai: 28 + 567).
constexpr Folder folders[] = {
    {"anthropic/src/__fixtures__", "anthropic-stream", 19, 21, 23, 75589, 9700},
    {"groq/src/__fixtures__", "openai-chat-stream", 3, 3, 1, 272, 1784},
    {"mistral/src/__fixtures__", "openai-chat-stream", 4, 4, 2, 318, 90},
    {"moonshotai/src/__fixtures__", "openai-chat-stream", 1, 1, 0, 9, 12},
    {"openai-compatible/src/chat/__fixtures__", "openai-chat-stream", 2, 2, 1, 319, 595},
    {"openai/src/chat/__fixtures__", "openai-chat-stream", 2, 2, 0, 31, 378},
    {"openai/src/responses/__fixtures__", "openai-responses-stream", 20, 24, 32, 65942, 10800},
};

std::int64_t sum(const Usage& usage, std::initializer_list<UsageClass> classes)
{
    std::int64_t total = 0;
    for (const UsageClass c : classes)
        total += usage[c] == noTokens ? 0 : usage[c];
    return total;
}

} // namespace

class TestChunkFiles : public QObject
{
    Q_OBJECT

private slots:
    void totals_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(folders)); ++i)
            QTest::newRow(folders[i].path) << i;
    }

    void totals()
    {
        QFETCH(int, index);
        const Folder& expected = folders[index];
        const QDir folder(QStringLiteral(ARCSCOPE_SHARED_DIR "/data/vercel-ai/") + expected.path);
        std::int64_t files = 0, modelCalls = 0, toolCalls = 0, input = 0, output = 0;
        for (const QString& name : folder.entryList({"*.chunks.txt"})) {
            const std::string bytes = fileText(folder.filePath(name));
            const std::string format = sniffed(bytes);
            QVERIFY2(format == expected.format, qPrintable(name + ": " + QString::fromStdString(format)));
            RecordingSink sink;
            QVERIFY2(readWith(*formatNamed(format), bytes, sink), qPrintable(name));
            ++files;
            for (const auto& [span, record] : sink.spans) {
                modelCalls += span.kind == SpanKind::ModelCall ? 1 : 0;
                toolCalls += span.kind == SpanKind::ToolCall ? 1 : 0;
                input += sum(span.usage, {UsageClass::Input, UsageClass::CacheRead, UsageClass::CacheWrite,
                                          UsageClass::CacheWriteLong, UsageClass::AudioInput});
                output += sum(span.usage, {UsageClass::Output, UsageClass::Reasoning, UsageClass::PredictionAccepted,
                                           UsageClass::PredictionRejected, UsageClass::AudioOutput});
            }
        }
        QCOMPARE(files, expected.files);
        QCOMPARE(modelCalls, expected.modelCalls);
        QCOMPARE(toolCalls, expected.toolCalls);
        QCOMPARE(input, expected.input);
        QCOMPARE(output, expected.output);
    }
};

QTEST_APPLESS_MAIN(TestChunkFiles)
#include "tst_chunkfiles.moc"
