// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestJaegerJson : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("jaeger"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "jaeger"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("jaeger"), fileText(path), sink));
        QCOMPARE(contradiction("jaeger", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("otlp") << R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b"}]}]}]})";
        QTest::newRow("dump") << R"({"spans":[{"name":"x","context":{"trace_id":"a","span_id":"b"}}]})";
        QTest::newRow("page") << R"({"data":[{"traceID":"x","status":"done"}]})";
        QTest::newRow("a span without its process") << R"([{"traceID":"1","spanID":"2","operationName":"x"}])";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "jaeger");
    }
};

QTEST_APPLESS_MAIN(TestJaegerJson)
#include "tst_jaegerjson.moc"
