// layers: core store pipeline
#include "imported.h"

#include <QDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestImporter : public QObject
{
    Q_OBJECT

private slots:
    void progressCountsEverySpanAndByteOnce_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir formats(QStringLiteral(ARCSCOPE_TEST_DATA "/formats"));
        for (const QString& name : formats.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << formats.filePath(name);
    }
    void progressCountsEverySpanAndByteOnce()
    {
        QFETCH(QString, folder);
        const std::string work = m_files.workspace((QFileInfo(folder).fileName() + ".arcscope").toStdString());
        Progress progress;
        Control control;
        control.progress = &progress;
        const auto report = importInto(work, {folder.toStdString()}, control);
        QVERIFY2(report, report ? "" : report.error().message.c_str());
        QCOMPARE(progress.spans.load(), report->spans);
        QCOMPARE(progress.bytesDone.load(), progress.bytesTotal.load());
    }

private:
    Files m_files;
};

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
