// layers: importers
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestPiSession : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("pisession"))
            QTest::newRow(qPrintable(path.mid(path.lastIndexOf('/') + 1))) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const QString wrong = wrongWith(path, "pi-session");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void othersAreNotTaken()
    {
        QCOMPARE(sniffed("{\"type\":\"message\",\"timestamp\":\"2026-03-01T10:00:00Z\",\"message\":\"text\"}\n"),
                 std::string());
        QCOMPARE(sniffed("{\"type\":\"session\",\"id\":\"s\",\"timestamp\":\"2026-03-01T10:00:00Z\"}\n"),
                 std::string());
    }
};

QTEST_APPLESS_MAIN(TestPiSession)
#include "tst_pisession.moc"
