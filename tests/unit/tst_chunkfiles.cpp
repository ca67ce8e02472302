// layers: importers SHARED
// Recorded provider streams, one event a line, against counts that were made without this program.
#include "readformat.h"

#include <QDirIterator>
#include <QTest>

#include <array>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Folder {
    const char* path;
    const char* pattern;
    const char* format;
    std::int64_t files; ///< that are of a format at all
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
/// to total_tokens, reasoning is output beside completion_tokens (xai: 28 + 567). Gemini: model calls are different
/// responseIds, or values whose method begins with "generateContent"; tool calls are functionCall parts with a name;
/// tokens are the last promptTokenCount and toolUsePromptTokenCount, and the last candidatesTokenCount and
/// thoughtsTokenCount, of each call. Whole responses (*.json): one model call each, also where the answer is an error;
/// transcriptions are none (tst_mappedshared has them).
constexpr Folder folders[] = {
    {"vercel-ai/anthropic/src/__fixtures__", "*.chunks.txt", "anthropic-stream", 19, 21, 23, 75589, 9700},
    {"vercel-ai/groq/src/__fixtures__", "*.chunks.txt", "openai-chat-stream", 3, 3, 1, 272, 1784},
    {"vercel-ai/mistral/src/__fixtures__", "*.chunks.txt", "openai-chat-stream", 4, 4, 2, 318, 90},
    {"vercel-ai/moonshotai/src/__fixtures__", "*.chunks.txt", "openai-chat-stream", 1, 1, 0, 9, 12},
    {"vercel-ai/openai-compatible/src/chat/__fixtures__", "*.chunks.txt", "openai-chat-stream", 2, 2, 1, 319, 595},
    {"vercel-ai/openai/src/chat/__fixtures__", "*.chunks.txt", "openai-chat-stream", 2, 2, 0, 31, 378},
    {"vercel-ai/openai/src/responses/__fixtures__", "*.chunks.txt", "openai-responses-stream", 20, 24, 32, 65942,
     10800},
    {"vercel-ai/google/src/__fixtures__", "*.chunks.txt", "gemini-stream", 8, 8, 9, 391, 3803},
    {"vercel-ai/google/src/__fixtures__", "*.json", "gemini-stream", 5, 5, 2, 85, 3594},
    {"vercel-ai/anthropic/src", "*.json", "provider-response", 20, 20, 21, 99689, 8526},
    {"vercel-ai/groq/src", "*.json", "provider-response", 3, 3, 1, 280, 1271},
    {"vercel-ai/mistral/src", "*.json", "provider-response", 3, 3, 1, 147, 502},
    {"vercel-ai/moonshotai/src", "*.json", "provider-response", 3, 3, 1, 59, 47},
    {"vercel-ai/openai-compatible/src", "*.json", "provider-response", 2, 2, 1, 319, 603},
    {"vercel-ai/openai/src/chat", "*.json", "provider-response", 2, 2, 0, 16, 363},
    {"vercel-ai/openai/src/completion", "*.json", "provider-response", 1, 1, 0, 14, 16},
    {"vercel-ai/openai/src/completion", "*.chunks.txt", "openai-chat-stream", 1, 1, 0, 14, 16},
    {"vercel-ai/openai/src/responses", "*.json", "provider-response", 20, 20, 24, 45437, 11341},
    {"gemini-cli", "*.responses", "gemini-stream", 38, 138, 95, 548299, 7164},
    {"gemini-cli", "*.json", "gemini-stream", 5, 48, 8, 344819, 442},
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
            QTest::addRow("%s/%s", folders[i].path, folders[i].pattern) << i;
    }

    void totals()
    {
        QFETCH(int, index);
        const Folder& expected = folders[index];
        std::int64_t files = 0, modelCalls = 0, toolCalls = 0, input = 0, output = 0;
        QDirIterator walk(QStringLiteral(ARCSCOPE_SHARED_DIR "/data/") + expected.path, {expected.pattern}, QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString name = walk.next();
            const std::string bytes = fileText(name);
            const std::string format = sniffed(bytes);
            if (format.empty() || name.contains(QLatin1String("transcription"))) // of speech: no model's answer
                continue;
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
