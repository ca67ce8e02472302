// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestHelicone : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("helicone"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "helicone"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("helicone"), fileText(path), sink));
        QCOMPARE(contradiction("helicone", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("log") << R"({"request_id":"a","request_body":"x","status":200})";
        QTest::newRow("job") << R"({"request_id":"a","request_created_at":"2026-01-01T00:00:00Z"})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "helicone");
    }
};

QTEST_APPLESS_MAIN(TestHelicone)
#include "tst_helicone.moc"
