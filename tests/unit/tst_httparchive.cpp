// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestHttpArchive : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("httparchive"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "http-archive"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a log") << R"({"log":"entries"})";
        QTest::newRow("entries of something else") << R"({"log":{"entries":[{"level":"info"}]}})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "http-archive");
    }
};

QTEST_APPLESS_MAIN(TestHttpArchive)
#include "tst_httparchive.moc"
