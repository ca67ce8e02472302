// layers: analysis
#include "truncation.h"

#include <QTest>

using namespace arcscope;

namespace
{

QString printed(const QByteArray& text)
{
    QStringList signs;
    for (const TruncationCue& cue : truncationCues(std::string_view(text.data(), std::size_t(text.size()))))
        signs += QStringLiteral("%1@%2").arg(QString::fromStdString(std::string(name(cue.sign)))).arg(cue.byte);
    return signs.join(QStringLiteral(", "));
}

} // namespace

class TestTruncation : public QObject
{
    Q_OBJECT

private slots:
    void signs_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("signs");
        const auto row = [](const char* title, const char* text, const char* signs) {
            QTest::newRow(title) << QByteArray(text) << QString::fromUtf8(signs);
        };
        row("open block", "Run this:\n```sh\nls -l\n", "open code block@10");
        row("open block with a fence of another kind", "a\n````\n```\n", "open code block@2");
        row("open JSON", "{\"a\": [1, 2", "open JSON@10");
        row("cut character", "That is a caf\xc3", "cut character@13");
        row("open bracket", "Your seat is confirmed (row 12.", "open bracket@23");
        row("open quote", "He told us \"the order is late.", "open quote@11");
        row("open curly quote", "He told us \xe2\x80\x9cthe order is late.", "open quote@11");
        row("open emphasis", "The total is **$120.", "open emphasis@13");
        row("open row", "| a | b |\n| c | d", "open table row@10");
        row("empty item", "We offer:\n- flights\n- ", "empty list item@20");
        row("empty numbered item", "We offer:\n1. Flights.\n2.", "empty list item@22");
        row("empty line of an item", "We offer:\n- flights\n   ", "empty list item@20");
        row("empty heading", "All is well.\n\n##", "empty list item@14");
        row("dangling word", "We will send it back to the", "dangling word@24, no end of sentence@24");
        row("comma", "We will send it back today,", "dangling punctuation@26");
        row("colon", "These are the flights:", "dangling punctuation@21");
        row("dash", "We will send it back \xe2\x80\x94", "dangling punctuation@21");
        row("contraction", "Let me know when you'", "dangling punctuation@20");
        row("cut word", "The reservation is done. Your reserv", "cut word@30, no end of sentence@30");
        row("no end", "We will send it back tomorrow", "no end of sentence@21");
        row("short, but begun", "Since the", "dangling word@6, no end of sentence@6");
        row("item of a list with stops", "1. We send it back.\n2. You get a mail today", "no end of sentence@38");
        row("long item", "- one\n- two\n- and then we would look at what else there was left outside",
            "no end of sentence@65");
    }
    void signs()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, signs);
        QCOMPARE(printed(text), signs);
    }

    void isSilent_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* title, const char* text) { QTest::newRow(title) << QByteArray(text); };
        row("nothing", " \n");
        row("signs only", "---");
        row("sentence", "We will send it back tomorrow. \n");
        row("question", "Shall we send it back?");
        row("one word", "Paris");
        row("number", "42");
        row("JSON", "{\"a\": [1, 2]}");
        row("JSON number", "[1, 2]");
        row("block", "Run this:\n```sh\nls -l\n```");
        row("block in a list", "1. Run:\n   ```\n   if (\n   ```");
        row("block within a longer fence", "a\n````\n```\n````");
        row("bracket", "We will send it back (tomorrow)");
        row("bracket behind the stop", "We will send it back. (Tomorrow.)");
        row("quote", "He said \"we will send it back.\"");
        row("inches", "The screen has 27\" and a stand.");
        row("face", "We are sorry :( and will send it again.");
        row("list letters", "You can a) wait or b) send it back.");
        row("emphasis", "The total comes to **$120**");
        row("possessive", "We took the customers' parcels back.");
        row("quoted with apostrophes", "We call it 'the usual way'");
        row("code", "To list them all run `ls -l`");
        row("link", "You find all of it at https://example.com/a/b");
        row("emoji", "Have a nice day and see you soon \xf0\x9f\x98\x80");
        row("row", "| a | b |\n|---|---|\n| c | d |");
        row("rule", "All of it is done.\n\n---");
        row("Japanese", "\xe8\xbf\x94\xe9\x87\x91\xe3\x81\x97\xe3\x81\xbe\xe3\x81\x99\xe3\x80\x82");
        row("short items", "We have:\n- red shoes\n- blue shoes\n- green socks");
        row("spaces at the end", "We offer:\n- flights\n- ships  ");
        row("verses", "The phone was small\nthe camera was good\nand both went to the fall\nas phones at times fall");
        row("control word", "All of us agree on it.\n\nTERMINATE");
        row("a backtick of its own", "The operators are the dot (.) and the backtick (`) and no others.");
        row("brackets in code", "You write `f(` or `g[` there.");
        row("signature", "We will send it back.\n\nBest regards,\nThe support team");
        row("closed paragraph before an open one is not looked at", "It (was the first.\n\nThis is the second one.");
    }
    void isSilent()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(printed(text), QString());
    }

    void everyBeginningIsRead()
    {
        const std::string text = "**\"(`[{\xe2\x80\x9c'\n| a |\n```x\n```\n- 1. #\n> ~~~\n~~~ {\"a\":[\xf0\x9f\x98\x80";
        for (std::size_t from = 0; from < text.size(); ++from) {
            for (std::size_t size = 0; from + size <= text.size(); ++size) {
                for (const TruncationCue& cue : truncationCues(std::string_view(text).substr(from, size)))
                    QVERIFY(cue.byte >= 0 && cue.byte < std::int64_t(size));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestTruncation)
#include "tst_truncation.moc"
