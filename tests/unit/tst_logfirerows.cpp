// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestLogfireRows : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("logfire"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "logfire"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("logfire"), fileText(path), sink));
        QCOMPARE(contradiction("logfire", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("log") << R"({"start_timestamp":"2026-01-01T00:00:00Z","trace_id":"a","message":"x"})";
        QTest::newRow("dump")
            << R"({"name":"x","context":{"trace_id":"a","span_id":"b"},"start_time":"2026-01-01T00:00:00Z"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "logfire");
    }
};

QTEST_APPLESS_MAIN(TestLogfireRows)
#include "tst_logfirerows.moc"
