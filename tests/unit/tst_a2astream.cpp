// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestA2aStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("a2astream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "a2a-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a result of MCP")
            << R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a"}]}})";
        QTest::newRow("a call of MCP") << R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}})";
        QTest::newRow("a stream of MCP")
            << "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"taskId\":\"t\",\"status\":\"working\","
               "\"_meta\":{\"state\":1}}}\n\n";
        QTest::newRow("a task of others") << R"({"kind":"task","id":"1","status":"open"})";
        QTest::newRow("a message") << R"({"message":{"id":"a","parts":[]}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "a2a-stream");
    }
};

QTEST_APPLESS_MAIN(TestA2aStream)
#include "tst_a2astream.moc"
