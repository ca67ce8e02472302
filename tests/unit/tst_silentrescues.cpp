// layers: core analysis
#include "rescues.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Words = std::vector<std::string>;

/// An answer of a model call of which the source says this.
TraceScript answered(const std::string& facts, const std::vector<Attribute>& attributes,
                     const std::string& answer = "It is 41 degrees.")
{
    TraceScript script("t a - model 0-10 " + facts + "\n");
    script.content("a").input = {said(Role::User, "How warm is it?")};
    script.content("a").output = {said(Role::Assistant, answer)};
    script.content("a").attributes = attributes;
    return script;
}

Words rulesIn(TraceScript script)
{
    return rulesOf(findingsOf(detectorNamed("silent-rescues"), script));
}

QString textOf(const Words& words)
{
    QStringList list;
    for (const std::string& word : words)
        list.append(QString::fromStdString(word));
    return list.join("; ");
}

Words ledgerOf(TraceScript& script)
{
    Words lines;
    ScriptedTrace trace(script, 0);
    for (const Rescue& rescue : rescuesOf(trace))
        lines.push_back(std::string(name(rescue.kind)) + (rescue.measured ? " recorded " : " inferred ") +
                        rescue.cause);
    return lines;
}

} // namespace

class TestSilentRescues : public QObject
{
    Q_OBJECT

private slots:
    void modelsAreTheSameByAnyOfTheirNames()
    {
        for (const auto& [requested, served] :
             {std::pair{"gpt-4o", "gpt-4o-2024-08-06"}, std::pair{"openai/gpt-4o", "gpt-4o"},
              std::pair{"claude-sonnet-4-5", "claude-sonnet-4-5-20250929"}, std::pair{"gpt-4", "gpt-4-0613"},
              std::pair{"us.anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet-20241022"},
              std::pair{"models/gemini-2.0-flash", "gemini-2.0-flash-001"},
              std::pair{"claude-3-5-haiku-latest", "claude-3-5-haiku-20241022"},
              std::pair{"claude-3.5-haiku", "claude-3-5-haiku-20241022"},
              std::pair{"davinci-002", "davinci:2023-07-21-v2"}})
            QVERIFY2(isSameModel(requested, served) && !isOtherModel(requested, served), served);
        for (const auto& [requested, served] :
             {std::pair{"gpt-4o", "gpt-4o-mini"}, std::pair{"gpt-4o", "gpt-4.1"},
              std::pair{"claude-opus-4", "claude-sonnet-4"}, std::pair{"gpt-4", "gpt-4o"},
              std::pair{"gpt-4o-2024-05-13", "gpt-4o-2024-08-06"}})
            QVERIFY2(!isSameModel(requested, served) && isOtherModel(requested, served), served);
        // An alias names a model by less.
        for (const auto& [requested, served] :
             {std::pair{"gemini-flash-latest", "gemini-2.5-flash-preview-09-2025"},
              std::pair{"gemini-flash-lite-latest", "gemini-2.5-flash-lite"}, std::pair{"gpt-5", "gpt-5-atlas"},
              std::pair{"chatgpt-4o-latest", "chatgpt-4o-2024-11-20"}, std::pair{"gpt-35-turbo", "gpt-3.5-turbo-0125"},
              std::pair{"gpt-35-turbo", "gpt-3.5-turbo"}})
            QVERIFY2(!isOtherModel(requested, served), served);
        for (const auto& [requested, served] :
             {std::pair{"gemini-flash-latest", "gemini-2.5-flash-lite"}, std::pair{"gpt-4", "gpt-4-32k"},
              std::pair{"claude-sonnet-latest", "claude-opus-4-1"}, std::pair{"gpt-35-turbo", "gpt-4"},
              std::pair{"qwen3", "qwen3-8b"}})
            QVERIFY2(isOtherModel(requested, served), served);
        // A deployment or a router has a name of its own.
        QVERIFY(!isOtherModel("our-testing", "gpt-35-turbo"));
        QVERIFY(!isOtherModel("openrouter/auto", "gpt-4o"));
    }

    void flagsAreRows()
    {
        TraceScript script = answered("", {{"app.fallback_used", "true", AttributeType::Bool},
                                           {"app.fallback_reason", "timeout of 5 s", AttributeType::Text},
                                           {"http.request.resend_count", "2", AttributeType::Number},
                                           {"output.json_repaired", "true", AttributeType::Bool},
                                           {"app.served_stale", "false", AttributeType::Bool},
                                           {"retry.attempt", "1", AttributeType::Number}});
        QCOMPARE(textOf(ledgerOf(script)),
                 textOf(Words{"fallback recorded timeout of 5 s", "retry recorded ", "JSON repair recorded "}));
        QCOMPARE(textOf(rulesIn(script)),
                 textOf(Words{"rescue.chain:finding", "rescue.hidden:check", "rescue.hidden:check"}));
    }

    void anotherModelIsInferred()
    {
        TraceScript script = answered("requested=gpt-4o model=gpt-4o-mini", {});
        QCOMPARE(textOf(ledgerOf(script)), textOf(Words{"other model inferred gpt-4o → gpt-4o-mini"}));
        QCOMPARE(textOf(rulesIn(script)), textOf(Words{"rescue.hidden:signal"}));
        QCOMPARE(textOf(rulesIn(answered("requested=gpt-4o model=gpt-4o-2024-08-06", {}))), textOf(Words()));
    }

    void whatIsToldIsNotHidden()
    {
        const std::vector<Attribute> fallback{{"fallback_used", "true", AttributeType::Bool}};
        QCOMPARE(textOf(rulesIn(answered("", fallback))), textOf(Words{"rescue.hidden:check"}));
        QCOMPARE(textOf(rulesIn(answered("", fallback, "Live data is unavailable; yesterday it was 41."))),
                 textOf(Words()));
        QCOMPARE(textOf(rulesIn(answered("status=error", fallback))), textOf(Words()));
        QCOMPARE(textOf(rulesIn(answered("", {{"fallback_models", "gpt-4o-mini", AttributeType::Text}}))),
                 textOf(Words()));
    }

    void aModelCallThatIsMadeAgainIsARetry()
    {
        TraceScript script("t run - agent 0-100\nt a run model 0-10 status=error\nt b run model 20-30\n");
        for (const char* const span : {"a", "b"})
            script.content(span).input = {said(Role::User, "How warm is it?")};
        script.content("a").statusMessage = "429 too many requests";
        script.content("b").output = {said(Role::Assistant, "41")};
        QCOMPARE(textOf(ledgerOf(script)), textOf(Words{"retry recorded 429 too many requests"}));
        QCOMPARE(textOf(rulesIn(script)), textOf(Words()));
        script.content("b").input = {said(Role::User, "And now?")};
        QCOMPARE(textOf(ledgerOf(script)), textOf(Words()));
    }

    void repairedArgumentsAndReusedResultsAreInferred()
    {
        TraceScript script("t a - model 0-10\nt x - tool 11-20 tool=get_stock\nt b - model 21-30\n"
                           "t y - tool 31-40 tool=get_stock\nt c - model 41-50\n");
        const std::string stock =
            "{\"sku\": \"A1\", \"amount\": 12, \"place\": \"hall 4\", \"counted\": \"2026-10-04\", \"by\": \"x\"}";
        script.content("a").output = {asked("get_stock", "1", "{\"sku\": \"A1\"")};
        script.content("x").toolArguments = "{\"sku\": \"A1\"}";
        script.content("x").toolResult = stock;
        script.content("b").input = {asked("get_stock", "1", "{\"sku\": \"A1\""), returned("1", stock)};
        script.content("b").output = {asked("get_stock", "2", "{\"sku\": \"B2\"}")};
        script.content("y").toolArguments = "{\"sku\": \"B2\"}";
        script.content("y").toolResult = stock;
        script.content("c").output = {said(Role::Assistant, "Twelve of each.")};
        QCOMPARE(textOf(ledgerOf(script)),
                 textOf(Words{"JSON repair inferred the call as the model wrote it is no JSON",
                              "reused result inferred the same result as for other arguments before"}));
        const auto rules = rulesIn(script);
        QCOMPARE(rules.front(), std::string("rescue.chain:check"));
    }

    void cleanRunsAreCounted()
    {
        TraceScript script("t1 a - model 0-10\nt2 b - model 20-30\nt3 c - model 40-50\n");
        Rescue retry;
        retry.measured = true;
        const RescueCounts counts = countsOf(script.corpus, {{retry, retry}, {}, {}});
        QCOMPARE(counts.traces, std::size_t(3));
        QCOMPARE(counts.cleanTraces, std::size_t(2));
        QCOMPARE(counts.measured[0], std::size_t(2));
        QCOMPARE(counts.tasks, std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(TestSilentRescues)
#include "tst_silentrescues.moc"
