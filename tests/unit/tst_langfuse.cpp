// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLangfuse : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("langfuse"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "langfuse"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("otlp") << R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b"}]}]}]})";
        QTest::newRow("log") << R"({"traceId":"a","timestamp":"2026-01-01T00:00:00Z","message":"x"})";
        QTest::newRow("page") << R"({"data":[{"id":1,"name":"x"}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "langfuse");
    }
};

QTEST_APPLESS_MAIN(TestLangfuse)
#include "tst_langfuse.moc"
