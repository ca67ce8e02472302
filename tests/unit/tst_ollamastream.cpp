// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestOllamaStream : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("ollamastream"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "ollama-stream"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no model") << R"({"created_at":"2026-01-02T03:04:05Z","message":{},"done":true})";
        QTest::newRow("a task") << R"({"model":"bike","created_at":"2026-01-02T03:04:05Z","done":true})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "ollama-stream");
    }
};

QTEST_APPLESS_MAIN(TestOllamaStream)
#include "tst_ollamastream.moc"
