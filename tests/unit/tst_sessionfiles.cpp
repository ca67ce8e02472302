// layers: importers SHARED
// Real recordings against counts that were made without this program.
#include "readformat.h"

#include <QTest>

#include <array>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct File {
    const char* path;
    std::int64_t spans;
    std::int64_t modelCalls;
    std::int64_t toolCalls;
    std::int64_t input;
    std::int64_t cacheRead;
    std::int64_t cacheWrite;
    std::int64_t output;
};

constexpr File files[] = {
    {"claude-code-log/edge_cases.jsonl", 15, 4, 3, 488, 0, 0, 435},
    {"claude-code-log/representative_messages.jsonl", 12, 5, 2, 218, 0, 0, 445},
    {"claude-code-log/session_b.jsonl", 4, 1, 0, 20, 0, 0, 35},
    {"claude-code-log/todowrite_examples.jsonl", 12, 6, 3, 883, 0, 0, 328},
    {"claude-code-spotter/258c7280-ae70-4798-800f-63464d01a85d.jsonl", 347, 152, 186, 180, 14771617, 349474, 38899},
    {"claude-code-spotter/258c7280-ae70-4798-800f-63464d01a85d/subagents/agent-a881341.jsonl", 7, 3, 2, 15, 34159,
     42176, 3},
    {"claude-code-spotter/258c7280-ae70-4798-800f-63464d01a85d/subagents/agent-acompact-fffbd0.jsonl", 5, 1, 0, 3,
     166758, 2487, 6},
    {"claude-code-spotter/4d5611e5-241a-462a-8d15-5122611a9569.jsonl", 296, 139, 150, 177, 11618567, 479537, 28755},
    {"claude-code-spotter/4d5611e5-241a-462a-8d15-5122611a9569/subagents/agent-a2898e3.jsonl", 47, 12, 33, 53, 604156,
     71257, 136},
    {"claude-code-spotter/4d5611e5-241a-462a-8d15-5122611a9569/subagents/agent-acompact-e1f845.jsonl", 6, 1, 0, 3,
     164830, 8681, 8},
    {"claude-code-spotter/short.jsonl", 8, 1, 2, 3, 11515, 13835, 13},
    {"claude-code-spotter/tool_heavy.jsonl", 20, 4, 6, 54, 88231, 17696, 212},
    {"codemie/tests/integration/session/fixtures/claude/-tmp-private/4c2ddfdc-b619-4525-8d03-1950fb1b0257.jsonl", 17, 7,
     6, 33, 214627, 37172, 806},
    {"codemie/tests/integration/session/fixtures/claude/-tmp-private/agent-36541525.jsonl", 3, 1, 0, 3, 0, 16976, 3},
    {"codemie/tests/integration/session/fixtures/claude/-tmp-private/agent-50243ee8.jsonl", 3, 1, 0, 16878, 0, 0, 237},
    {"codemie/tests/integration/session/fixtures/claude/incremental-simple/turn-1.jsonl", 3, 1, 0, 10, 0, 30383, 574},
    {"codemie/tests/integration/session/fixtures/claude/incremental-simple/turn-2.jsonl", 15, 6, 2, 64, 65943, 139205,
     8058},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/agno-2025-06-11.trace.json", 6, 4, 0, 2936, 0, 0, 903},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/autogen-2025-06-06.trace.json", 2, 1, 0, 41, 0, 0, 3},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/beeai-2025-08-01.trace.json", 31, 5, 0, 5542, 0, 0, 0},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/claude-agent-2025-12-22.trace.json", 10, 4, 2, 34, 0, 0,
     232},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/google-adk-2025-08-28.trace.json", 7, 2, 1, 67, 0, 0, 9},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/langgraph-python-2025-08-22.trace.json", 11, 2, 0, 168, 0,
     0, 66},
    {"langfuse/worker/src/__tests__/chatml/framework-traces/pydantic-ai-tools-2025-12-04.trace.json", 12, 4, 3, 1315, 0,
     0, 209},
};

std::int64_t counted(std::int64_t tokens)
{
    return tokens == noTokens ? 0 : tokens;
}

} // namespace

class TestSessionFiles : public QObject
{
    Q_OBJECT

private slots:
    void counts_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(files)); ++i)
            QTest::newRow(files[i].path) << i;
    }

    void counts()
    {
        QFETCH(int, index);
        const File& file = files[index];
        const std::string bytes = fileText(QString(ARCSCOPE_SHARED_DIR "/data/") + file.path);
        QVERIFY2(!bytes.empty(), "the collection of recordings lacks this file");
        const std::string format = std::string_view(file.path).starts_with("langfuse") ? "langfuse" : "claude-code";
        QCOMPARE(sniffed(bytes), format);
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed(format), bytes, sink));
        File found{};
        for (const auto& [span, record] : sink.spans) {
            ++found.spans;
            found.modelCalls += span.kind == SpanKind::ModelCall;
            found.toolCalls += span.kind == SpanKind::ToolCall;
            found.input += counted(span.usage[UsageClass::Input]);
            found.cacheRead += counted(span.usage[UsageClass::CacheRead]);
            found.cacheWrite +=
                counted(span.usage[UsageClass::CacheWrite]) + counted(span.usage[UsageClass::CacheWriteLong]);
            found.output += counted(span.usage[UsageClass::Output]) + counted(span.usage[UsageClass::Reasoning]);
        }
        QCOMPARE(found.modelCalls, file.modelCalls);
        QCOMPARE(found.toolCalls, file.toolCalls);
        QCOMPARE(found.spans, file.spans);
        QCOMPARE(found.input, file.input);
        QCOMPARE(found.cacheRead, file.cacheRead);
        QCOMPARE(found.cacheWrite, file.cacheWrite);
        QCOMPARE(found.output, file.output);
    }
};

QTEST_APPLESS_MAIN(TestSessionFiles)
#include "tst_sessionfiles.moc"
