// layers: importers SHARED
// A recorded stream against counts that were made without this program: messages of role assistant and the sums of
// their usage; blocks of type tool_use; different parent_tool_use_id.
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestClaudeStreamFiles : public QObject
{
    Q_OBJECT

private slots:
    void counts()
    {
        const std::string bytes = fileText(ARCSCOPE_SHARED_DIR "/data/vercel-ai/harness-claude-code/src/bridge/"
                                                               "__fixtures__/subagent-step-stream.json");
        QVERIFY(!bytes.empty());
        QCOMPARE(sniffed(bytes), std::string("claude-stream"));
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("claude-stream"), bytes, sink));
        int calls = 0, tools = 0, agents = 0;
        std::int64_t input = 0, read = 0, written = 0, output = 0;
        for (const auto& [span, record] : sink.spans) {
            calls += span.kind == SpanKind::ModelCall ? 1 : 0;
            tools += span.kind == SpanKind::ToolCall && span.status == SpanStatus::Ok ? 1 : 0;
            agents += span.kind == SpanKind::Agent && span.parent ? 1 : 0;
            input += std::max<std::int64_t>(span.usage[UsageClass::Input], 0);
            read += std::max<std::int64_t>(span.usage[UsageClass::CacheRead], 0);
            written += std::max<std::int64_t>(span.usage[UsageClass::CacheWrite], 0);
            output += std::max<std::int64_t>(span.usage[UsageClass::Output], 0);
        }
        QCOMPARE(calls, 4);
        QCOMPARE(tools, 3);
        QCOMPARE(agents, 1);
        QCOMPARE(input, 8);
        QCOMPARE(read, 2 * 2298 + 2 * 3519);
        QCOMPARE(written, 2 * 5605 + 2 * 5024);
        QCOMPARE(output, 5 + 5 + 4 + 4);
    }
};

QTEST_APPLESS_MAIN(TestClaudeStreamFiles)
#include "tst_claudestreamfiles.moc"
