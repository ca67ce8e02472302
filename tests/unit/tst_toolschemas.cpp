// layers: core analysis
#include "toolschemas.h"

#include <QTest>

using namespace arcscope;

namespace
{

Attribute json(const char* key, const char* value)
{
    return {key, value, AttributeType::Json};
}

QString found(const std::vector<Attribute>& attributes)
{
    QStringList out;
    for (const ToolSchema& schema : toolSchemasIn(attributes))
        out << QString("%1: %2").arg(schema.name.c_str(), schema.schema.c_str());
    return out.join(u" | ");
}

} // namespace

class TestToolSchemas : public QObject
{
    Q_OBJECT

private slots:
    void formsOfRequests_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* title, const char* key, const char* value) {
            QTest::newRow(title) << QByteArray(key) << QByteArray(value);
        };
        row("chat", "request.tools",
            "[{\"type\":\"function\",\"function\":{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}}]");
        row("responses", "request.tools",
            "[{\"type\":\"function\",\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}]");
        row("messages", "request.tools",
            "[{\"name\":\"pay\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\"}}]");
        row("converse", "request.toolConfig",
            "{\"tools\":[{\"toolSpec\":{\"name\":\"pay\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}]}");
        row("gemini", "request.tools",
            "[{\"functionDeclarations\":[{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}]}]");
        row("as text", "ai.prompt.tools",
            "[\"{\\\"type\\\":\\\"function\\\",\\\"name\\\":\\\"pay\\\",\\\"inputSchema\\\":{\\\"type\\\":"
            "\\\"object\\\"}}\"]");
        row("openinference", "llm.tools.0.tool.json_schema",
            "{\"type\":\"function\",\"function\":{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}}");
        row("parameters", "llm.invocation_parameters",
            "{\"tools\":[{\"function\":{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}}]}");
        row("whole request", "input.value",
            "{\"messages\":[{\"name\":\"x\",\"parameters\":{\"type\":\"object\"}}],"
            "\"tools\":[{\"function\":{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}}]}");
        row("of a request", "input.tools", "[{\"function\":{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}}]");
        row("conventions", "gen_ai.tool.definitions", "[{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}]");
    }

    void formsOfRequests()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QCOMPARE(found({json(key, value)}), u"pay: {\"type\":\"object\"}");
    }

    void theSchemaOfTheAnswerIsKeptApart()
    {
        const std::vector<ToolSchema> chat = toolSchemasIn(std::vector{
            json("request.response_format",
                 "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"object\"}}}")});
        QVERIFY(answerSchema(chat));
        QCOMPARE(answerSchema(chat)->schema, "{\"type\":\"object\"}");
        QVERIFY(!schemaOf(chat, "a"));
        QVERIFY(answerSchema(toolSchemasIn(std::vector{
            json("request.text",
                 "{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\"}}}")})));
        QVERIFY(!answerSchema({}));
    }

    void flatAttributes()
    {
        QCOMPARE(found({{"llm.request.functions.0.name", "pay", AttributeType::Text},
                        json("llm.request.functions.0.parameters", "{\"properties\":{}}")}),
                 u"pay: {\"properties\":{}}");
    }

    void theFirstOfANameCounts()
    {
        QCOMPARE(
            found({json("request.tools",
                        "[{\"name\":\"a\",\"parameters\":{\"type\":\"object\"}},\n                                     "
                        "              {\"name\":\"a\",\"parameters\":{\"type\":\"array\"}},\n                         "
                        "                          {\"name\":\"b\",\"parameters\":{\"type\":\"string\"}}]")}),
            u"a: {\"type\":\"object\"} | b: {\"type\":\"string\"}");
    }

    void whatIsNoSchemaIsNone()
    {
        QCOMPARE(found({}), QString());
        QCOMPARE(found({json("request.tools", "[{\"name\":\"pay\",\"parameters\":{\"eur\":1}}]")}), QString());
        QCOMPARE(found({json("request.tools", "[{\"name\":\"pay\",\"parameters\":{\"type\":\"obj")}), QString());
        QCOMPARE(found({json("output", "[{\"name\":\"pay\",\"parameters\":{\"type\":\"object\"}}]")}), QString());
        QVERIFY(!schemaOf({}, "pay"));
    }
};

QTEST_APPLESS_MAIN(TestToolSchemas)
#include "tst_toolschemas.moc"
