// layers: importers
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestSweAgent : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("sweagent"))
            QTest::newRow(qPrintable(path.mid(path.lastIndexOf('/') + 1))) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const QString wrong = wrongWith(path, "swe-agent");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void othersAreNotTaken()
    {
        QCOMPARE(sniffed("{\"question\":\"q\",\"history\":[{\"role\":\"user\",\"name\":\"n\",\"content\":\"c\"}]}"),
                 std::string());
        QCOMPARE(sniffed("{\"trajectory\":[{\"x\":1,\"y\":2}]}"), std::string());
    }
};

QTEST_APPLESS_MAIN(TestSweAgent)
#include "tst_sweagent.moc"
