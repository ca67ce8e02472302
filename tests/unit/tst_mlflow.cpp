// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestMlflow : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("mlflow"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "mlflow"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("mlflow"), fileText(path), sink));
        QCOMPARE(contradiction("mlflow", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("dump") << R"({"spans":[{"name":"x","context":{"trace_id":"a","span_id":"b"},"attributes":{}}]})";
        QTest::newRow("package") << R"({"info":{"name":"x"},"data":{"files":[]}})";
        QTest::newRow("otlp") << R"({"resource_spans":[{"scope_spans":[{"spans":[{"start_time_unix_nano":1}]}]}]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "mlflow");
    }
};

QTEST_APPLESS_MAIN(TestMlflow)
#include "tst_mlflow.moc"
