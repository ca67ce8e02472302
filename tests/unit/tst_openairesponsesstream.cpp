// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestOpenAiResponsesStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("openairesponsesstream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "openai-responses-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("gemini") << R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{}})";
        QTest::newRow("response") << R"({"id":"resp_1","object":"response","output":[]})";
        QTest::newRow("whole response")
            << R"({"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"x"}}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "openai-responses-stream");
    }
};

QTEST_APPLESS_MAIN(TestOpenAiResponsesStream)
#include "tst_openairesponsesstream.moc"
