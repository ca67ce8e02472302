// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestGeminiLive : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("geminilive"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "gemini-live"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a chunk") << R"({"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{}})";
        QTest::newRow("a tool") << R"({"toolCall":{"name":"a"}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "gemini-live");
    }
};

QTEST_APPLESS_MAIN(TestGeminiLive)
#include "tst_geminilive.moc"
