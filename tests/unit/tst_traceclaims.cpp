// layers: core analysis
#include "traceclaims.h"

#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::vector<std::string> told(TraceScript& script)
{
    ScriptedTrace trace(script, 0);
    std::vector<std::string> lines;
    for (const SaidText& said : trace.claims().texts())
        lines.push_back(std::string(name(said.author)) + (said.arguments ? " asks: " : ": ") + std::string(said.text) +
                        " @" + std::string(script.corpus.text(SpanText::Name, said.row)));
    return lines;
}

} // namespace

class TestTraceClaims : public QObject
{
    Q_OBJECT

private slots:
    void repeatedHistoryCountsOnce()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n");
        script.content("a").input = {said(Role::System, "Be brief."), said(Role::User, "Yes")};
        script.content("a").output = {said(Role::Assistant, "Really?")};
        script.content("b").input = {said(Role::System, "Be brief."), said(Role::User, "Yes"),
                                     said(Role::Assistant, "Really?"), said(Role::User, "Yes")};
        script.content("b").output = {said(Role::Assistant, "Done.")};
        QCOMPARE(told(script), (std::vector<std::string>{"template: Be brief. @a", "user: Yes @a", "model: Really? @a",
                                                         "user: Yes @b", "model: Done. @b"}));
    }

    void aCallAndItsSpanAreOneUse()
    {
        TraceScript script("t a - model 0-10\n"
                           "t x - tool 11-15 tool=get_order\n"
                           "t b - model 20-30\n");
        script.content("a").output = {asked("get_order", "c1", "{\"id\": 7}")};
        script.content("x").toolArguments = "{\"id\":7}";
        script.content("x").toolResult = "{\"price\":5}";
        script.content("b").input = {asked("get_order", "c1", "{\"id\": 7}"), returned("c1", "{\"price\": 5}")};
        ScriptedTrace trace(script, 0);
        QCOMPARE(trace.claims().uses().size(), std::size_t(1));
        QCOMPARE(trace.claims().texts().size(), std::size_t(2));
        const ToolUse& use = trace.claims().uses().front();
        QCOMPARE(std::string(use.tool), std::string("get_order"));
        QVERIFY(use.arguments != ToolUse::none);
        QVERIFY(use.result != ToolUse::none);
    }

    void withoutTimesTheTreeIsTheOrder()
    {
        TraceScript script("t run - agent -\n"
                           "t a run model -\n"
                           "t x run tool -\n");
        script.content("run").input = {said(Role::User, "Go")};
        script.content("run").output = {said(Role::Assistant, "Gone")};
        script.content("a").output = {said(Role::Assistant, "Wait")};
        script.content("x").toolArguments = "{}";
        script.content("x").toolResult = "ok";
        QCOMPARE(told(script), (std::vector<std::string>{"user: Go @run", "model: Wait @a", "model asks: {} @x",
                                                         "tool: ok @x", "model: Gone @run"}));
    }

    void equalResultsOfTwoCallsAreTwo()
    {
        TraceScript script("t x - tool 0-5 tool=ping\n"
                           "t y - tool 10-15 tool=ping\n");
        for (const char* span : {"x", "y"}) {
            script.content(span).toolArguments = "{}";
            script.content(span).toolResult = "ok";
        }
        ScriptedTrace trace(script, 0);
        QCOMPARE(trace.claims().uses().size(), std::size_t(2));
        QCOMPARE(trace.claims().texts().size(), std::size_t(4));
    }

    void tooLongTextsAreCutAndCounted()
    {
        TraceScript script("t a - model 0-10\n");
        script.content("a").input = {said(Role::User, std::string(TraceClaims::longestText + 100, 'x'))};
        ScriptedTrace trace(script, 0);
        QCOMPARE(trace.claims().texts()[0].text.size(), TraceClaims::longestText);
        QCOMPARE(trace.claims().skippedBytes(), std::size_t(100));
        QVERIFY(!trace.claims().whole());
    }

    void judgesClaimNothing()
    {
        TraceScript script("t a - model 0-10\n"
                           "t e - evaluator 20-30\n");
        script.content("a").output = {said(Role::Assistant, "It is 5.")};
        script.content("e").output = {said(Role::Assistant, "It is not 5.")};
        QCOMPARE(told(script).size(), std::size_t(1));
    }

    void resultsSayThatTheyAreErrors()
    {
        for (const char* text :
             {"Error: no such order", "error", "{\"error\":\"no\"}", "{\"success\":false}", "{\"status\": \"failed\"}",
              "Traceback (most recent call last):", "Search service unavailable", "503 Service Unavailable",
              "The weather server is not responding."})
            QVERIFY2(saysError(text), text);
        for (const char* text : {"errors: 0", "{\"error\":null}", "{\"error\":\"\"}", "{\"success\":true}", "ok", "",
                                 "{\"status\":\"delayed\"}", "The blue one is unavailable.",
                                 "Room service unavailable after 10 pm:\nplease call the desk"})
            QVERIFY2(!saysError(text), text);
    }

    void sentencesAndDocumentsAreReadOnDemand()
    {
        TraceScript script("t a - model 0-10\n");
        script.content("a").output = {said(Role::Assistant, "It costs $5. It is blue."),
                                      said(Role::Assistant, "{\"plan\":\"Pro\"}")};
        ScriptedTrace trace(script, 0);
        TraceClaims& claims = trace.claims();
        QCOMPARE(claims.sentences(0).size(), std::size_t(2));
        QCOMPARE(claims.sentences(0)[1].from, std::int64_t(13));
        QVERIFY(!claims.document(0));
        QVERIFY(claims.document(1));
        QVERIFY(claims.sentences(1).empty());
        QCOMPARE(&trace.claims(), &claims);
    }
};

QTEST_APPLESS_MAIN(TestTraceClaims)
#include "tst_traceclaims.moc"
