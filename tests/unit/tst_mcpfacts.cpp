// layers: core analysis
#include "mcpfacts.h"

#include "calltreetext.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

SpanContent mcpCall(std::vector<Attribute> more = {})
{
    SpanContent content;
    content.attributes = {{"mcp.method.name", "tools/call", AttributeType::Text},
                          {"mcp.session.id", "s1", AttributeType::Text},
                          {"jsonrpc.request.id", "7", AttributeType::Text},
                          {"network.transport", "pipe", AttributeType::Text}};
    content.attributes.insert(content.attributes.end(), more.begin(), more.end());
    return content;
}

std::string outcomeOf(std::vector<Attribute> more, bool ended = true, bool failed = false)
{
    const auto facts = mcpFactsOf(mcpCall(std::move(more)), "search", ended, failed);
    return facts ? std::string(name(facts->outcome)) : "none";
}

} // namespace

class TestMcpFacts : public QObject
{
    Q_OBJECT

private slots:
    void whatTheAttributesSay()
    {
        const auto facts =
            mcpFactsOf(mcpCall({{"server.address", "wiki.test", AttributeType::Text}}), "search", true, false);
        QVERIFY(facts.has_value());
        QCOMPARE(facts->method, std::string("tools/call"));
        QCOMPARE(facts->session, std::string("s1"));
        QCOMPARE(facts->server, std::string("wiki.test"));
        QCOMPARE(facts->request, std::string("7"));
        QCOMPARE(facts->transport, std::string("pipe"));
    }

    void outcomes()
    {
        QCOMPARE(outcomeOf({}), std::string("ok"));
        QCOMPARE(outcomeOf({}, false), std::string("unanswered"));
        QCOMPARE(outcomeOf({}, true, true), std::string("tool_error"));
        QCOMPARE(outcomeOf({{"error.type", "tool_error", AttributeType::Text}}), std::string("tool_error"));
        QCOMPARE(outcomeOf({{"error.type", "-32602", AttributeType::Text}}), std::string("rpc_error"));
        QCOMPARE(outcomeOf({{"rpc.response.status_code", "-32001", AttributeType::Number}}), std::string("timeout"));
        QCOMPARE(outcomeOf({{"rpc.response.status_code", "-32000", AttributeType::Number}}), std::string("closed"));
        QCOMPARE(outcomeOf({{"error.type", "timeout", AttributeType::Text}}), std::string("timeout"));
    }

    void theNameOfAToolNamesItsServer()
    {
        const auto facts = mcpFactsOf({}, "mcp__weather__get_weather", true, false);
        QVERIFY(facts.has_value());
        QCOMPARE(facts->server, std::string("weather"));
        QVERIFY(facts->method.empty());
        QVERIFY(!mcpFactsOf({}, "get_weather", true, false));
        QVERIFY(!mcpFactsOf({}, "mcp__weather", true, false));
    }

    void clientAndServerAreOneCall()
    {
        TraceScript script("t a - model 0-10\n"
                           "t x - tool 11-20 tool=search status=error\n"
                           "t y x tool 12-40 tool=search\n"
                           "t b - model 21-30\n");
        script.content("a").output = {asked("search", "c1", "{}")};
        script.content("x") = mcpCall({{"error.type", "timeout", AttributeType::Text}});
        script.content("y") = mcpCall();
        script.content("y").toolResult = "too late";
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.calls.size(), std::size_t(1));
        QVERIFY(tree.calls[0].outcome == CallOutcome::TimedOut);
        QCOMPARE(std::string(name(tree.calls[0].mcp->outcome)), std::string("timeout"));
    }

    void aNotificationCancelsTheRequestItNames()
    {
        TraceScript script("t x - tool 0-50 tool=search\n"
                           "t y - tool 0-30 tool=fetch\n"
                           "t n - other 20-20\n"
                           "t p y other 25-25\n");
        script.content("x") = mcpCall();
        script.content("x").toolResult = "nobody waits for it";
        script.content("y") = mcpCall();
        script.content("y").attributes[2].value = "8";
        script.content("n").attributes = {{"mcp.method.name", "notifications/cancelled", AttributeType::Text},
                                          {"mcp.session.id", "s1", AttributeType::Text},
                                          {"params.requestId", "7", AttributeType::Text},
                                          {"params.reason", "no longer needed", AttributeType::Text}};
        script.content("p").attributes = {{"mcp.method.name", "notifications/progress", AttributeType::Text}};
        ScriptedTrace trace(script, 0);
        const CallTree tree = callTree(trace);
        QCOMPARE(tree.calls.size(), std::size_t(2));
        const TreeCall& cancelled = tree.calls[0].tool == "search" ? tree.calls[0] : tree.calls[1];
        const TreeCall& other = tree.calls[0].tool == "search" ? tree.calls[1] : tree.calls[0];
        QVERIFY(cancelled.outcome == CallOutcome::Cancelled);
        QCOMPARE(cancelled.cancelledAt, 20 * millisecond);
        QVERIFY(ranOn(cancelled));
        QCOMPARE(cancelled.mcp->cancelReason, std::string("no longer needed"));
        QVERIFY(!ranOn(other));
        QCOMPARE(other.mcp->progress, std::int64_t(1));
        QCOMPARE(std::string(name(other.mcp->outcome)), std::string("ok"));
    }
};

QTEST_APPLESS_MAIN(TestMcpFacts)
#include "tst_mcpfacts.moc"
