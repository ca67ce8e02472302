// layers: analysis widgets GUI
#include "paperpage.h"

#include "printedpage.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

PrintedPage page()
{
    PrintedPage made;
    made.title = "Ticket 4127";
    made.html = "<h1>Ticket 4127</h1><p>It began on Wednesday, trace 9fffi5fl.</p><p><img src=\"chart:0\"></p>"
                "<p><img src=\"file:///etc/hostname\"><img src=\"chart:7\"></p>";
    for (int i = 0; i < 120; ++i)
        made.html += "<blockquote>line " + std::to_string(i) + " of what was said</blockquote>";
    made.html += "<p>the very last words</p>";
    FlatChart chart;
    chart.height = 60;
    chart.shapes = {{ChartShape::Form::Box, ChartInk::Bad, 10, 10, 100, 20},
                    {ChartShape::Form::Words, ChartInk::Words, 300, 40, 0, 0, true, "start estimate"}};
    made.charts.push_back(chart);
    made.foot = "run.jsonl (SHA-256 0123456789ab)";
    return made;
}

QString textOf(const QByteArray& pdf)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.pdf")));
    if (!file.open(QIODevice::WriteOnly) || file.write(pdf) != pdf.size())
        return {};
    file.close();
    QProcess reader;
    reader.start(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), file.fileName(), QStringLiteral("-")});
    reader.waitForFinished();
    return QString::fromUtf8(reader.readAllStandardOutput());
}

} // namespace

class TestPaperPage : public QObject
{
    Q_OBJECT

private slots:
    void isOneOnSeveralSheets()
    {
        const auto pdf = paperPdf(page());
        QVERIFY(pdf.has_value());
        QVERIFY(pdf->startsWith("%PDF-1."));
        QVERIFY(pdf->trimmed().endsWith("%%EOF"));
        QVERIFY(pdf->count("/Type /Page\n") >= 2);
        QVERIFY(!pdf->contains("/Subtype /Image"));
        QCOMPARE(paperPdf({.title = "a", .html = "<p>b</p>"})->count("/Type /Page\n"), 1);
    }

    void itsTextsAreTexts()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty())
            QSKIP("there is no pdftotext");
        const QString text = textOf(paperPdf(page()).value());
        for (const char* part :
             {"Ticket 4127", "It began on Wednesday, trace 9fffi5fl.", "start estimate", "line 0 of what was said",
              "line 119 of what was said", "the very last words", "run.jsonl (SHA-256 0123456789ab)"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(text.contains(QRegularExpression(QStringLiteral("1 */ *[2-9]"))));
    }
};

QTEST_MAIN(TestPaperPage)
#include "tst_paperpage.moc"
