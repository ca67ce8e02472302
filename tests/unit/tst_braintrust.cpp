// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestBraintrust : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("braintrust"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "braintrust"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("braintrust"), fileText(path), sink));
        QCOMPARE(contradiction("braintrust", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("phoenix") << R"({"name":"x","context":{"trace_id":"a","span_id":"b"},"span_kind":"LLM"})";
        QTest::newRow("otel") << R"({"root_span_id":"a","span_id":"b","name":"x"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "braintrust");
    }
};

QTEST_APPLESS_MAIN(TestBraintrust)
#include "tst_braintrust.moc"
