// layers: importers
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestManagedAgent : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("managedagent"))
            QTest::newRow(qPrintable(path.mid(path.lastIndexOf('/') + 1))) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const QString wrong = wrongWith(path, "managed-agent");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void othersAreNotTaken()
    {
        QCOMPARE(sniffed("[\"client.beta.messages.create\",{\"type\":\"session\"}]\n"), std::string());
        QCOMPARE(sniffed("{\"id\":\"e\",\"processed_at\":\"2026-03-01T10:00:00Z\",\"type\":\"order\"}\n"),
                 std::string());
    }
};

QTEST_APPLESS_MAIN(TestManagedAgent)
#include "tst_managedagent.moc"
