// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestCohereStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("coherestream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "cohere-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("anthropic") << R"({"type":"message_start","message":{"id":"m"}})";
        QTest::newRow("another message") << R"({"type":"message-start","room":"lobby"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "cohere-stream");
    }
};

QTEST_APPLESS_MAIN(TestCohereStream)
#include "tst_coherestream.moc"
