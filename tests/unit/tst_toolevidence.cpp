// layers: core analysis
#include "traceclaims.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A user asks, a tool returns, the model answers.
std::vector<Finding> answered(std::string tool, std::string arguments, std::string result, std::string answer,
                              std::string user = "Please help me.")
{
    TraceScript script("t a - model 0-10\n"
                       "t b - model 20-30\n");
    script.content("a").input = {said(Role::User, std::move(user))};
    script.content("a").output = {asked(tool, "c1", std::move(arguments))};
    script.content("b").input = {returned("c1", std::move(result))};
    script.content("b").output = {said(Role::Assistant, std::move(answer))};
    return findingsOf(detectorNamed("tool-evidence"), script);
}

const std::string orders = "{\"orders\": [{\"id\": \"A1001\", \"date\": \"2024-05-03\", \"price\": 155},"
                           "{\"id\": \"A1002\", \"date\": \"2024-05-09\", \"price\": 54}]}";

std::vector<std::string> ofOrders(std::string answer, std::string user = "Please help me.")
{
    return rulesOf(answered("list_orders", "{}", orders, std::move(answer), std::move(user)));
}

using Rules = std::vector<std::string>;

} // namespace

class TestToolEvidence : public QObject
{
    Q_OBJECT

private slots:
    void valuesFromNowhere()
    {
        QCOMPARE(ofOrders("The order costs $165."), Rules{"claim.unsupported_value:finding"});
        QCOMPARE(ofOrders("It arrives on May 4, 2024."), Rules{"claim.unsupported_value:finding"});
        QCOMPARE(ofOrders("Your order is A1003."), Rules{"claim.unsupported_value:finding"});
        QCOMPARE(ofOrders("The order costs $155."), Rules{});
        QCOMPARE(ofOrders("It arrives on May 3, 2024."), Rules{});
    }

    void valuesThatFollowOrWereSaid()
    {
        QCOMPARE(ofOrders("Together they cost $209."), Rules{});
        QCOMPARE(ofOrders("The difference is $101."), Rules{});
        QCOMPARE(ofOrders("Two of them cost $310."), Rules{});
        QCOMPARE(ofOrders("That is above your limit of $165.", "I can pay at most $165."), Rules{});
        QCOMPARE(ofOrders("Write it as a date, for example 2024-01-31."), Rules{});
    }

    void sumsOfWhatTheTextListsFollow()
    {
        const std::string three = R"({"legs": [{"id": "HAT101", "fare": 155}, {"id": "HAT102", "fare": 54},)"
                                  R"({"id": "HAT103", "fare": 87}, {"id": "HAT104", "fare": 31}]})";
        const auto of = [&](const char* answer) { return rulesOf(answered("list_legs", "{}", three, answer)); };
        QCOMPARE(of("The first legs are $155, $54 and $87, which makes $296."), Rules{});
        QCOMPARE(of("The last legs are $54, $87 and $31, which makes $172."), Rules{});
        QCOMPARE(of("For both of you the legs at $54, $87 and $31 are $344."), Rules{});
        QCOMPARE(of("All legs for three people are $981."), Rules{});
        QCOMPARE(of("The first legs are $155, $54 and $87, which makes $298."),
                 Rules{"claim.unsupported_value:finding"});
        QCOMPARE(of("The first leg is $155, and $273 in all with two more."), // $155 + $87 + $31: which two is not said
                 Rules{"claim.unsupported_value:finding"});
    }

    void whatAnAnswerWorksOutMayBeUsedAndSaidAgain()
    {
        QCOMPARE(ofOrders("They cost $155 and $54, so $209 in all, which is $418 for two of you and $627 for three, "
                          "and $209 less per friend."),
                 Rules{});
        TraceScript script("t a - model 0-10\nt b - model 20-30\nt c - model 40-50\n");
        script.content("a").output = {asked("list_orders", "c1", "{}")};
        script.content("b").input = {returned("c1", orders)};
        script.content("b").output = {said(Role::Assistant, "The difference is $101.")};
        script.content("c").input = {said(Role::User, "Fine."), returned("c2", "{\"done\":1}"),
                                     returned("c3", "{\"done\":2}"), returned("c4", "{\"done\":3}")};
        script.content("c").output = {said(Role::Assistant, "You get $101 back."),
                                      said(Role::Assistant, "It was $155, and $91 of it was a gift.")};
        const auto found = findingsOf(detectorNamed("tool-evidence"), script);
        QCOMPARE(rulesOf(found), Rules{"claim.unsupported_value:finding"});
        script.content("c").output = {said(Role::Assistant, "It costs $54, and $101 more would do.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
    }

    void whatMayFollowFromAnOldResultIsASignal()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\n");
        script.content("a").output = {asked("get_card", "c1", "{}")};
        script.content("b").input = {returned("c1", "{\"amount\": 500}"), returned("c2", "{\"total\": 375}"),
                                     returned("c3", "{\"done\":2}"), returned("c4", "{\"done\":3}")};
        script.content("b").output = {said(Role::Assistant, "The $375 leave you with $125 on the card.")};
        const auto found = findingsOf(detectorNamed("tool-evidence"), script);
        QCOMPARE(rulesOf(found), Rules{"claim.unsupported_value:signal"});
        QCOMPARE(found[0].facts.at(1).text, std::string("500 − $375"));
    }

    void aTotalGoesOnFromTheOneBefore()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\nt c - model 40-50\n");
        script.content("a").output = {asked("get_price", "c1", "{}")};
        script.content("b").input = {returned("c1", R"([{"price": 4290}, {"price": 590}])")};
        script.content("b").output = {said(Role::Assistant, "The tent is 4,290 NOK and two chairs are 1,180 NOK, so "
                                                            "your total is 5,470 NOK."),
                                      asked("get_shipping", "c2", "{}")};
        script.content("c").input = {said(Role::User, "And with delivery?"), returned("c2", R"({"price": 349})")};
        script.content("c").output = {said(Role::Assistant, "Delivery is 349 NOK, so the total is 5,819 NOK.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
        script.content("c").output = {said(Role::Assistant, "Delivery is 349 NOK, so the total is 5,919 NOK.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{"claim.unsupported_value:finding"});
    }

    void numbersThatNobodyLooksUp_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("fires");
        QTest::newRow("a count") << QStringLiteral("We have 105 tents in stock.") << true;
        QTest::newRow("a sum") << QStringLiteral("We have 105 Kestrel 70 in stock: 44 in Leeds, 12 in Bergen and "
                                                 "49 in Kiel, as of 2024.")
                               << false;
        QTest::newRow("a name") << QStringLiteral("The tent Brackenfell 75 is in stock.") << false;
        QTest::newRow("part of a name") << QStringLiteral("See guide-118 for more.") << false;
        QTest::newRow("a rough one") << QStringLiteral("There are 18,000+ lines of it.") << false;
        QTest::newRow("a duration") << QStringLiteral("Send it back within 14 days.") << false;
    }
    void numbersThatNobodyLooksUp()
    {
        QFETCH(QString, answer);
        QFETCH(bool, fires);
        TraceScript script("t a - model 0-10\nt b - model 20-30\n");
        script.content("a").output = {asked("get_stock", "c1", "{}")};
        script.content("b").input = {
            returned("c1", R"({"leeds": 44, "bergen": 12, "kiel": 49, "year": 2024, "kestrel": 70})")};
        script.content("b").output = {said(Role::Assistant, answer.toStdString())};
        auto found = findingsOf(detectorNamed("tool-evidence"), script);
        std::erase_if(found, [](const Finding& each) { return each.level == FindingLevel::Signal; });
        QCOMPARE(rulesOf(found), fires ? Rules{"claim.unsupported_value:check"} : Rules{});
    }

    void anOfferIsACheck()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\n");
        script.content("a").output = {asked("get_order", "c1", "{}")};
        script.content("b").input = {returned("c1", R"({"price": 155})")};
        script.content("b").output = {said(Role::Assistant, "If you keep it, I can add $7 of credit.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{"claim.unsupported_value:check"});
        script.content("b").output = {said(Role::Assistant, "It costs 165 NOK.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{"claim.unsupported_value:finding"});
    }

    void whatAListSumsUpToCountsForWhatFollows()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\n");
        script.content("a").output = {asked("get_order", "c1", "{}")};
        script.content("b").input = {returned("c1", "{\"flights\": [{\"price\": 136}, {\"price\": 109}]}"),
                                     returned("c2", "{\"price\": 119}"), returned("c3", "{\"price\": 190}"),
                                     returned("c4", "{\"done\":4}")};
        script.content("b").output = {
            said(Role::Assistant, "Prices are $119 and $190, together $309. You paid $245. Due: $64.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
    }

    void anIdThatIsUsedAgainIsOfAnotherCall()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\nt c - model 40-50\n");
        const std::string order = "{\"id\":\"A1001\"}";
        script.content("a").output = {asked("get_order", "c1", order)};
        script.content("b").input = {asked("get_order", "c1", order), returned("c1", orders)};
        script.content("b").output = {asked("cancel_order", "c1", order)};
        script.content("c").input = {asked("get_order", "c1", order), returned("c1", orders),
                                     asked("cancel_order", "c1", order), returned("c1", "{\"status\":\"cancelled\"}")};
        script.content("c").output = {said(Role::Assistant, "I have cancelled your order.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
        QCOMPARE(ScriptedTrace(script, 0).claims().uses().size(), std::size_t(2));
    }

    void agentsAmongThemselvesAreGivenTheirTask()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\n");
        script.content("a").output = {said(Role::Assistant, "Find houses that were sold until May 15, 2024.")};
        script.content("b").input = {returned("c1", orders)};
        script.content("b").output = {said(Role::Assistant, "These were sold until May 15, 2024.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
    }

    void whatIsShown()
    {
        const auto found = answered("list_orders", "{}", orders, "Hello. The order costs $165 today.");
        QCOMPARE(found.size(), std::size_t(1));
        const FindingPlace& place = found[0].places.at(0);
        QCOMPARE(place.text.of, TextPlace::Of::Output);
        QCOMPARE(place.quote, std::string("The order costs $165 today."));
        QCOMPARE(place.from, std::int64_t(7));
        QCOMPARE(place.marks, (std::vector<QuoteMark>{{16, 20}}));
    }

    void withoutResultsNothingIsHeldAgainstThem()
    {
        TraceScript script("t a - model 0-10\n");
        script.content("a").input = {said(Role::User, "When was the treaty signed?")};
        script.content("a").output = {said(Role::Assistant, "It was signed on 24 October 1648 and cost $165.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
    }

    void valuesOfAnotherRecord()
    {
        QCOMPARE(ofOrders("Order A1001 is of May 9."), Rules{"claim.wrong_record:finding"});
        QCOMPARE(ofOrders("Order A1002 costs $155."), Rules{"claim.wrong_record:finding"});
        QCOMPARE(ofOrders("Order A1001 is of May 3 and costs $155."), Rules{});
        QCOMPARE(ofOrders("Orders A1001 and A1002 are of May 9."), Rules{});
        QCOMPARE(ofOrders("I moved A1001 to May 9, as you asked.", "Can A1001 come on May 9?"), Rules{});
    }

    /// Two tools are given the same, by calls without ids or with one id for both.
    void equalArgumentsOfAnotherTool_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("no ids") << "";
        QTest::newRow("one id") << "call_1";
    }
    void equalArgumentsOfAnotherTool()
    {
        QFETCH(QString, id);
        const std::string call = id.toStdString();
        TraceScript script("t a - model 0-10\nt b - model 20-30\nt c - model 40-50\n");
        const std::string order = "{\"order\": \"A1001\"}";
        script.content("a").output = {asked("get_order", call, order)};
        script.content("b").input = {returned(call, "{\"order\": \"A1001\", \"state\": \"open\"}")};
        script.content("b").output = {asked("cancel_order", call, order)};
        script.content("c").input = {returned(call, "{\"order\": \"A1001\", \"state\": \"none\"}")};
        script.content("c").output = {said(Role::Assistant, "I have cancelled your order A1001.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
    }

    void actsThatNoCallDid()
    {
        QCOMPARE(ofOrders("I have cancelled your order."), Rules{"claim.action_without_call:finding"});
        QCOMPARE(ofOrders("I've sent you an email."), Rules{"claim.action_without_call:finding"});
        QCOMPARE(ofOrders("Your ticket has been cancelled."), Rules{"claim.action_without_call:finding"});
        for (const char* quiet :
             {"I can cancel your order.", "Once I have cancelled it, you get a mail.", "Have I cancelled your order?",
              "I have not cancelled your order.", "I will send you an email.", "I have found your order.",
              "I've updated the code below.", "I have sent the summary below."})
            QCOMPARE(ofOrders(quiet), Rules{});
        QCOMPARE(rulesOf(answered("cancel_order", "{}", "ok", "I have cancelled your order.")), Rules{});
        QCOMPARE(rulesOf(answered("bash", "{}", "ok", "I have deleted the folder.")), Rules{});
        QCOMPARE(ofOrders("The flight has been cancelled, I am sorry.", "My flight was cancelled!"), Rules{});
    }

    void successBehindAnError()
    {
        QCOMPARE(rulesOf(answered("cancel_order", "{}", "{\"error\":\"locked\"}", "Your order has been cancelled.")),
                 Rules{"claim.success_after_error:finding"});
        QCOMPARE(rulesOf(answered("cancel_order", "{}", "{\"error\":\"locked\"}", "I could not cancel your order.")),
                 Rules{});
        QCOMPARE(rulesOf(answered("issue_refund", "{}", "{\"status\":\"rejected\"}", "I have refunded your card.")),
                 Rules{"claim.success_after_error:finding"});
        QCOMPARE(rulesOf(answered("issue_refund", "{}", "{\"status\":\"accepted\"}", "I have refunded your card.")),
                 Rules{});
    }

    void outcomesOfWhatWasNeverRun()
    {
        QCOMPARE(ofOrders("It is fixed: all 41 tests pass.", "What about my orders of 41 euros?"),
                 Rules{"claim.action_without_call:check"});
        QCOMPARE(ofOrders("It is fixed: all tests pass.", "Do the tests pass?"), Rules{});
        QCOMPARE(ofOrders("The tests will pass."), Rules{});
        QCOMPARE(rulesOf(answered("bash", "make check", "ok", "All tests pass.")), Rules{});
    }

    void outcomesThatTheirToolDoesNotHave()
    {
        const auto tests = [](const char* code, const char* answer) {
            return rulesOf(
                answered("run_tests", "{}", std::string("{\"exit_code\":") + code + ",\"failed\":3}", answer));
        };
        QCOMPARE(tests("1", "All tests pass."), Rules{"claim.success_after_error:finding"});
        QCOMPARE(tests("1", "The tests are green."), Rules{"claim.success_after_error:finding"});
        for (const char* quiet : {"The tests do not pass.", "If the tests pass, I will merge it.", "Do the tests pass?",
                                  "The tests should pass now.", "The build succeeded."})
            QCOMPARE(tests("1", quiet), Rules{});
        QCOMPARE(tests("0", "All tests pass."), Rules{});
    }

    void outcomesOfCommands()
    {
        const char* const three = "tests/a.py ..F\n=== 3 failed, 38 passed in 6.84s ===";
        const auto shell = [](const char* command, const char* result, const char* answer, bool failed = true) {
            TraceScript script("t a - model 0-10\n"
                               "t b - model 20-30\n");
            script.content("a").output = {asked("Bash", "c1", std::string("{\"command\": \"") + command + "\"}")};
            script.content("b").input = {returned("c1", result, failed)};
            script.content("b").output = {said(Role::Assistant, answer)};
            return rulesOf(findingsOf(detectorNamed("tool-evidence"), script));
        };
        const Rules fires{"claim.success_after_error:finding"};
        QCOMPARE(shell("python -m pytest -q", three, "All 41 tests pass."), fires);
        QCOMPARE(shell("pytest | tail -3", three, "I fixed the failing case, and all tests pass now.", false), fires);
        QCOMPARE(shell("pytest", three, "All tests pass, and no failures are left."), fires);
        QCOMPARE(shell("./ci.sh", three, "The tests are green."), fires);
        QCOMPARE(shell("pytest", three, "All tests are green, so it can be deployed."), fires);
        QCOMPARE(shell("npm test", "Exit code 1\nnpm error Missing script", "All tests pass."), fires);
        QCOMPARE(shell("npm run build", "Exit code 2\nerror TS2304", "The build succeeded."), fires);
        QCOMPARE(shell("npx eslint .", "Exit code 1\n3 problems", "The lint passes."), fires);
        QCOMPARE(shell("pytest", "{\"output\": \"1 failed, 2 passed in 0.1s\\n\", \"metadata\": {\"exit_code\": 1}}",
                       "All tests pass.", false),
                 fires);

        QCOMPARE(shell("pytest", "=== 41 passed in 6.84s ===", "All 41 tests pass."),
                 Rules{}); // what came after failed
        QCOMPARE(shell("cat results.txt", three, "All tests pass."), Rules{});
        QCOMPARE(shell("npm run build && npm test", "Exit code 1\nerror", "All tests pass."), Rules{});
        QCOMPARE(shell("./ci.sh", "Exit code 1", "All tests pass."), Rules{});
        QCOMPARE(shell("pytest", "The user doesn't want to proceed with this tool use.", "All tests pass."), Rules{});
        QCOMPARE(shell("pytest", "Command timed out after 2m 0s", "All tests pass."), Rules{});
        for (const char* quiet :
             {"The address tests pass.", "38 tests pass.", "38 of all 41 tests pass.", "All tests pass except three.",
              "All tests pass. The three failures are old.", "All tests pass. Two still fail.", "The tests never pass.",
              "None of the tests pass.", "No tests pass.", "It is not so that the tests pass.",
              "I will make all tests pass.", "Let me run them until all tests pass.", "All other tests pass.",
              "The tests I wrote pass.", "If all tests pass, I will merge it.", "All tests can pass.",
              "All tests pass if you set the port.", "Not all tests pass.", "The build succeeded."})
            QVERIFY2(shell("pytest", three, quiet).empty(), quiet);
    }

    void lastRunCounts()
    {
        const auto twice = [](const char* command, const char* result, const char* user = "Go on.") {
            TraceScript script("t a - model 0-10\n"
                               "t b - model 20-30\n"
                               "t c - model 40-50\n");
            script.content("a").output = {asked("Bash", "c1", "{\"command\": \"pytest\"}")};
            script.content("b").input = {returned("c1", "1 failed, 2 passed in 0.1s", true)};
            script.content("b").output = {asked("Bash", "c2", std::string("{\"command\": \"") + command + "\"}")};
            script.content("c").input = {returned("c2", result, false), said(Role::User, user)};
            script.content("c").output = {said(Role::Assistant, "All tests pass.")};
            return rulesOf(findingsOf(detectorNamed("tool-evidence"), script));
        };
        const Rules fires{"claim.success_after_error:finding"};
        QCOMPARE(twice("git push", "done"), fires);
        QCOMPARE(twice("pytest -x", "1 failed in 0.1s"), fires);
        QCOMPARE(twice("pytest -x", "3 passed in 0.1s"), Rules{});
        QCOMPARE(twice("./ci.sh", "done"), Rules{}); // it may have run them
        QCOMPARE(twice("git push", "done", "They pass here."), Rules{});
    }

    void amountsThatTheTextCounts()
    {
        const auto priced = [](const char* answer) {
            return rulesOf(answered("price_list", "{}", "{\"BAG\":\"92.00\",\"MAT\":\"31.50\"}", answer,
                                    "We need 40 bags and 40 mats."));
        };
        QCOMPARE(priced("40 bags are $3,680.00 and 40 mats $1,260.00, together $4,940.00."), Rules{});
        QCOMPARE(priced("40 bags are $3,780.00."), Rules{"claim.unsupported_value:finding"});
    }

    void whatSucceedsLaterIsDone()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n"
                           "t c - model 40-50\n");
        script.content("a").output = {asked("cancel_order", "c1", "{\"id\":1}")};
        script.content("b").input = {returned("c1", "Error: busy", true)};
        script.content("b").output = {asked("cancel_order", "c2", "{\"id\":1}")};
        script.content("c").input = {returned("c2", "cancelled")};
        script.content("c").output = {said(Role::Assistant, "I have cancelled your order.")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)), Rules{});
    }

    void wrongCounts()
    {
        QCOMPARE(ofOrders("You have 3 orders."), Rules{"claim.wrong_count:check"});
        QCOMPARE(ofOrders("You have 2 orders."), Rules{});
        QCOMPARE(ofOrders("You have two orders."), Rules{});
        QCOMPARE(ofOrders("You have 3 orders that are open."), Rules{});
        QCOMPARE(ofOrders("Do you have 3 orders?"), Rules{});
    }
};

QTEST_APPLESS_MAIN(TestToolEvidence)
#include "tst_toolevidence.moc"
