// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestVercelUiStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("verceluistream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "vercel-ui-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a log") << R"({"type":"start","message":"begin"})";
        QTest::newRow("cohere") << R"({"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"a"}}}})";
        QTest::newRow("text") << R"({"type":"text-delta","text":"a"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "vercel-ui-stream");
    }
};

QTEST_APPLESS_MAIN(TestVercelUiStream)
#include "tst_verceluistream.moc"
