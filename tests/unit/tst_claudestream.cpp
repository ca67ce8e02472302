// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestClaudeStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("claudestream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "claude-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a session file")
            << R"({"type":"user","uuid":"u","parentUuid":null,"sessionId":"s","message":{}})";
        QTest::newRow("a message of a chat") << R"([{"type":"assistant","message":{"content":"a"}}])";
        QTest::newRow("another init") << R"({"type":"system","subtype":"init","name":"x"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "claude-stream");
    }
};

QTEST_APPLESS_MAIN(TestClaudeStream)
#include "tst_claudestream.moc"
