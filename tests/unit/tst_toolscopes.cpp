// layers: core analysis
#include "tracescript.h"

#include <QTest>

#include <functional>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Words = std::vector<std::string>;

/// A call as a test writes it.
struct Call {
    std::string tool;
    std::string arguments;
    std::string result;
    std::string times; ///< of its span
    std::string facts = {};
    std::string told = {}; ///< what the model is given; empty: the result
    bool toldFailed = false;
    bool joined = true;
    std::string toldId = {};
};

/// One model call asks for all of these, the next one answers.
struct Scope {
    std::vector<Call> calls;
    std::string answer = "All is as it should be.";
    std::string second = "20000-20100"; ///< when it is given the results
    std::string first = "1-100";        ///< when it asks for them
    std::string root = "";
    std::function<void(TraceScript&)> change = {};
};

std::vector<Finding> found(const Scope& scope)
{
    std::string lines = "t run - agent 0-30000 " + scope.root + "\nt a run model " + scope.first + " in=10 out=5\n";
    for (std::size_t i = 0; i < scope.calls.size(); ++i)
        lines += "t c" + std::to_string(i) + " run tool " + scope.calls[i].times + " tool=" + scope.calls[i].tool +
                 ' ' + scope.calls[i].facts + '\n';
    if (!scope.second.empty())
        lines += "t b run model " + scope.second + "\n";
    TraceScript script(lines);
    Message ask = said(Role::Assistant, "I look.");
    std::vector<Message> results;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const Call& call = scope.calls[i];
        const std::string id = "call_" + std::to_string(i);
        ask.parts.push_back(asked(call.tool, id, call.arguments).parts.front());
        if (call.joined)
            results.push_back(returned(call.toldId.empty() ? id : call.toldId,
                                       call.told.empty() ? call.result : call.told, call.toldFailed));
        SpanContent& own = script.content("c" + std::to_string(i));
        own.toolArguments = call.arguments;
        own.toolResult = call.result;
    }
    script.content("a").input = {said(Role::User, "How are things?")};
    script.content("a").output = {ask};
    if (!scope.second.empty()) {
        script.content("b").input = {said(Role::User, "How are things?"), ask};
        for (const Message& result : results)
            script.content("b").input.push_back(result);
        script.content("b").output = {said(Role::Assistant, scope.answer)};
    }
    if (scope.change)
        scope.change(script);
    return findingsOf(detectorNamed("tool-scopes"), script);
}

Words rulesOfScope(const Scope& scope)
{
    return rulesOf(found(scope));
}

std::string factOf(const Finding& finding, const char* label)
{
    for (const FindingFact& fact : finding.facts) {
        if (fact.label == label)
            return fact.text;
    }
    return {};
}

const std::string failed = "status=error";

} // namespace

class TestToolScopes : public QObject
{
    Q_OBJECT

private slots:
    void aStragglerHoldsTheJoin()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-300"}, {"get_b", "{\"x\":2}", "2", "101-19000"}}};
        const auto all = found(scope);
        QCOMPARE(rulesOf(all), (Words{"tool.straggler_join:finding"}));
        QCOMPARE(QString::fromStdString(factOf(all[0], "held the join for")), QString("18.70 s"));
        scope.calls[0].times = "101-18500";
        QCOMPARE(rulesOfScope(scope), Words());
        // What is not waited for holds nobody, and hides nobody who does.
        scope.calls[0].times = "101-300";
        scope.calls.push_back({"get_c", "{\"x\":3}", "3", "101-25000"});
        const auto both = found(scope);
        QCOMPARE(rulesOf(both), (Words{"tool.straggler_join:finding", "tool.orphan_child:finding"}));
        QVERIFY(both[0].what.starts_with("get_b held the join of 2 calls for 18.70 s"));
        scope.calls.pop_back();
        // Nobody waited for it where it began after the other had ended.
        scope.calls[0].times = "101-300";
        scope.calls[1].times = "400-19000";
        QCOMPARE(rulesOfScope(scope), Words());
    }

    void whatEndsTooLateIsAnOrphan()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-25000"}}};
        QCOMPARE(rulesOfScope(scope), (Words{"tool.orphan_child:finding"}));
        scope.calls[0].times = "101-19999";
        QCOMPARE(rulesOfScope(scope), Words());
        // After the agent around it.
        scope.calls[0] = {"get_a", "{\"x\":1}", "1", "101-31000"};
        scope.second = {};
        QCOMPARE(rulesOfScope(scope), (Words{"tool.orphan_child:check"}));
        // That one ended so that others run the call.
        scope.root = "stop=requires_action";
        QCOMPARE(rulesOfScope(scope), Words());
    }

    void aResultThatNobodyWasGiven()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-300"}, {"get_b", "{\"x\":2}", "2", "101-310"}}};
        QCOMPARE(rulesOfScope(scope), Words());
        scope.calls[1].joined = false;
        QCOMPARE(rulesOfScope(scope), (Words{"tool.unjoined_result:finding"}));
    }

    void siblingsThatWorkOn()
    {
        Scope scope{
            {{"get_a", "{\"x\":1}", "Error: gone", "101-300", failed}, {"get_b", "{\"x\":2}", "2", "101-9000"}}};
        scope.second = {};
        scope.root = failed;
        const auto all = found(scope);
        QCOMPARE(rulesOf(all), (Words{"tool.sibling_not_cancelled:finding"}));
        QCOMPARE(factOf(all[0], "wasted time, all together"), std::string("8.70 s"));
        QCOMPARE(factOf(all[0], "tokens of model calls begun since"), std::string("none recorded"));
        scope.root = "status=ok";
        QCOMPARE(rulesOfScope(scope), Words());
    }

    void aFailureOfWhichNobodyIsTold()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "{}", "101-300", failed}}};
        QCOMPARE(rulesOfScope(scope), (Words{"tool.swallowed_failure:finding"}));
        scope.answer = "I could not read it.";
        QCOMPARE(rulesOfScope(scope), Words());
        scope.answer = "All is as it should be.";
        scope.calls[0].toldFailed = true;
        QCOMPARE(rulesOfScope(scope), Words());
        scope.calls[0] = {"get_a", "{\"x\":1}", "{}", "101-300"};
        QCOMPARE(rulesOfScope(scope), Words());
    }

    void idsThatDoNotFit()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-300"}, {"get_b", "{\"x\":2}", "2", "101-310"}}};
        scope.calls[1].toldId = "call_77";
        const auto all = rulesOfScope(scope);
        QVERIFY(std::ranges::find(all, "tool.id_mismatch:check") != all.end());
    }

    /// Written, taken back or failed, and written again; or because the user asked for it once more.
    void writesThatAreNoneTooMany()
    {
        const auto found = [](const std::string& first, const std::string& between, const std::string& spoken) {
            TraceScript script("t a - model 0-10\nt x - tool 11-20 tool=book_seat\nt b - model 30-40\n"
                               "t y - tool 41-50 tool=" +
                               between + "\nt c - model 60-70\nt z - tool 71-80 tool=book_seat\nt d - model 90-100\n");
            const std::string seat = "{\"seat\": 7}";
            script.content("a").input = {said(Role::User, "Seat 7, please.")};
            script.content("a").output = {asked("book_seat", "1", seat)};
            script.content("b").input = {returned("1", first)};
            script.content("b").output = {asked(between, "2", "{}")};
            script.content("c").input = {returned("2", "ok")};
            if (!spoken.empty())
                script.content("c").input.push_back(said(Role::User, spoken));
            script.content("c").output = {asked("book_seat", "3", seat)};
            script.content("d").input = {returned("3", "booked")};
            script.content("d").output = {said(Role::Assistant, "Done.")};
            for (const char* const span : {"x", "z"})
                script.content(span).toolArguments = seat;
            script.content("x").toolResult = first;
            script.content("y").toolArguments = "{}";
            script.content("y").toolResult = "ok";
            script.content("z").toolResult = "booked";
            return rulesOf(findingsOf(detectorNamed("tool-scopes"), script));
        };
        QCOMPARE(found("booked", "get_seats", {}), (Words{"tool.duplicate_effect:finding"}));
        QCOMPARE(found("booked", "get_seats", "Once more."), (Words{"tool.duplicate_effect:check"}));
        QCOMPARE(found("booked", "cancel_seat", {}), Words());
        QCOMPARE(found("Your booking had a syntax error. Mend it.", "get_seats", {}), Words());
    }

    void callsThatAreMadeTwice()
    {
        Scope scope{
            {{"get_a", "{\"x\":1,\"y\":2}", "1", "101-300"}, {"get_a", "{\"y\": 2, \"x\": 1}", "1", "101-310"}}};
        QCOMPARE(rulesOfScope(scope), (Words{"tool.duplicate_call:finding"}));
        scope.calls[1].result = "2";
        QCOMPARE(rulesOfScope(scope), Words());
        scope.calls[1] = {"get_a", "{\"x\":1,\"y\":3}", "1", "101-310"};
        QCOMPARE(rulesOfScope(scope), Words());
        for (Call& call : scope.calls)
            call = {"send_mail", "{\"to\":\"a\"}", "sent", "101-310"};
        QCOMPARE(rulesOfScope(scope), (Words{"tool.duplicate_effect:finding"}));
        for (Call& call : scope.calls)
            call.tool = "write_file";
        QCOMPARE(rulesOfScope(scope), (Words{"tool.duplicate_effect:check"}));
    }

    void aWriteBetweenThemIsAReason()
    {
        std::string lines = "t run - agent 0-1000\n";
        const std::vector<std::string> tools{"get_order", "update_order", "get_order"};
        for (std::size_t i = 0; i < tools.size(); ++i)
            lines += "t c" + std::to_string(i) + " run tool " + std::to_string(i * 100 + 10) + "-" +
                     std::to_string(i * 100 + 50) + " tool=" + tools[i] + "\n";
        for (const bool read : {false, true}) {
            TraceScript script(lines);
            for (std::size_t i = 0; i < tools.size(); ++i) {
                SpanContent& content = script.content("c" + std::to_string(i));
                content.toolArguments = "{\"id\":7" + std::string(i == 1 && read ? ",\"n\":1" : "") + "}";
                content.toolResult = "{\"n\":1}";
            }
            QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-scopes"), script)), Words());
        }
    }

    void stormsOfAttemptsTellTheirBackoff()
    {
        std::string lines = "t run - agent 0-100000 status=error\n";
        long start = 10;
        for (int i = 0; i < 5; ++i) {
            lines += "t c" + std::to_string(i) + " run tool " + std::to_string(start) + "-" +
                     std::to_string(start + 10) + " tool=get_a status=error\n";
            start += 10 + (1000L << i);
        }
        TraceScript script(lines);
        for (int i = 0; i < 5; ++i) {
            script.content("c" + std::to_string(i)).toolArguments = "{\"x\":1}";
            script.content("c" + std::to_string(i)).toolResult = "Error: busy";
        }
        const auto all = findingsOf(detectorNamed("tool-scopes"), script);
        QCOMPARE(rulesOf(all), (Words{"tool.retry_storm:finding"}));
        QCOMPARE(factOf(all[0], "attempts"), std::string("5"));
        QCOMPARE(factOf(all[0], "backoff"), std::string("each wait is 2.00 times the one before"));
        QCOMPARE(factOf(all[0], "jitter"), std::string("none"));
        DetectorSettings settings;
        QVERIFY(settings.set("tool.retries", 6));
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-scopes"), script, settings)), Words());
    }

    void readsInTurnCouldRunTogether()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-3000"}, {"get_b", "{\"x\":2}", "2", "3001-6000"}}};
        const auto all = found(scope);
        QCOMPARE(rulesOf(all), (Words{"tool.serial_independent:finding"}));
        QCOMPARE(factOf(all[0], "recoverable, ms"), std::string("2899"));
        scope.first = "1-3100"; // the second one ran as soon as it had been written
        QCOMPARE(rulesOfScope(scope), Words());
        scope.first = "1-100";
        scope.calls[1].times = "2000-6000";
        QCOMPARE(rulesOfScope(scope), Words());
        scope.calls[1] = {"update_b", "{\"x\":2}", "2", "3001-6000"};
        QCOMPARE(rulesOfScope(scope), Words());
    }

    void aCancelThatIsNotHonoured()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-9000"}}};
        scope.change = [](TraceScript& script) {
            script.content("c0").events.push_back({"cancel requested", 200 * millisecond, {}});
        };
        QCOMPARE(rulesOfScope(scope), (Words{"tool.cancel_not_honoured:finding"}));
        scope.calls[0].times = "101-900";
        QCOMPARE(rulesOfScope(scope), Words());
    }

    /// A server that renames an argument leaves out what it is given under the old name.
    void argumentsThatTheDefinitionDoesNotHave()
    {
        const auto rules = [](const std::string& arguments, const std::string& schema) {
            Scope scope{{{"get_a", arguments, "1", "101-300"}}};
            scope.change = [&](TraceScript& script) {
                script.content("a").attributes = {
                    {"gen_ai.tool.definitions", R"([{"type":"function","name":"get_a","parameters":)" + schema + "}]"}};
            };
            return rulesOfScope(scope);
        };
        const std::string schema =
            R"({"type":"object","properties":{"query":{"type":"string"}},"additionalProperties":false})";
        const Words fires{"tool.args_unknown_to_definition:finding"};
        QCOMPARE(rules(R"({"q":"cats"})", schema), fires);
        QCOMPARE(rules(R"({"query":"cats","limit":3})", R"({"properties":{"query":{}}})"), fires);
        QCOMPARE(rules(R"({"query":"cats"})", schema), Words());
        QCOMPARE(rules("{}", schema), Words());
        QCOMPARE(rules("cats", schema), Words());
        for (const char* const open : {R"({"properties":{"query":{}},"additionalProperties":true})",
                                       R"({"properties":{"query":{}},"patternProperties":{"^q":{}}})",
                                       R"({"properties":{"query":{}},"anyOf":[{"required":["q"]}]})",
                                       R"({"type":"object","properties":{}})", R"({"type":"object"})", "7"})
            QCOMPARE(rules(R"({"q":"cats"})", open), Words());
    }

    void whatLiesOutsideOfItsParent()
    {
        Scope scope{{{"get_a", "{\"x\":1}", "1", "101-300"}}};
        scope.root = "service=shop";
        scope.calls[0].facts = "service=shop";
        scope.calls[0].times = "-500-300";
        const auto all = rulesOfScope(scope);
        QVERIFY(std::ranges::find(all, "tool.outside_parent:check") != all.end());
        // Its record says that it follows from its parent: nothing waits for it.
        scope.change = [](TraceScript& script) {
            script.content("c0").links = {{"t", "run", {{"refType", "FOLLOWS_FROM", AttributeType::Text}}}};
        };
        const auto follows = rulesOfScope(scope);
        QVERIFY(std::ranges::find(follows, "tool.outside_parent:check") == follows.end());
    }
};

QTEST_APPLESS_MAIN(TestToolScopes)
#include "tst_toolscopes.moc"
