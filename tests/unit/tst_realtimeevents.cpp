// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestRealtimeEvents : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("realtimeevents"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "realtime-events"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a response") << R"({"type":"response.created","sequence_number":0,"response":{"id":"r"}})";
        QTest::newRow("an item") << R"({"type":"conversation.item.created","item":{}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "realtime-events");
    }
};

QTEST_APPLESS_MAIN(TestRealtimeEvents)
#include "tst_realtimeevents.moc"
