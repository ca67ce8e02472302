// layers: importers
#include "dialect.h"
#include "messagecount.h"
#include "readercases.h"
#include "spanfacts.h"

#include <QTest>
#include <set>

using namespace arcscope;
using testing::RecordingSink;

namespace
{

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// What a span with these attributes becomes.
SpanRecord settled(RecordingSink& sink, const Attributes& attributes, FactValue::Form form = FactValue::Form::Text)
{
    SpanFacts facts;
    for (const auto& [key, value] : attributes)
        facts.take(key, {form, value});
    SpanRecord span;
    span.start = 1'000'000'000;
    facts.settle(sink, span, [&](const std::string& what) {
        ImportIssue issue;
        issue.message = what;
        sink.report(issue);
    });
    return span;
}

/// As it stands inside a JSON string.
std::string escapedText(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

} // namespace

class TestDialects : public QObject
{
    Q_OBJECT

private slots:
    void everyRuleIsFoundAndKeysAreUnique()
    {
        std::set<std::string> keys;
        std::size_t rules = 0;
        for (const Dialect& dialect : dialects()) {
            QVERIFY(!dialect.name.empty());
            for (const AttributeRule& rule : dialect.rules) {
                const AttributeRule* found = ruleOf(rule.key);
                QVERIFY(found);
                QVERIFY2(found->key == rule.key, std::string(rule.key).c_str());
                QVERIFY2(keys.insert(std::string(rule.key)).second, std::string(rule.key).c_str());
                QCOMPARE(rule.field == Field::Kind, !rule.words.empty());
                ++rules;
            }
            for (const AttributeRule& prefix : dialect.prefixes) {
                QVERIFY(prefix.key.size() >= 8 && prefix.key.ends_with('.'));
                QCOMPARE(ruleOf(std::string(prefix.key) + "0.role"), &prefix);
            }
        }
        QVERIFY(rules > 150);
        for (const char* unknown : {"", "a", "gen_ai", "gen_ai.request.modeL", "http.request.method", "gen_ai.promp"})
            QVERIFY2(!ruleOf(unknown), unknown);
    }

    void kinds_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* key, const char* value, const char* kind) {
            QTest::addRow("%s %s", key, value) << key << value << kind;
        };
        row("gen_ai.operation.name", "chat", "model");
        row("gen_ai.operation.name", "create_agent", "agent");
        row("gen_ai.operation.name", "invoke_agent", "agent");
        row("gen_ai.operation.name", "execute_tool", "tool");
        row("gen_ai.operation.name", "embeddings", "embedding");
        row("gen_ai.operation.name", "retrieval", "retrieval");
        row("gen_ai.operation.name", "invoke_workflow", "workflow");
        row("gen_ai.operation.name", "fetch_response", "other");
        row("mcp.method.name", "tools/call", "tool");
        row("mcp.method.name", "ping", "other");
        row("openinference.span.kind", "RERANKER", "retrieval");
        row("openinference.span.kind", "GUARDRAIL", "guardrail");
        row("openinference.span.kind", "EVALUATOR", "evaluator");
        row("traceloop.span.kind", "task", "workflow");
        row("llm.request.type", "completion", "model");
        row("ai.operationId", "ai.generateObject", "workflow");
        row("ai.operationId", "ai.generateObject.doGenerate", "model");
        row("langsmith.span.kind", "retriever", "retrieval");
        row("langfuse.observation.type", "span", "other");
        row("langfuse.observation.type", "generation", "model");
        row("mlflow.spanType", "\\\"CHAT_MODEL\\\"", "model");
        row("gen_ai.evaluation.name", "tone", "evaluator");
        row("gen_ai.tool.name", "f", "tool");
        row("gen_ai.request.model", "m", "model");
        row("gen_ai.agent.name", "a", "other");
        row("http.request.method", "GET", "other");
    }

    void kinds()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, kind);
        RecordingSink sink;
        const SpanRecord span = settled(sink, {{key.toStdString(), value.toStdString()}});
        QCOMPARE(QString::fromUtf8(name(span.kind).data()), kind);
    }

    void precedence()
    {
        RecordingSink sink;
        const SpanRecord span = settled(sink, {{"llm.model_name", "d"},
                                               {"gen_ai.request.model", "a"},
                                               {"gen_ai.response.model", "b"},
                                               {"langfuse.observation.model.name", "c"},
                                               {"gen_ai.conversation.id", "weak"},
                                               {"session.id", "strong"},
                                               {"gen_ai.system", "old"},
                                               {"gen_ai.provider.name", "new"},
                                               {"gen_ai.operation.name", "chat"},
                                               {"openinference.span.kind", "AGENT"}});
        QCOMPARE(sink.text(span, SpanText::ModelServed), std::string("c"));
        QCOMPARE(sink.text(span, SpanText::ModelRequested), std::string("a"));
        QCOMPARE(sink.text(span, SpanText::Session), std::string("strong"));
        QCOMPARE(sink.text(span, SpanText::Provider), std::string("new"));
        QVERIFY(span.kind == SpanKind::Agent);
    }

    void usageIsMadeDisjointAndSaysHowItIsKnown()
    {
        RecordingSink sink;
        SpanRecord span = settled(sink, {{"gen_ai.operation.name", "chat"},
                                         {"gen_ai.usage.input_tokens", "10"},
                                         {"gen_ai.usage.output_tokens", "4"},
                                         {"gen_ai.usage.cache_read_input_tokens", "6"},
                                         {"gen_ai.usage.total_tokens", "20"}});
        QVERIFY(span.usageDialect == UsageDialect::CacheSeparate); // the total proves it
        QCOMPARE(span.usage[UsageClass::Input], std::int64_t(10));
        QVERIFY(span.provenance.of(Fact::Usage) == Provenance::Measured);
        span = settled(sink, {{"gen_ai.operation.name", "invoke_agent"}, {"gen_ai.usage.input_tokens", "10"}});
        QVERIFY(span.provenance.of(Fact::Usage) == Provenance::Declared);
        span = settled(sink, {{"gen_ai.usage.input_tokens", "-1"}, {"gen_ai.usage.output_tokens", "1.5"}});
        QVERIFY(!span.usage.recorded());
        QCOMPARE(sink.issues.size(), std::size_t(2));
    }

    void costsAreMillionthsAndDeclared()
    {
        RecordingSink sink;
        SpanRecord span = settled(sink, {{"llm.cost.total", "0.0000015"}});
        QCOMPARE(span.cost, std::int64_t(2));
        QCOMPARE(sink.text(span, SpanText::Currency), std::string("USD"));
        QVERIFY(span.provenance.of(Fact::Cost) == Provenance::Declared);
        QCOMPARE(settled(sink, {{"llm.cost.prompt", "1"}, {"llm.cost.completion", "0.5"}}).cost,
                 std::int64_t(1'500'000));
        QCOMPARE(settled(sink, {{"gen_ai.usage.cost", "-1"}}).cost, notRecorded);
        QCOMPARE(settled(sink, {{"gen_ai.usage.cost", "1e300"}}).cost, notRecorded);
        QCOMPARE(settled(sink, {}).cost, notRecorded);
    }

    void firstTokenInEveryUnit()
    {
        RecordingSink sink;
        QCOMPARE(settled(sink, {{"gen_ai.response.time_to_first_chunk", "0.25"}}).firstToken, Nanos(250'000'000));
        QCOMPARE(settled(sink, {{"ai.response.msToFirstChunk", "1.5"}}).firstToken, Nanos(1'500'000));
        QCOMPARE(settled(sink, {{"langfuse.observation.completion_start_time", "1970-01-01T00:00:01.5Z"}}).firstToken,
                 Nanos(500'000'000));
        QCOMPARE(settled(sink, {{"ai.response.msToFirstChunk", "soon"}}).firstToken, notRecorded);
    }

    void messagesAreCountedWithoutUnescaping_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<int>("messages");
        QTest::addColumn<int>("calls");
        const auto row = [](const char* what, const char* json, int messages, int calls) {
            QTest::newRow(what) << QString(json) << messages << calls;
        };
        row("empty list", "[]", 0, 0);
        row("text", "hello", 1, 0);
        row("braces in texts",
            "[{\"role\":\"user\",\"content\":\"a ] } \\\" [ { \\\\\"},{\"role\":\"user\",\"content\":\"\\\\\"}]", 2, 0);
        row("line ends", "[\n {\"role\": \"user\",\n \"content\": \"x\\ny\"}\n]", 1, 0);
        row("calls",
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"arguments\":{\"type\":\"tool_call\"}},{"
            "\"type\":\"text\"}]}]",
            1, 1);
        row("openai calls",
            "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\"}"
            "}]}]",
            1, 1);
        row("request", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"},{\"role\":\"user\"},{\"role\":\"user\"}]}",
            3, 0);
        row("members behind the messages",
            "{\"messages\":[{\"role\":\"user\"}],\"tools\":[{\"type\":\"function\"}],\"usage\":{\"a\":1,\"b\":2}}", 1,
            0);
        row("lists of lists", "{\"messages\":[[{\"role\":\"user\"},{\"role\":\"user\"}]]}", 2, 0);
        row("response",
            "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\"}]},"
            "\"finish_reason\":\"x\"}]}",
            1, 1);
        row("parts alone", "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]", 1, 0);
        row("one", "{\"role\":\"user\",\"content\":[{\"type\":\"text\"},{\"type\":\"text\"}]}", 1, 0);
        row("gemini", "[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]}]", 1, 1);
    }

    void messagesAreCountedWithoutUnescaping()
    {
        QFETCH(QString, json);
        QFETCH(int, messages);
        QFETCH(int, calls);
        const std::string text = json.toStdString();
        const MessageCount plain = countMessages(text, false);
        QCOMPARE(static_cast<int>(plain.messages), messages);
        QCOMPARE(static_cast<int>(plain.calls), calls);
        const std::string inside = escapedText(text);
        const MessageCount count = countMessages(inside, true);
        QCOMPARE(static_cast<int>(count.messages), messages);
        QCOMPARE(static_cast<int>(count.calls), calls);
    }

    void quotesWrittenByNumberAreUnderstood()
    {
        const std::string text = "[{\\u0022role\\u0022:\\u0022user\\u0022},{\\u0022role\\u0022:\\u0022user\\u0022}]";
        QCOMPARE(countMessages(text, true).messages, std::int64_t(2));
    }

    void cutTextsEndTheCount()
    {
        const std::string text = escapedText("[{\"role\":\"user\",\"content\":\"a\\\\\\\"b\"},{\"role\":\"user\"}]");
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const MessageCount count = countMessages(std::string(text.substr(0, size)), true);
            QVERIFY(count.messages >= 0 && count.messages <= 2);
        }
    }
};

QTEST_APPLESS_MAIN(TestDialects)
#include "tst_dialects.moc"
