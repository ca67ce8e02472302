// layers: core analysis
// What two texts say differently: form, words, values, opposites, what is added and what is dropped.
#include "plainform.h"
#include "saidchange.h"

#include <QTest>

using namespace arcscope;

namespace
{

/// "content value: 40|55 NUM_MONEY", marks that are only other words left out.
QString told(const std::string& base, const std::string& candidate, bool arguments = false)
{
    SaidComparer comparer;
    const SaidChange change =
        arguments ? comparer.compareArguments(base, candidate) : comparer.compare(base, candidate);
    const auto part = [](const std::string& text, ReplayBytes bytes) {
        return text.substr(static_cast<std::size_t>(bytes.from), static_cast<std::size_t>(bytes.to - bytes.from));
    };
    std::string out(name(change.difference));
    if (change.detail != ReplayDetail::None)
        out += " " + std::string(name(change.detail));
    for (const ReplaySlot& mark : change.marks) {
        if (mark.detail != ReplayDetail::None)
            out += ": " + part(base, mark.base) + "|" + part(candidate, mark.candidate) + " " + mark.rule;
    }
    return QString::fromStdString(out);
}

} // namespace

class TestSaidChange : public QObject
{
    Q_OBJECT

private slots:
    void formIsNoDifference()
    {
        QCOMPARE(told("It was sent.", " It was sent.\n"), QString("identical"));
        QCOMPARE(told("# Next Steps\n- Ask *Ann*\n- Wait", "## Next steps:\n* Ask Ann\n* Wait"),
                 QString("format-only"));
        QCOMPARE(told("He said “yes” — twice", "He said \"yes\" - twice"), QString("format-only"));
        QVERIFY(!sameButForm("3*4 is twelve", "34 is twelve"));
        QVERIFY(!sameButForm("```\na  b\n```", "```\na b\n```"));
        QVERIFY(sameButForm("{\"a\": 1, \"b\": [2]}", "{\"b\":[2.0],\"a\":1}"));
        QVERIFY(isJsonDocument(" [1] ") && !isJsonDocument("1") && !isJsonDocument("{\"a\":"));
    }

    void valuesAreNamed()
    {
        QCOMPARE(told("The refund for the broken lamp is $40.", "The refund for the broken lamp is $55."),
                 QString("content value: $40|$55 NUM_MONEY"));
        QCOMPARE(told("The parcel reaches the depot in Hamburg soon.", "The parcel reaches the depot in Hamburg soon, "
                                                                       "with a fee of 12 euros."),
                 QString("content added: |12 euros value"));
    }

    void otherWordsAreNoDifference()
    {
        QCOMPARE(
            told("Your order was shipped on Monday by the warehouse.", "On Monday the warehouse shipped your order."),
            QString("reworded"));
        QCOMPARE(told("It takes 90 minutes to reach the airport from there.",
                      "From there it takes 1.5 hours to reach the airport."),
                 QString("reworded"));
    }

    void opposites()
    {
        QCOMPARE(
            told("The export job does not support compressed archives.", "The export job supports compressed archives.")
                .left(16),
            QString("content polarity"));
    }

    /// Sentences stand for each other wherever they are.
    void sentencesInAnotherOrder()
    {
        QCOMPARE(told("The lamp costs $40. The table costs $90.", "The table costs $90. The lamp costs $40."),
                 QString("reworded"));
    }

    void labels()
    {
        QCOMPARE(told("positive", "negative").left(13), QString("content value"));
        QCOMPARE(told("", "Something."), QString("content added: |Something. "));
    }

    void json()
    {
        QCOMPARE(told("{\"a\": {\"b\": [1, 2]}, \"c\": true}", "{\"a\": {\"b\": [1, 3, 4]}, \"c\": true}"),
                 QString("content value: 2|3 /a/b/1: |4 /a/b/2"));
        QCOMPARE(told("{\"note\": \"Your order was shipped on Monday by the warehouse.\"}",
                      "{\"note\": \"On Monday the warehouse shipped your order to you.\"}"),
                 QString("reworded"));
    }

    void arguments()
    {
        QCOMPARE(told("{\"q\": \"orders of March\"}", "{\"q\": \"orders of April\"}", true),
                 QString("content value: \"orders of March\"|\"orders of April\" /q"));
        const std::string one = "{\"query\": \"select name from people where age is over thirty order by name\"}";
        const std::string other = "{\"query\": \"select name from people where age is over thirty\"}";
        QVERIFY(told(one, other, true).startsWith("content value"));
        QCOMPARE(told("SELECT name\n FROM people", "SELECT name FROM people", true), QString("format-only"));
        QCOMPARE(told("SELECT name FROM people", "SELECT age FROM people", true), QString("content value: nam|ag "));
    }

    void longTextsEnd()
    {
        std::string base;
        std::string candidate;
        for (int i = 0; i < 5'000; ++i) {
            base += "Parcel " + std::to_string(i) + " was sent to depot " + std::to_string(i % 7) + ". ";
            candidate += "Depot " + std::to_string(i % 5) + " got parcel " + std::to_string(i) + ". ";
        }
        SaidComparer comparer;
        QVERIFY(comparer.compare(base, candidate).marks.size() <= SaidChange::mostSlots);
    }
};

QTEST_APPLESS_MAIN(TestSaidChange)
#include "tst_saidchange.moc"
