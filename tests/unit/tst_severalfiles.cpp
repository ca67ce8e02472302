// layers: core store pipeline
// Files that belong together make one run: pieces of a trace, sub-agents, the same span twice.
#include "imported.h"
#include "otlplines.h"

#include <QDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestSeveralFiles : public QObject
{
    Q_OBJECT

private slots:
    void piecesOfATraceAreOneTrace()
    {
        const std::string shop =
            m_files.write("a-shop.json", otlpLine({.span = 2, .parent = 1, .start = 1, .end = 9, .name = "call"}) +
                                             otlpLine({.span = 4, .parent = 3, .start = 3, .end = 4, .name = "deep"}));
        const std::string gate =
            m_files.write("b-gate.json", otlpLine({.span = 1, .start = 0, .end = 10, .name = "root"}));
        const std::string stock = m_files.write(
            "c-stock.json",
            otlpLine({.span = 3, .parent = 2, .start = 2, .end = 5, .service = "stock", .name = "serve"}));
        for (const auto& paths : {std::vector{shop, gate, stock}, std::vector{stock, gate, shop}}) {
            auto open = openSession(paths, everyColumn(), {});
            QVERIFY(open);
            QCOMPARE(treesOf(open->corpus), QStringLiteral("root(call(serve(deep)))"));
            QCOMPARE(ledgerOf(open->workspace), QStringList());
        }
        // In a workspace a parent may also come later.
        const std::string work = m_files.workspace();
        QVERIFY(importInto(work, {shop}, {}));
        auto workspace = Workspace::open(work);
        QCOMPARE(ledgerOf(*workspace).size(), 1);
        QVERIFY(ledgerOf(*workspace).at(0).startsWith("warning orphan-span x2"));
        QVERIFY(importInto(work, {gate, stock}, {}));
        QCOMPARE(treesOf(corpusOf(*workspace)), QStringLiteral("root(call(serve(deep)))"));
        QCOMPARE(ledgerOf(*workspace), QStringList());
    }

    void aSessionWithItsSubAgentsIsOneTrace()
    {
        const std::string lines =
            R"({"parentUuid":null,"isSidechain":false,"sessionId":"s1","type":"assistant","message":{"id":"m1","model":"c","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"Task","input":{"prompt":"find it","subagent_type":"Finder"}}],"usage":{"input_tokens":1,"output_tokens":2}},"uuid":"a1","timestamp":"2026-03-01T10:00:00.000Z"}
{"parentUuid":"a1","isSidechain":false,"sessionId":"s1","type":"progress","data":{"type":"agent_progress","agentId":"ab12","prompt":"find it"},"parentToolUseID":"t1","uuid":"p1","timestamp":"2026-03-01T10:00:00.500Z"}
{"parentUuid":"a1","isSidechain":false,"sessionId":"s1","type":"user","message":{"role":"user","content":[{"tool_use_id":"t1","type":"tool_result","content":"there"}]},"uuid":"a2","timestamp":"2026-03-01T10:00:03.000Z"}
)";
        const std::string agent =
            R"({"parentUuid":null,"isSidechain":true,"sessionId":"s1","agentId":"ab12","type":"user","message":{"role":"user","content":"find it"},"uuid":"b1","timestamp":"2026-03-01T10:00:01.000Z"}
{"parentUuid":"b1","isSidechain":true,"sessionId":"s1","agentId":"ab12","type":"assistant","message":{"id":"m2","model":"c","role":"assistant","content":[{"type":"text","text":"there"}],"usage":{"input_tokens":3,"output_tokens":4}},"uuid":"b2","timestamp":"2026-03-01T10:00:02.000Z"}
)";
        QVERIFY(QDir(QString::fromStdString(m_files.folder())).mkpath("session/s1/subagents"));
        m_files.write("session/s1.jsonl", lines);
        m_files.write("session/s1/subagents/agent-ab12.jsonl", agent);
        auto open = openSession({m_files.path("session")}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(treesOf(open->corpus),
                 QStringLiteral("Claude Code session(Task(Finder(user message chat c)) chat c)"));
        QCOMPARE(open->corpus.traces.at(TraceColumn::Tokens, 0), 10);
        QVERIFY(ledgerOf(open->workspace).filter("duplicate").isEmpty());
    }

    void theSameSpanInTwoFilesIsShownOnce()
    {
        const std::string root = otlpLine({.span = 1, .start = 0, .end = 10, .name = "root"});
        const std::string one = m_files.write("one.jsonl", root + otlpLine({.span = 2, .parent = 1, .name = "a"}));
        const std::string two =
            m_files.write("two.jsonl", root + otlpLine({.span = 3, .parent = 1, .start = 2, .end = 3, .name = "b"}));
        auto open = openSession({one, two}, everyColumn(), {});
        QVERIFY(open);
        QCOMPARE(treesOf(open->corpus), QStringLiteral("root(a b)"));
        QCOMPARE(
            ledgerOf(open->workspace),
            QStringList{"info duplicate-span x1 two.jsonl: the same span with the same content is in another file; "
                        "shown once"});
    }

    void ofTwoVersionsTheLaterEndStays()
    {
        const std::string early =
            m_files.write("early.jsonl", otlpLine({.span = 1, .start = 0, .end = 10, .name = "early"}));
        const std::string late =
            m_files.write("late.jsonl", otlpLine({.span = 1, .start = 0, .end = 20, .name = "late"}));
        const std::string open1 =
            m_files.write("open.jsonl", otlpLine({.span = 1, .start = 0, .end = -1, .name = "open"}));
        for (const auto& paths : {std::vector{early, late}, std::vector{late, early}, std::vector{late, open1},
                                  std::vector{open1, early, late}}) {
            auto open = openSession(paths, everyColumn(), {});
            QVERIFY(open);
            QCOMPARE(treesOf(open->corpus), QStringLiteral("late"));
            QCOMPARE(open->corpus.traces.at(TraceColumn::Duration, 0), 20 * millisecond);
            QVERIFY(ledgerOf(open->workspace).at(0).startsWith("warning duplicate-span x1"));
        }
    }

    void contentThatOnlyTheRecordShowsCountsToo()
    {
        std::string text = otlpLine({.span = 1, .name = "same"});
        const std::string one = m_files.write("plain.jsonl", text);
        text.replace(text.find("\"kind\":1"), 8,
                     "\"kind\":1,\"attributes\":[{\"key\":\"more\",\"value\":{\"stringValue\":\"x\"}}]");
        const std::string two = m_files.write("more.jsonl", text);
        auto open = openSession({two, one}, everyColumn(), {});
        QVERIFY(open);
        QVERIFY(ledgerOf(open->workspace).at(0).startsWith("warning duplicate-span x1 plain.jsonl"));
        QVERIFY(open->workspace.record(open->corpus.spans, open->corpus.rowsOf(0).front()).value().find("more") !=
                std::string::npos);
    }

private:
    Files m_files;
};

QTEST_APPLESS_MAIN(TestSeveralFiles)
#include "tst_severalfiles.moc"
