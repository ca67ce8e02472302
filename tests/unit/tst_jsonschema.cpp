// layers: analysis
#include "jsonschema.h"

#include <QTest>

using namespace arcscope;

namespace
{

JsonStory told(std::string_view text)
{
    JsonStory story;
    story.feed(text);
    story.finish();
    return story;
}

/// Schemas and documents of the tests have ' for ", so that they can be read.
std::string quoted(QByteArray text)
{
    return text.replace('\'', '"').toStdString();
}

/// "/place rule: expected | found; ?/rule" with ? in front of what was not checked.
QString printed(const Result<SchemaCheck>& check)
{
    if (!check)
        return QString::fromStdString(check.error().message);
    QStringList lines;
    for (const SchemaViolation& v : check->violations)
        lines += QString::fromStdString(v.pointer + ' ' + v.schemaPointer + ": " + v.expected + " | " + v.found);
    for (const SchemaGap& gap : check->notChecked)
        lines += QString::fromStdString("?" + gap.schemaPointer);
    return lines.join(QStringLiteral("; "));
}

QString checked(const QByteArray& schema, const QByteArray& document)
{
    return printed(checkSchema(told(quoted(schema)), told(quoted(document))));
}

} // namespace

class TestJsonSchema : public QObject
{
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("found");
        const auto row = [](const char* title, const char* schema, const char* document, const char* found) {
            QTest::newRow(title) << QByteArray(schema) << QByteArray(document) << QString::fromUtf8(found);
        };
        row("type", "{'type':'string'}", "'x'", "");
        row("not the type", "{'type':'string'}", "12", " /type: string | number 12");
        row("types", "{'type':['string','null']}", "null", "");
        row("none of the types", "{'type':['string','null']}", "[1]", " /type: string or null | array of 1");
        row("capitals", "{'type':'OBJECT','nullable':true}", "3", " /type: object or null | number 3");
        row("integer", "{'type':'integer'}", "2.0", "");
        row("integer, large", "{'type':'integer'}", "1e300", "");
        row("no integer", "{'type':'integer'}", "2.5", " /type: integer | number 2.5");
        row("number beyond range", "{'type':'integer'}", "1e99999", " /type: integer | number 1e99999");
        row("unknown type", "{'type':'text'}", "1", "?/type");

        row("enum", "{'enum':['a',1,null,{'k':[1,2]}]}", "{'k':[1.0,2]}", "");
        row("not in enum", "{'enum':['a',1]}", "'A'", " /enum: one of string “a” or number 1 | string “A”");
        row("const", "{'const':true}", "false", " /const: boolean true | boolean false");
        row("escapes are equal", "{'const':'\\u0041'}", "'A'", "");
        row("order of members", "{'const':{'a':1,'b':2}}", "{'b':2,'a':1}", "");

        row("properties", "{'properties':{'a':{'type':'string'}}}", "{'a':1,'b':2}",
            "/a /properties/a/type: string | number 1");
        row("required", "{'required':['a','b']}", "{'a':1}", " /required/1: member “b” | no such member");
        row("additional", "{'properties':{'a':{}},'additionalProperties':false}", "{'a':1,'b/c':2}",
            "/b~1c /additionalProperties: no member “b/c” | number 2");
        row("additional schema", "{'additionalProperties':{'type':'null'}}", "{'a':1}",
            "/a /additionalProperties/type: null | number 1");
        row("objects only", "{'required':['a'],'properties':{},'additionalProperties':false,'minProperties':1}", "3",
            "");
        row("duplicate: the last counts", "{'properties':{'a':{'type':'null'}}}", "{'a':1,'a':null}", "");

        row("duplicate in the schema: the last counts", "{'properties':{'a':{'type':'null'},'a':{}}}", "{'a':1}", "");

        row("items", "{'items':{'type':'number'}}", "[1,'x']", "/1 /items/type: number | string “x”");
        row("prefix items", "{'prefixItems':[{'type':'string'}],'items':false}", "['x',1]",
            "/1 /items: nothing: the schema is false | number 1");
        row("counts", "{'minItems':2,'maxItems':3}", "[1]", " /minItems: at least 2 elements | 1 elements");
        row("unique", "{'uniqueItems':true}", "[1,2,1.0]", "/2 /uniqueItems: no element twice | the same as element 0");

        row("minimum", "{'minimum':1,'maximum':5}", "5", "");
        row("below", "{'minimum':1}", "0.5", " /minimum: at least 1 | number 0.5");
        row("exclusive", "{'exclusiveMaximum':5}", "5", " /exclusiveMaximum: less than 5 | number 5");
        row("exclusive of draft 4", "{'maximum':5,'exclusiveMaximum':true}", "5", " /maximum: less than 5 | number 5");
        row("multiple", "{'multipleOf':0.1}", "0.3", "");
        row("no multiple", "{'multipleOf':0.1}", "0.35", " /multipleOf: a multiple of 0.1 | number 0.35");
        row("length in characters", "{'maxLength':2}", "'\xc3\xa9\\u00e9'", "");
        row("too long", "{'maxLength':2}", "'abc'", " /maxLength: at most 2 characters | 3 characters");

        row("any", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "null", "");
        row("none of any", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "1",
            " /anyOf: one of 2 alternatives | number 1");
        row("one", "{'oneOf':[{'type':'integer'},{'minimum':5}]}", "7",
            " /oneOf: exactly one of 2 alternatives | number 7, which 2 of them allow");
        row("all", "{'allOf':[{'minimum':5},{'maximum':6}]}", "7", " /allOf/1/maximum: at most 6 | number 7");
        row("not", "{'not':{'type':'null'}}", "null", " /not: nothing that the schema behind “not” allows | null");

        row("reference", "{'$ref':'#/$defs/a~1b%20c','$defs':{'a/b c':{'type':'null'}}}", "1",
            " /$defs/a~1b c/type: null | number 1");
        row("recursive", "{'properties':{'n':{'$ref':'#'}},'additionalProperties':false}", "{'n':{'n':{'x':1}}}",
            "/n/n/x /additionalProperties: no member “x” | number 1");
        row("reference without end", "{'$ref':'#'}", "1", "?");
        row("reference to elsewhere", "{'$ref':'other.json'}", "1", "?/$ref");
        row("reference to nothing", "{'$ref':'#/$defs/a'}", "1", "?/$ref");

        row("unknown", "{'if':{},'type':'null'}", "1", " /type: null | number 1; ?/if");
        row("pattern", "{'pattern':'^a'}", "'b'", "?/pattern");
        row("pattern of no string", "{'pattern':'^a'}", "1", "");
        row("pattern within one", "{'oneOf':[{'pattern':'^a'},{'const':'c'}]}", "'b'", "?/oneOf/0/pattern");
        row("pattern within not", "{'not':{'pattern':'^a'}}", "'b'", "?/not/pattern");
        row("annotations", "{'title':'t','description':'d','default':3,'x-order':1}", "1", "");
        row("no schema", "3", "1", "?");
        row("required in an old way", "{'required':true}", "{}", "?/required");
    }
    void finds()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, document);
        QFETCH(QString, found);
        QCOMPARE(checked(schema, document), found);
    }

    void needsWholeDocuments()
    {
        QCOMPARE(checked("{}", "{'a':"), QString("the document is no whole JSON document: byte 5: expected a value"));
        QCOMPARE(checked("{]", "1"),
                 QString("the schema is no whole JSON document: byte 1: expected a key in quotes or }"));
    }

    void aBombIsLeftOut()
    {
        QByteArray schema = "{'$ref':'#/$defs/n0','$defs':{'n30':{'type':'null'}";
        for (int i = 0; i < 30; ++i)
            schema += QStringLiteral(",'n%1':{'allOf':[{'$ref':'#/$defs/n%2'},{'$ref':'#/$defs/n%2'}]}")
                          .arg(i)
                          .arg(i + 1)
                          .toUtf8();
        const auto check = checkSchema(told(quoted(schema + "}}")), told("1"));
        QVERIFY(check);
        QVERIFY(!check->notChecked.empty());
        QCOMPARE(check->violations.size(), maxSchemaViolations);
        QVERIFY(check->violationCount > maxSchemaViolations);
    }

    void violationsLeadToTheValue()
    {
        const JsonStory document = told("{\"a\":[0,\"x\"]}");
        const auto check = checkSchema(told("{\"properties\":{\"a\":{\"items\":{\"type\":\"number\"}}}}"), document);
        QVERIFY(check);
        QCOMPARE(check->violations.size(), std::size_t(1));
        QCOMPARE(document.node(check->violations[0].node).opened, std::int64_t(8));
    }
};

QTEST_APPLESS_MAIN(TestJsonSchema)
#include "tst_jsonschema.moc"
