// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLangfuse : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("langfuse"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "langfuse"), QString());
    }

    /// An input that is a whole request has the tools of it, which are no message.
    void toolsOfARequestAreAttributes()
    {
        const SpanContent content =
            formatNamed("langfuse")
                ->decode(
                    "{\"id\":\"a\",\"type\":\"GENERATION\",\"input\":{\"messages\":[{\"role\":\"user\",\"content\":"
                    "\"Hi\"}],\"tools\":[{\"name\":\"pay\"}],\"response_format\":{\"type\":\"json_object\"}}}",
                    {});
        const auto valueOf = [&](const char* key) {
            for (const Attribute& attribute : content.attributes) {
                if (attribute.key == key)
                    return attribute.value;
            }
            return std::string();
        };
        QCOMPARE(valueOf("input.tools"), std::string("[{\"name\":\"pay\"}]"));
        QCOMPARE(valueOf("input.response_format"), std::string("{\"type\":\"json_object\"}"));
        QCOMPARE(content.input.size(), std::size_t(1));
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("otlp") << R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b"}]}]}]})";
        QTest::newRow("log") << R"({"traceId":"a","timestamp":"2026-01-01T00:00:00Z","message":"x"})";
        QTest::newRow("page") << R"({"data":[{"id":1,"name":"x"}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "langfuse");
    }
};

QTEST_APPLESS_MAIN(TestLangfuse)
#include "tst_langfuse.moc"
