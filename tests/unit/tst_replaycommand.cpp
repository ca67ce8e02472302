// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
// The command replay over made files: pairs, what differs, reruns, what is kept, and inputs that have nothing.
#include "clirun.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Json = nlohmann::json;

/// A trial as tau-bench writes it.
Json trial(int task, double reward, const std::string& answer, int order = 7, int number = 0)
{
    const std::string arguments = R"({"order_id": )" + std::to_string(order) + "}";
    return {{"task_id", task},
            {"trial", number},
            {"reward", reward},
            {"info", Json::object()},
            {"traj",
             {{{"role", "system"}, {"content", "You help customers of a shop."}},
              {{"role", "user"}, {"content", "Please cancel order " + std::to_string(task) + "."}},
              {{"role", "assistant"},
               {"content", nullptr},
               {"tool_calls",
                {{{"id", "call_" + std::to_string(task) + std::to_string(number) + answer},
                  {"type", "function"},
                  {"function", {{"name", "cancel_order"}, {"arguments", arguments}}}}}}},
              {{"role", "tool"},
               {"tool_call_id", "call_" + std::to_string(task) + std::to_string(number) + answer},
               {"name", "cancel_order"},
               {"content", "done"}},
              {{"role", "assistant"}, {"content", answer}}}}};
}

/// A call that somebody judged: the evaluation is an event on it, and names its judge itself.
Json judged(const std::string& trace, double score, const std::string& judge)
{
    const auto text = [](const char* key, const std::string& value) {
        return Json{{"key", key}, {"value", {{"stringValue", value}}}};
    };
    const Json event{{"timeUnixNano", "1767225602000000000"},
                     {"name", "gen_ai.evaluation.result"},
                     {"attributes",
                      {text("gen_ai.evaluation.name", "task_success"), text("judge.model", judge),
                       Json{{"key", "gen_ai.evaluation.score.value"}, {"value", {{"doubleValue", score}}}}}}};
    const Json span{
        {"traceId", trace},
        {"spanId", "b7ad6b7169203331"},
        {"name", "chat m"},
        {"startTimeUnixNano", "1767225600000000000"},
        {"endTimeUnixNano", "1767225601000000000"},
        {"attributes",
         {text("gen_ai.operation.name", "chat"), text("task.id", "t1"),
          text("gen_ai.input.messages", R"([{"role":"user","parts":[{"type":"text","content":"Where is it?"}]}])")}},
        {"events", Json::array({event})}};
    return {{"resourceSpans", {{{"scopeSpans", {{{"spans", Json::array({span})}}}}}}}};
}

} // namespace

class TestReplayCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const char* name, const Json& json)
    {
        return writeFile(m_folder.filePath(name), QByteArray::fromStdString(json.dump())).toStdString();
    }
    std::string base()
    {
        return write("base.json", {trial(1, 1, "The order was cancelled on Monday."), trial(2, 0, "It was cancelled."),
                                   trial(3, 1, "You get $40 back for the lamp."), trial(4, 1, "It is cancelled now.")});
    }
    std::string candidate()
    {
        return write("candidate.json",
                     {trial(1, 1, "On Monday the order was cancelled."), trial(2, 1, "It was cancelled.", 8),
                      trial(3, 0, "You get $55 back for the lamp."), trial(9, 1, "It is cancelled now.")});
    }

private slots:
    /// Scores of different judges are not compared, where only the event of the evaluation names them, too.
    void judgesOfEvaluationEvents()
    {
        const std::string base = write("judged.json", judged("0af7651916cd43dd8448eb211c80319c", 0, "gpt-4o"));
        for (const char* const judge : {"gpt-4o", "gpt-5"}) {
            const std::string other =
                write(judge, judged(std::string("0af7651916cd43dd8448eb211c80") + judge[4] + "aaa", 1, judge));
            const Json json = run({"replay", base, other, "--list", "--json"}).json();
            QCOMPARE(json["pairs"].get<int>(), 1);
            const bool apart = judge[4] == '5';
            QCOMPARE(json["gains"].get<int>(), apart ? 0 : 1);
            QCOMPARE(json["judged_apart"].get<int>(), apart ? 1 : 0);
            const auto& runs = json["tasks"][0]["runs"];
            QCOMPARE(runs[0]["judge"].get<std::string>(), std::string("gpt-4o"));
            QCOMPARE(runs[1]["judge"].get<std::string>(), std::string(judge));
            QCOMPARE(runs[1]["label_time_ns"].get<std::int64_t>(), std::int64_t{1'767'225'602'000'000'000});
        }
    }

    void gainsAndDifferences()
    {
        const Outcome outcome = run({"replay", base(), candidate(), "--list", "--json"});
        QCOMPARE(outcome.status, ExitDone);
        const Json json = outcome.json();
        QCOMPARE(json["schema"].get<std::string>(), std::string("arcscope.replay/1"));
        QCOMPARE(json["pairs"].get<int>(), 3);
        QCOMPARE(json["unpaired"].get<int>(), 2);
        QCOMPARE(json["gains"].get<int>(), 1);
        QCOMPARE(json["regressions"].get<int>(), 1);
        QCOMPARE(json["ties"].get<int>(), 1);
        QCOMPARE(json["differences"]["reworded"].get<int>(), 1);
        QCOMPARE(json["differences"]["tool-call"].get<int>(), 1);
        QCOMPARE(json["differences"]["content"].get<int>(), 1);
        QCOMPARE(json["unpaired_tasks"][0]["task"].get<std::string>(), std::string("task 4"));
        QCOMPARE(json["unpaired_tasks"][0]["reason"].get<std::string>(), std::string("no run of the candidate"));
        QCOMPARE(json["unpaired_tasks"][1]["reason"].get<std::string>(), std::string("no run of the base"));
        for (const Json& task : json["tasks"]) {
            if (task["task"] == "task 3") {
                QCOMPARE(task["detail"].get<std::string>(), std::string("value"));
                QCOMPARE(task["weight"].get<std::string>(), std::string("effect"));
                QCOMPARE(task["change"].get<std::string>(), std::string("regression"));
            }
        }
        QVERIFY(json["states"]["changed"] == 0); // nothing was run twice
        QVERIFY(json["noise"].is_null());
    }

    void text()
    {
        const Outcome outcome = run({"replay", base(), candidate()});
        QCOMPARE(outcome.status, ExitDone);
        QVERIFY2(outcome.says("3 tasks on both sides"), outcome.out.c_str());
        QVERIFY2(outcome.says("not compared: 2 tasks"), outcome.out.c_str());
        QVERIFY2(outcome.says("content: value"), outcome.out.c_str());
    }

    void oneTaskStepByStep()
    {
        const Json json = run({"replay", base(), candidate(), "--task", "task 2", "--json"}).json();
        const Json& steps = json["comparisons"][0]["steps"];
        QCOMPARE(int(steps.size()), 4);
        QCOMPARE(steps[2]["difference"].get<std::string>(), std::string("tool-call"));
        QCOMPARE(steps[2]["marks"][0]["rule"].get<std::string>(), std::string("/order_id"));
        QCOMPARE(steps[2]["validity"].get<std::string>(), std::string("context-equal"));
        QVERIFY(steps[3]["validity"] == "partial");
        const Outcome text = run({"replay", base(), candidate(), "--task", "task 2"});
        QVERIFY2(text.says("first divergence") && text.says("together again"), text.out.c_str());
        QVERIFY(run({"replay", base(), candidate(), "--task", "nothing of the kind"}).status != ExitDone);
    }

    void threeSides()
    {
        const Json json = run({"replay", base(), candidate(), base(), "--json"}).json();
        QCOMPARE(int(json["candidates"].size()), 2);
        QCOMPARE(json["candidates"][1]["differences"]["identical"].get<int>(), 4);
        QCOMPARE(json["candidates"][1]["unpaired"].get<int>(), 0);
        QCOMPARE(json["pairs"].get<int>(), 3);
    }

    void otherKeys()
    {
        const Json byInput = run({"replay", base(), candidate(), "--key", "input", "--json"}).json();
        QCOMPARE(byInput["pairs"].get<int>(), 3);
        const Json byFile = run({"replay", base(), base(), "--key", "file", "--json"}).json();
        QCOMPARE(byFile["pairs"].get<int>(), 4);
        const Json byNothing = run({"replay", base(), candidate(), "--key", "tenant", "--json"}).json();
        QCOMPARE(byNothing["pairs"].get<int>(), 0);
        QCOMPARE(byNothing["unpaired"].get<int>(), 8);
        QCOMPARE(byNothing["unpaired_tasks"][0]["reason"].get<std::string>(), std::string("the key is not recorded"));
    }

    void byATag()
    {
        const Json json = run({"replay", base(), candidate(), "--by", "task", "--json"}).json();
        QVERIFY2(json["by"]["strata"].size() >= 4, json["by"].dump().c_str());
        QCOMPARE(run({"replay", base(), candidate(), "--by", "nonsense"}).status, int(ExitUsage));
        QCOMPARE(run({"replay"}).status, int(ExitUsage));
    }

    /// One input: its trials against each other.
    void rerunsAlone()
    {
        Json trials = Json::array();
        for (int task = 0; task < 3; ++task) {
            for (int number = 0; number < 4; ++number)
                trials.push_back(
                    trial(task, number % 2, "It was cancelled, try " + std::to_string(number) + ".", 7, number));
        }
        const Json json = run({"replay", write("trials.json", trials), "--json"}).json();
        QVERIFY(json["reruns_only"] == true);
        QCOMPARE(json["pairs"].get<int>(), 3);
        QCOMPARE(json["run_pairs"].get<int>(), 12);
        QVERIFY(json["noise"]["pairs"].get<int>() > 0);
        QVERIFY(json["states"]["changed"] == 0);
    }

    void runsOfAnotherKind()
    {
        const std::string empty = write("empty.json", Json::array());
        QVERIFY(run({"replay", base(), empty, "--json"}).status != ExitDone);
        const Json logs = {
            {{"question", "Where is it?"},
             {"question_ID", "task 1"},
             {"is_correct", false},
             {"history",
              {{{"role", "human"}, {"content", "Where is it?"}}, {{"role", "Expert"}, {"content", "It is in Bonn."}}}},
             {"mistake_agent", "Expert"},
             {"mistake_step", "1"}}};
        const Json json = run({"replay", base(), write("log.json", logs[0]), "--json"}).json();
        QCOMPARE(json["pairs"].get<int>(), 1);
        QCOMPARE(json["regressions"].get<int>(), 1);
    }

    /// The task that only one side has, by the ids of both traces; and steps put beside each other.
    void whatAPersonSays()
    {
        const std::string a = base();
        const std::string b = candidate();
        const Json before = run({"replay", a, b, "--list", "--task", "task 3", "--json"}).json();
        QCOMPARE(before["unpaired"].get<int>(), 2);
        const auto traceOf = [](const std::string& path, const char* task) {
            const Json json = run({"replay", path, path, "--list", "--json"}).json();
            for (const Json& each : json["tasks"]) {
                if (each["task"] == task)
                    return each["runs"][0]["trace"].get<std::string>();
            }
            return std::string();
        };
        const std::string four = traceOf(a, "task 4");
        const std::string nine = traceOf(b, "task 9");
        QVERIFY(!four.empty() && !nine.empty());
        const Json paired = run({"replay", a, b, "--pair", four + "=" + nine, "--list", "--json"}).json();
        QCOMPARE(paired["pairs"].get<int>(), 4);
        QCOMPARE(paired["unpaired"].get<int>(), 0);
        QCOMPARE(paired["tasks"].back()["by"].get<std::string>(), std::string("manual"));

        const std::string three = traceOf(a, "task 3");
        const std::string other = traceOf(b, "task 3");
        const Json aligned =
            run({"replay", a, b, "--anchor", three + ":3=" + other + ":1", "--task", "task 3", "--json"}).json();
        bool held = false;
        for (const Json& step : aligned["comparisons"][0]["steps"])
            held = held || (!step["base"].is_null() && !step["candidate"].is_null() && step["base"]["step"] == 3 &&
                            step["candidate"]["step"] == 1);
        QVERIFY2(held, aligned["comparisons"].dump(1).c_str());
        for (const char* wrong : {"x", "x=", "=y"})
            QCOMPARE(run({"replay", a, b, "--pair", wrong}).status, int(ExitUsage));
        for (const char* wrong : {"x:1=y", "x=y:2", "x:a=y:2", "x:=y:1"})
            QCOMPARE(run({"replay", a, b, "--anchor", wrong}).status, int(ExitUsage));
    }

    void expressions()
    {
        const Json json = run({"replay", base(), candidate(), "--key", "request~order ([0-9]+)", "--json"}).json();
        QCOMPARE(json["pairs"].get<int>(), 3);
        QCOMPARE(run({"replay", base(), candidate(), "--key", "request~("}).status, int(ExitUsage));
        const Outcome byAttribute = run({"replay", base(), candidate(), "--by", "request~("});
        QCOMPARE(byAttribute.status, int(ExitUsage));
    }

    /// The second time it comes out of the workspace.
    void keptInAWorkspace()
    {
        const std::string a = m_folder.filePath("a.arcscope").toStdString();
        const std::string b = m_folder.filePath("b.arcscope").toStdString();
        QCOMPARE(run({"import", base(), "--into", a}).status, ExitDone);
        QCOMPARE(run({"import", candidate(), "--into", b}).status, ExitDone);
        const Outcome first = run({"replay", a, b, "--list", "--json"});
        const Outcome second = run({"replay", a, b, "--list", "--json"});
        QCOMPARE(first.status, ExitDone);
        QCOMPARE(QString::fromStdString(second.out), QString::fromStdString(first.out));
        QCOMPARE(first.json()["gains"].get<int>(), 1);
    }
};

QTEST_APPLESS_MAIN(TestReplayCommand)
#include "tst_replaycommand.moc"
