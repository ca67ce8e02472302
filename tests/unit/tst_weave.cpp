// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestWeave : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("weave"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "weave"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("weave"), fileText(path), sink));
        QCOMPARE(contradiction("weave", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("run") << R"({"id":"a","op_name":7,"started_at":"2026-01-01T00:00:00Z"})";
        QTest::newRow("job") << R"({"id":"a","name":"x","started_at":"2026-01-01T00:00:00Z"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "weave");
    }
};

QTEST_APPLESS_MAIN(TestWeave)
#include "tst_weave.moc"
