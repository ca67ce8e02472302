// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json SHARED
// Call trees of recorded sessions against what Python programs count that parse every record as JSON by itself: calls
// are blocks or items that ask, scopes are messages (Codex: what lies between two token counts that differ) with calls.
#include "clirun.h"

#include <QTest>

#include <map>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const std::string shared = ARCSCOPE_SHARED_DIR "/data/";

struct Session {
    std::string name;
    std::vector<std::string> paths;
    std::size_t calls;
    std::size_t scopes;
    std::size_t parallel;                       ///< scopes with several calls
    std::map<std::string, std::size_t> status;  ///< other than "ok"
    std::map<std::string, std::size_t> reasons; ///< of those that are not paired
};

std::string claude(const std::string& session)
{
    return shared + "claude-code-spotter/" + session;
}

std::string langfuse(const std::string& trace)
{
    return shared + "langfuse/worker/src/__tests__/chatml/framework-traces/" + trace;
}

const std::string longSession = "4d5611e5-241a-462a-8d15-5122611a9569";

const std::vector<Session> sessions{
    // Every tool_use has its tool_result; of 7 results that are errors one is a refusal of the user.
    {"Claude Code",
     {claude("258c7280-ae70-4798-800f-63464d01a85d.jsonl"), claude("258c7280-ae70-4798-800f-63464d01a85d")},
     188,
     151,
     22,
     {{"failed", 6}, {"cancelled", 1}},
     {}},
    {"Claude Code with a sub-agent",
     {claude(longSession + ".jsonl"), claude(longSession)},
     183,
     148,
     16,
     {{"failed", 6}, {"cancelled", 7}},
     {}},
    // 99 function calls and 3 of custom tools, each with its output, and 3 web searches, which have a status. Of four
    // processes the exec_command_end and the write_stdin that read it tell of an exit code other than 0.
    {"Codex",
     {shared + "codemie/src/agents/plugins/codex/__tests__/fixtures/"
               "rollout-2026-05-11T11-26-55-019e1625-789d-76c0-80ab-3724b5ddb799.jsonl"},
     105,
     64,
     22,
     {{"failed", 8}},
     {}},
    // 16 calls are of a message that ended as an error, 2 of messages that were aborted; none of them has a toolResult.
    {"pi",
     {shared + "pi-mono/large-session.jsonl"},
     391,
     369,
     4,
     {{"failed", 19}},
     {{"the answer that asks for it was cut off", 18}}},
    {"Gemini CLI",
     {shared + "codemie/tests/integration/metrics/fixtures/gemini/session-2026-01-16T11-01-file-ops-37b7abef.json"},
     14,
     4,
     3,
     {},
     {}},
    // The last answer is given as a call of final_result, which no tool runs.
    {"Pydantic AI",
     {langfuse("pydantic-ai-tools-2025-12-04.trace.json")},
     4,
     2,
     1,
     {{"not seen to run", 1}},
     {{"the record ends here: no model call came after it", 1}}},
};

nlohmann::json told(const std::vector<std::string>& paths)
{
    std::vector<std::string> arguments{"tools"};
    arguments.insert(arguments.end(), paths.begin(), paths.end());
    arguments.push_back("--json");
    return run(arguments).json();
}

/// The names of the calls of each message, in order, with what came of them where it is not "ok".
std::string messagesOf(const nlohmann::json& json)
{
    std::string text;
    for (const auto& scope : json["scopes"]) {
        for (const auto& call : scope["calls"]) {
            text += call["name"].get<std::string>();
            if (call["status"].get<std::string>() != "ok")
                text += ' ' + call["status"].get<std::string>();
            text += call == scope["calls"].back() ? '\n' : ',';
        }
    }
    return text;
}

} // namespace

class TestToolsShared : public QObject
{
    Q_OBJECT

private slots:
    void counts_data()
    {
        QTest::addColumn<std::size_t>("session");
        for (std::size_t i = 0; i < sessions.size(); ++i)
            QTest::newRow(sessions[i].name.c_str()) << i;
    }
    void counts()
    {
        QFETCH(std::size_t, session);
        const Session& of = sessions[session];
        const auto json = told(of.paths);
        std::size_t calls = 0;
        std::size_t scopes = 0;
        std::size_t parallel = 0;
        std::map<std::string, std::size_t> status;
        for (const auto& scope : json["scopes"]) {
            if (scope["of"].get<std::string>() != "message")
                continue;
            ++scopes;
            parallel += scope["calls"].size() > 1 ? 1 : 0;
            calls += scope["calls"].size();
            for (const auto& call : scope["calls"])
                ++status[call["status"].get<std::string>()];
        }
        QCOMPARE(calls, of.calls);
        QCOMPARE(scopes, of.scopes);
        QCOMPARE(parallel, of.parallel);
        for (const auto& [word, expected] : of.status)
            QCOMPARE(status[word], expected);
        std::map<std::string, std::size_t> reasons;
        for (const auto& call : json["unpaired_calls"])
            ++reasons[call["reason"].get<std::string>()];
        QCOMPARE(reasons, of.reasons);
        QCOMPARE(json["unpaired_results"].size(), std::size_t(0));
    }

    void aSubAgentLiesInsideTheCallThatStartedIt()
    {
        const auto json = told({claude(longSession + ".jsonl"), claude(longSession)});
        std::map<int, std::string> names;
        std::map<std::string, std::size_t> within;
        for (const auto& scope : json["scopes"]) {
            for (const auto& call : scope["calls"])
                names[call["call"].get<int>()] = call["id"].is_null() ? "" : call["id"].get<std::string>();
        }
        for (const auto& scope : json["scopes"]) {
            if (!scope["within"].is_null())
                within[names[scope["within"].get<int>()]] += scope["calls"].size();
        }
        // The sub-agent's own file has 33 calls in 11 messages.
        QCOMPARE(within, (std::map<std::string, std::size_t>{{"toolu_017pLRuPHYTX5t99EnLyV53m", 33}}));
    }

    void theMessagesOfAShortSession()
    {
        QCOMPARE(messagesOf(told({claude("tool_heavy.jsonl")})),
                 std::string("Bash\nBash\nWebSearch,Glob\nRead,WebFetch\n"));
    }

    void aJoinIsTheModelCallBehindTheLastResult()
    {
        const auto json = told({claude("tool_heavy.jsonl")});
        // WebSearch and Glob are asked for at 22:59:26.854 and 27.151, their results come at 33.333 and 27.386.
        const auto& scope = json["scopes"][2];
        QCOMPARE(scope["joined_by"].get<std::string>(), std::string("msg_019BN3FRqb7NU4DgBN5jdsym"));
        QCOMPARE(scope["calls"][0]["run_ns"].get<long long>(), 6'479'000'000LL);
        QCOMPARE(scope["calls"][1]["run_ns"].get<long long>(), 235'000'000LL);
        QCOMPARE(scope["calls"][0]["late"].get<bool>(), false);
    }

    void spansOfToolsAreThoseThatTheModelAskedFor()
    {
        const auto json = told({langfuse("pydantic-ai-tools-2025-12-04.trace.json")});
        QCOMPARE(
            messagesOf(json),
            std::string(
                "get_pun_suggestion,get_dad_joke_suggestion,get_one_liner_suggestion\nfinal_result not seen to run\n"));
        for (const auto& call : json["scopes"][0]["calls"]) {
            QVERIFY(!call["span"].is_null());
            QCOMPARE(call["received"][0]["basis"].get<std::string>(), std::string("observed"));
        }
        QCOMPARE(messagesOf(told({langfuse("claude-agent-2025-12-22.trace.json")})),
                 std::string("mcp__weather__get_weather\nmcp__weather__get_weather\n"));
        QCOMPARE(told({langfuse("google-adk-2025-08-28.trace.json")})["traces"][0]["calls"].get<int>(), 2);
    }
};

QTEST_APPLESS_MAIN(TestToolsShared)
#include "tst_toolsshared.moc"
