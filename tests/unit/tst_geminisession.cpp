// layers: importers
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestGeminiSession : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("geminisession"))
            QTest::newRow(qPrintable(path.mid(path.lastIndexOf('/') + 1))) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const QString wrong = wrongWith(path, "gemini-session");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void othersAreNotTaken()
    {
        QCOMPARE(sniffed("[{\"sessionId\":\"s\",\"messageId\":0,\"type\":\"user\",\"message\":\"hi\"}]"),
                 std::string());
        QCOMPARE(sniffed("{\"sessionId\":\"s\",\"messages\":[]}"), std::string());
    }
};

QTEST_APPLESS_MAIN(TestGeminiSession)
#include "tst_geminisession.moc"
