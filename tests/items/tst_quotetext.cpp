// layers: core items
#include "quotetext.h"

#include <QTest>

using namespace arcscope;

class TestQuoteText : public QObject
{
    Q_OBJECT

    static FindingPlace place(std::string quote, std::vector<QuoteMark> marks)
    {
        FindingPlace made;
        made.quote = std::move(quote);
        made.marks = std::move(marks);
        return made;
    }

private slots:
    void marksCountCharactersOfWhatIsShown()
    {
        // Two bytes for "ü", three for the hidden character, which is shown as eight.
        const ShownQuote shown = shownQuote(place("\xc3\xbc\xe2\x80\xae not 3", {{10, 11, 0}, {6, 9, -1}}));
        QCOMPARE(shown.text, QString::fromUtf8("ü⟨U+202E⟩ not 3"));
        QCOMPARE(shown.marks.size(), std::size_t(2));
        QCOMPARE(shown.text.mid(shown.marks[0].from, shown.marks[0].to - shown.marks[0].from), QStringLiteral("not"));
        QCOMPARE(shown.marks[0].link, QuoteMark::differs);
        QCOMPARE(shown.text.mid(shown.marks[1].from, shown.marks[1].to - shown.marks[1].from), QStringLiteral("3"));
        QCOMPARE(shown.marks[1].link, 0);
        QCOMPARE(differencesText(shown), QString::fromUtf8("differs: “not”"));
        QCOMPARE(differencesText(shown, false), QString::fromUtf8("marked: “not”"));
    }

    void marksThatAreNoneAreLeftOut()
    {
        const ShownQuote shown =
            shownQuote(place("\xc3\xbc b", {{1, 1, -1}, {0, 2, 1}, {1, 3, -1}, {90, 99, -1}, {3, 99, 2}}));
        QCOMPARE(shown.text, QString::fromUtf8("ü b"));
        for (const ShownMark& mark : shown.marks)
            QVERIFY(mark.from < mark.to && mark.to <= int(shown.text.size()));
        QCOMPARE(shown.marks.back(), (ShownMark{2, 3, 2}));
    }

    void withoutMarks()
    {
        const ShownQuote shown = shownQuote(place("<b>a</b>\nb", {}));
        QCOMPARE(shown.text, QStringLiteral("<b>a</b>\nb"));
        QVERIFY(shown.marks.empty());
        QCOMPARE(differencesText(shown), QString());
        QVERIFY(shownQuote(place({}, {{0, 4, -1}})).text.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestQuoteText)
#include "tst_quotetext.moc"
