// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestZipkin : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("zipkin"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "zipkin"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("zipkin"), fileText(path), sink));
        QCOMPARE(contradiction("zipkin", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("chrome") << R"([{"traceId":"a","id":"b","ph":"X","timestamp":1,"duration":2}])";
        QTest::newRow("console") << R"([{"traceId":"a","id":"b","timestamp":1,"duration":2,"attributes":{}}])";
        QTest::newRow("log") << R"([{"traceId":"a","id":"b","timestamp":"2026-01-01T00:00:00Z"}])";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "zipkin");
    }
};

QTEST_APPLESS_MAIN(TestZipkin)
#include "tst_zipkin.moc"
