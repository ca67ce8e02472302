// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestBedrockStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("bedrockstream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "bedrock-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("metadata of something") << R"({"metadata":{"usage":"none","owner":"x"}})";
        QTest::newRow("anthropic")
            << R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}})";
        QTest::newRow("whole")
            << R"({"output":{"message":{"role":"assistant","content":[{"text":"t"}]}},"stopReason":"end_turn"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "bedrock-stream");
    }
};

QTEST_APPLESS_MAIN(TestBedrockStream)
#include "tst_bedrockstream.moc"
