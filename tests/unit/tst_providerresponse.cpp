// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestProviderResponse : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("providerresponse"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "provider-response"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a chunk")
            << R"({"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"}}]})";
        QTest::newRow("gemini") << R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{}})";
        QTest::newRow("a list") << R"({"object":"list","data":[{"object":"chat.completion"}]})";
        QTest::newRow("a message of a request") << R"({"type":"message","role":"user","content":[{"type":"text"}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "provider-response");
    }
};

QTEST_APPLESS_MAIN(TestProviderResponse)
#include "tst_providerresponse.moc"
