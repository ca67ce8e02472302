// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLangSmith : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("langsmith"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "langsmith"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("langsmith"), fileText(path), sink));
        QCOMPARE(contradiction("langsmith", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("langfuse") << R"({"traceId":"a","startTime":"2026-01-01T00:00:00Z","type":"SPAN","id":"b"})";
        QTest::newRow("job") << R"({"id":"1","run_type":"nightly","status":"done"})";
        QTest::newRow("posts") << R"({"post":[{"id":"1","title":"x"}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "langsmith");
    }
};

QTEST_APPLESS_MAIN(TestLangSmith)
#include "tst_langsmith.moc"
