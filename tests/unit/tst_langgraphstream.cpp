// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLangGraphStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("langgraphstream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "langgraph-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("an event") << R"({"event":"updates","data":{"a":1}})";
        QTest::newRow("a message") << R"({"event":"messages","data":[1,2]})";
        QTest::newRow("a line of a log") << R"({"ts":1,"stream":"a","event":"metadata","data":{"run_id":"b"}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "langgraph-stream");
    }
};

QTEST_APPLESS_MAIN(TestLangGraphStream)
#include "tst_langgraphstream.moc"
