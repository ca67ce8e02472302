// layers: importers SHARED
// Recorded sessions of agents against counts that were made without this program.
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct File {
    const char* format;
    const char* path;
    std::int64_t spans;
    std::int64_t modelCalls;
    std::int64_t toolCalls;
    std::int64_t input; ///< with what was read from and written to a cache
    std::int64_t cacheRead;
    std::int64_t output; ///< with reasoning
};

/// Counted by Python programs that parse every line as JSON by itself.
///
/// codex-rollout: model calls are token_count events whose total_token_usage differs from the one before, their tokens
/// last_token_usage; tool calls are response items whose type ends in "_call"; spans are these, messages of other roles
/// than assistant, task_started events, and the session.
///
/// codex-tui-log: model calls are token_count events; tool calls are exec_command_begin and patch_apply_begin events;
/// spans are these, sessions configured, tasks started, and requests for approval.
///
/// pi-session: model calls are messages of the role assistant, tool calls blocks of the type toolCall; spans are all
/// records but results of tools, and the tool calls; input is input, cacheRead and cacheWrite.
///
/// gemini-session: model calls are messages of the type gemini, tool calls the elements of their toolCalls; spans are
/// messages, tool calls and the session; output is output and thoughts.
///
/// swe-agent: model calls are steps with a response or thought, tool calls steps with an action or observation; without
/// a trajectory messages of the role assistant, and their tool_calls. Spans are these, the messages of the history
/// before the first answer, and the run; tokens are those of model_stats.
///
/// managed-agent: model calls are span.model_request_end events, tool calls events whose type ends in "tool_use"; spans
/// are these, session.status_running and user.message events, and the session.
constexpr File files[] = {
    {"codex-rollout",
     "codemie/src/agents/plugins/codex/__tests__/fixtures/"
     "rollout-2026-05-11T11-26-55-019e1625-789d-76c0-80ab-3724b5ddb799.jsonl",
     178, 66, 105, 6055836, 4929536, 9118},
    {"codex-rollout", "codemie/tests/integration/session/fixtures/codex/turn-1.jsonl", 6, 1, 0, 1024, 512, 12},
    {"codex-rollout", "codemie/tests/integration/session/fixtures/codex/turn-2.jsonl", 11, 2, 0, 2124, 1024, 32},
    {"codex-tui-log", "codex-tui/binary-size-log.jsonl", 74, 34, 32, 484739, 423266, 7412},
    {"pi-session", "pi-mono/large-session.jsonl", 1037, 453, 391, 47526750, 43229469, 83156},
    {"gemini-session",
     "codemie/tests/integration/metrics/fixtures/gemini/session-2026-01-16T11-01-file-ops-37b7abef.json", 29, 9, 14,
     87418, 62117, 4355},
    {"swe-agent",
     "swe-agent/tests/test_data/trajectories/"
     "gpt4__swe-agent-test-repo__default_from_url__t-0.00__p-0.95__c-3.00__install-1/"
     "6e44b9__sweagenttestrepo-1c2844.traj",
     13, 5, 5, 7141, 0, 243},
    {"swe-agent",
     "swe-agent/tests/test_data/trajectories/"
     "gpt4__swe-agent__test-repo__default_from_url__t-0.00__p-0.95__c-3.00__install-1/swe-agent__test-repo-i1.traj",
     14, 5, 5, 52861, 0, 326},
    {"swe-agent",
     "swe-agent/tests/test_data/trajectories/"
     "gpt4__swe-bench-dev-easy_first_only__default__t-0.00__p-0.95__c-3.00__install-1/pydicom__pydicom-1458.traj",
     28, 12, 12, 122612, 0, 1369},
    {"swe-agent", "swe-agent/trajectories/demonstrations/ctf/crypto/katy.traj", 39, 18, 18, 0, 0, 0},
    {"swe-agent", "swe-agent/trajectories/demonstrations/ctf/rev/rock.traj", 27, 12, 12, 0, 0, 0},
    {"swe-agent", "swe-agent/trajectories/demonstrations/ctf/web/i_got_id_demo.traj", 45, 21, 21, 0, 0, 0},
    {"swe-agent", "swe-agent/trajectories/demonstrations/function_calling_simple.traj", 13, 5, 5, 0, 0, 0},
    {"swe-agent",
     "swe-agent/trajectories/demonstrations/"
     "replay__marshmallow-code__marshmallow-1867__function_calling_replace__install-1/"
     "marshmallow-code__marshmallow-1867.traj",
     25, 11, 11, 0, 0, 0},
    {"managed-agent", "langsmith/js/src/tests/test_data/anthropic_managed_builtin_tools.jsonl", 6, 2, 1, 14329, 14300,
     80},
    {"managed-agent", "langsmith/js/src/tests/test_data/anthropic_managed_custom_tools.jsonl", 7, 2, 1, 14476, 14472,
     80},
};

std::int64_t sum(const Usage& usage, std::initializer_list<UsageClass> classes)
{
    std::int64_t total = 0;
    for (const UsageClass c : classes)
        total += usage[c] == noTokens ? 0 : usage[c];
    return total;
}

} // namespace

class TestAgentSessions : public QObject
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
        QCOMPARE(sniffed(bytes), std::string(file.format));
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed(file.format), bytes, sink));
        File found{};
        for (const auto& [span, record] : sink.spans) {
            ++found.spans;
            found.modelCalls += span.kind == SpanKind::ModelCall;
            found.toolCalls += span.kind == SpanKind::ToolCall;
            found.input += sum(span.usage, {UsageClass::Input, UsageClass::CacheRead, UsageClass::CacheWrite,
                                            UsageClass::CacheWriteLong});
            found.cacheRead += sum(span.usage, {UsageClass::CacheRead});
            found.output += sum(span.usage, {UsageClass::Output, UsageClass::Reasoning});
        }
        QCOMPARE(found.modelCalls, file.modelCalls);
        QCOMPARE(found.toolCalls, file.toolCalls);
        QCOMPARE(found.spans, file.spans);
        QCOMPARE(found.input, file.input);
        QCOMPARE(found.cacheRead, file.cacheRead);
        QCOMPARE(found.output, file.output);
        for (const ImportIssue& issue : sink.issues)
            QVERIFY2(issue.severity != Severity::Error, qPrintable(QString::fromStdString(issue.message)));
    }
};

QTEST_APPLESS_MAIN(TestAgentSessions)
#include "tst_agentsessions.moc"
