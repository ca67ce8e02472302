// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestAnthropicStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("anthropicstream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "anthropic-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("gemini") << R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{}})";
        QTest::newRow("bedrock") << R"({"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"a"}}})";
        QTest::newRow("message") << R"({"type":"message","id":"m","content":[]})";
        QTest::newRow("timestamps") << R"({"ts":1,"event":"login","data":{}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "anthropic-stream");
    }
};

QTEST_APPLESS_MAIN(TestAnthropicStream)
#include "tst_anthropicstream.moc"
