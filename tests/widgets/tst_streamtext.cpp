// layers: widgets GUI
#include "streamscript.h"
#include "streamtext.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>
#include <QTextBlock>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// The text with ~struck~ and _drafted_ parts marked, a line a paragraph.
QString marked(const StreamText& pane)
{
    QStringList lines;
    for (QTextBlock block = pane.document()->begin(); block.isValid(); block = block.next()) {
        QString line;
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            const QTextCharFormat format = at.fragment().charFormat();
            const QString mark = format.fontStrikeOut()                                      ? "~"
                                 : format.underlineStyle() == QTextCharFormat::DashUnderline ? "_"
                                                                                             : "";
            line += mark + at.fragment().text() + mark;
        }
        lines << line;
    }
    return lines.join(u'|');
}

} // namespace

class TestStreamText : public QObject
{
    Q_OBJECT

private slots:
    void theTextIsWhatStoodThere()
    {
        const auto model = modelOf("0 chunk All_pass\n1 retract 4 8 refusal\n2 chunk fail");
        StreamText pane;
        pane.showAt(model, noEvent);
        QCOMPARE(pane.toPlainText(), "");
        pane.showAt(model, 0);
        QCOMPARE(marked(pane), "Text|All pass");
        pane.showAt(model, 1);
        QCOMPARE(marked(pane), "Text|All ~pass~");
        pane.showAt(model, 2);
        QCOMPARE(marked(pane), "Text|All ~pass~fail");
        pane.setWithdrawnShown(false);
        QCOMPARE(marked(pane), "Text|All fail");
        QCOMPARE(pane.wholeText(), "All fail");
    }

    void draftsAreMarkedUntilTheyAreAccepted()
    {
        const auto model = modelOf("0 chunk Yes\n1 draft@3 d _and_no\n2 accept d 7\n3 chunk _more");
        StreamText pane;
        pane.showAt(model, 1);
        QCOMPARE(marked(pane), "Text|Yes_ and no_");
        pane.showAt(model, 2);
        QCOMPARE(marked(pane), "Text|Yes and~ no~");
    }

    void blocksHaveHeadings()
    {
        const auto model = modelOf("0 open reasoning 0\n0 chunk Hm\n1 open tool 1 search\n1 chunk {}\n2 open text 2\n"
                                   "3 chunk Done");
        StreamText pane;
        pane.showAt(model, 3);
        QCOMPARE(marked(pane), "Reasoning|Hm|Arguments of search|{}");
        pane.showAt(model, 5);
        QCOMPARE(marked(pane), "Reasoning|Hm|Arguments of search|{}|Text|Done");
    }

    void textOfATraceIsNeverMarkup()
    {
        const auto model = modelOf("0 chunk <b>bold</b>&lt;");
        StreamText pane;
        pane.showAt(model, 0);
        QCOMPARE(pane.toPlainText(), "Text\n<b>bold</b>&lt;");
    }

    void charactersMayLieAcrossChunks()
    {
        StreamWriter writer;
        StreamEvent event;
        event.kind = StreamEventKind::Chunk;
        const std::string heart = "\xE2\x99\xA5";
        event.text = std::string_view(heart).substr(0, 1);
        writer.add(event);
        event.text = std::string_view(heart).substr(1);
        writer.add(event);
        const auto model = StreamModel::of(writer.take());
        StreamText pane;
        pane.showAt(model, 1);
        QCOMPARE(pane.toPlainText(), QString::fromUtf8("Text\n\xE2\x99\xA5"));
    }

    void ofALongTextTheEndIsShownAndCopyHasAll()
    {
        StreamWriter writer;
        StreamEvent event;
        event.kind = StreamEventKind::Chunk;
        const std::string piece(1'000, 'a');
        event.text = piece;
        for (int i = 0; i < 100; ++i)
            writer.add(event);
        const auto model = StreamModel::of(writer.take());
        StreamText pane;
        pane.showAt(model, 99);
        QVERIFY(pane.toPlainText().size() < 8'000);
        QTRY_VERIFY_WITH_TIMEOUT(pane.toPlainText().size() > 32'000, 60'000); // the playhead stands still
        QVERIFY(pane.toPlainText().size() < 40'000);
        QVERIFY2(pane.toPlainText().contains(QStringLiteral("bytes above are not shown here")),
                 qPrintable(pane.toPlainText().left(80)));
        pane.show();
        QTest::keyClick(&pane, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text().size(), 100'000);
    }
};

QTEST_MAIN(TestStreamText)
#include "tst_streamtext.moc"
