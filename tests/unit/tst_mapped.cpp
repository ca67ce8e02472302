// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestMapped : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("mapped"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const std::string bytes = fileText(path);
        QCOMPARE(sniffed(bytes), std::string("mapped"));
        for (std::size_t size = 0; size < bytes.size(); size += 61) {
            RecordingSink sink;
            (void)readAll("mapped", bytes.substr(0, size), sink); // what is cut may be recognised no more
        }
        RecordingSink sink;
        QVERIFY(readAll("mapped", bytes, sink));
        const QString expected = path.left(path.lastIndexOf('.')) + ".expected.txt";
        const std::string printed = printSpans(sink) + printContents("mapped", sink);
        QCOMPARE(QString::fromStdString(printed), expectedTable(expected, printed));
        QCOMPARE(QString::fromStdString(contradiction("mapped", sink)), QString());
    }
};

QTEST_APPLESS_MAIN(TestMapped)
#include "tst_mapped.moc"
