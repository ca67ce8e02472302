// layers: items
#include "calltexts.h"

#include "content.h"

#include <QTest>

using namespace arcscope;

class TestCallTexts : public QObject
{
    Q_OBJECT

private slots:
    void aPlaceLeadsToItsText()
    {
        SpanContent content;
        content.toolArguments = "{}";
        content.output.resize(1);
        content.output[0].parts.resize(2);
        content.output[0].parts[1].text = "here";
        content.attributes.push_back({"key", "value", AttributeType::Text});
        QCOMPARE(textOf(content, {TextPlace::Of::ToolArguments, 0, 0}), std::optional(std::string("{}")));
        QCOMPARE(textOf(content, {TextPlace::Of::Output, 0, 1}), std::optional(std::string("here")));
        QCOMPARE(textOf(content, {TextPlace::Of::Attribute, 0, 0}), std::optional(std::string("value")));
        QVERIFY(!textOf(content, {TextPlace::Of::Output, 0, 2}));
        QVERIFY(!textOf(content, {TextPlace::Of::Input, 0, 0}));
        QVERIFY(!textOf(content, {}));
    }

    void jsonIsIndentedAsItIsWritten()
    {
        QCOMPARE(QString::fromStdString(indented("{\"a\":[1.50, 2],\"b\" : {},\"c\":\"x,\\\"{\"}")),
                 QStringLiteral("{\n  \"a\": [\n    1.50,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"x,\\\"{\"\n}"));
        QCOMPARE(indented("[ ]"), std::string("[]"));
        QCOMPARE(indented("no {json"), std::string("no {json"));
        QCOMPARE(indented(""), std::string());
        QCOMPARE(indented("\"text\""), std::string("\"text\""));
    }

    void deepValuesDoNotRunAway()
    {
        std::string deep;
        for (int i = 0; i < 900; ++i)
            deep += '[';
        for (int i = 0; i < 900; ++i)
            deep += ']';
        QVERIFY(indented(deep).size() < 900 * 2 * 60);
    }
};

QTEST_GUILESS_MAIN(TestCallTexts)
#include "tst_calltexts.moc"
