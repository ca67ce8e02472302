// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestVcrCassette : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("vcrcassette"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "vcr-cassette"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("other interactions") << "interactions:\n- kind: click\n  request: none\n";
        QTest::newRow("not at the start of a line") << "a:\n  interactions:\n  - request:\n      method: GET\n";
        QTest::newRow("json") << R"({"interactions":[{"kind":"click"}],"version":1})";
        QTest::newRow("a status and a body") << R"({"status":200,"body":"{}"})";
        QTest::newRow("a status in words") << R"({"status":"ok","headers":{},"body":"{}"})";
        QTest::newRow("text") << "interactions: we met and she made a request: method: none\n";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "vcr-cassette");
    }
};

QTEST_APPLESS_MAIN(TestVcrCassette)
#include "tst_vcrcassette.moc"
