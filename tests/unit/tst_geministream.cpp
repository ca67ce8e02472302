// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestGeminiStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("geministream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "gemini-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("openai")
            << R"({"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"}}]})";
        QTest::newRow("candidates of another kind") << R"({"candidates":["Anna","Ben"],"response":{"winner":"Ben"}})";
        QTest::newRow("a method of another kind") << R"({"method":"tools/call","response":{"content":[]}})";
        QTest::newRow("a request") << R"({"contents":[{"role":"user","parts":[{"text":"a"}]}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "gemini-stream");
    }
};

QTEST_APPLESS_MAIN(TestGeminiStream)
#include "tst_geministream.moc"
