// layers: analysis
#include "sentencewords.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// Words apart by spaces: numbers behind #, identifiers behind @, capitals behind ^.
QString told(const std::string& sentence)
{
    QStringList all;
    for (const SentenceWord& word : sentenceWords(sentence)) {
        const QString mark = word.kind == WordKind::Number       ? "#"
                             : word.kind == WordKind::Identifier ? "@"
                             : word.capital                      ? "^"
                                                                 : "";
        all += mark + QString::fromStdString(word.lower);
    }
    return all.join(' ');
}

} // namespace

class TestSentenceWords : public QObject
{
    Q_OBJECT

private slots:
    void words_data()
    {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* sentence, const char* expected) {
            QTest::newRow(sentence) << QString::fromUtf8(sentence) << QString::fromUtf8(expected);
        };
        row("", "");
        row("The job ran, twice.", "^the job ran , twice .");
        row("It can't, won't and cannot stop.", "^it can not , will not and can not stop .");
        row("Ana\u2019s plan isn\u2019t theirs; they\u2019re late", "^ana plan is not theirs ; they late");
        row("5 p.m., e.g. in the U.S.", "#5 pm , eg in the ^us");
        row("On 2024-05-15T15:30:00Z or 3rd", "^on #2024-05-15 #15:30:00z or #3rd");
        row("1,200.5 and 1,2 and 3.", "#1,200.5 and #1 , #2 and #3 .");
        row("$40 or \u20ac5", "$ #40 or eur #5");
        row("v2.1.3 of HATZ12, GPT-4 and user_id", "@v2.1.3 of @hatz12 , @gpt-4 and @user_id");
        row("1.2.3, 10/05/2024, 4x4", "@1.2.3 , @10/05/2024 , @4x4");
        row("see main.cpp, std::span, a@b.org.", "see @main.cpp , @std::span , @a@b.org .");
        row("(https://x.org/a?b=1), /etc/hosts and `Foo()`.", "( @https://x.org/a?b=1 ) , @/etc/hosts and @foo() .");
        row("and/or four-wheeled **bold**", "and / or four - wheeled * * bold * *");
        row("It ended.Then it went", "^it ended . ^then it went");
        row("ticket #4711 is closed", "ticket @4711 is closed");
        row("20ms 5k 1970s 3pm", "#20ms #5k #1970s #3pm");
        row("\u00c9mile caf\u00e9 \u6771\u4eac", "^\u00c9mile caf\u00e9 \u6771\u4eac");
        row("` alone", "` alone");
    }

    void words()
    {
        QFETCH(QString, sentence);
        QFETCH(QString, expected);
        QCOMPARE(told(sentence.toStdString()), expected);
    }

    void bytes()
    {
        const std::string text = "Ana\xe2\x80\x99s 3 can't";
        const auto words = sentenceWords(text);
        QCOMPARE(words.size(), std::size_t(4));
        QCOMPARE(words[0].to, 7u);
        QCOMPARE(words[1].from, 8u);
        QCOMPARE(words[2].from, words[3].from); // both lie in the contraction
        QVERIFY(!words[1].glued);
        for (const char* const broken : {"\xff\xfe\x80", "a\xc3", "\xe2\x80", "`\xe2", "5\xf0"})
            QVERIFY(!sentenceWords(broken).empty());
    }
};

QTEST_APPLESS_MAIN(TestSentenceWords)
#include "tst_sentencewords.moc"
