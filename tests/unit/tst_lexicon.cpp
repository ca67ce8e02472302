// layers: analysis
#include "lexicon.h"

#include <QTest>

using namespace arcscope;

namespace
{

using Relation = bool (Lexicon::*)(WordId, WordId) const;

bool holds(Relation relation, const char* a, const char* b)
{
    const auto left = lexicon().find(a);
    const auto right = lexicon().find(b);
    return left && right && (lexicon().*relation)(*left, *right);
}

} // namespace

class TestLexicon : public QObject
{
    Q_OBJECT

private slots:
    void frequentWordsAreNotRare()
    {
        const auto rarity = [](const char* word) { return lexicon().rarity(*lexicon().find(word)); };
        QVERIFY(rarity("be") < 0.1);
        QVERIFY(rarity("be") < rarity("need"));
        QVERIFY(rarity("need") < rarity("order"));
        QVERIFY(rarity("order") < rarity("refund"));
        QVERIFY(rarity("refund") < 1);
        QCOMPARE(rarity("password"), 1.0); // in none of the texts that were counted
    }

    void wordsAreFound()
    {
        for (const char* const word : {"a", "cancel", "zygote", "zymotic"}) {
            const auto id = lexicon().find(word);
            QVERIFY2(id, word);
            QCOMPARE(QString::fromStdString(std::string(lexicon().text(*id))), QString(word));
        }
        for (const char* const none : {"", "cancelx", "zzzzz", "Cancel", "\xc3\xa9"})
            QVERIFY2(!lexicon().find(none), none);
        QVERIFY(lexicon().isVerb(*lexicon().find("cancel")));
        QVERIFY(lexicon().isNoun(*lexicon().find("flight")));
        QVERIFY(!lexicon().isVerb(*lexicon().find("airport")));
        QVERIFY(lexicon().isAdjective(*lexicon().find("red")));
    }

    void placesLieInPlaces()
    {
        for (const auto& [part, whole] :
             {std::pair("frankfurt", "germany"), std::pair("bavaria", "germany"), std::pair("manhattan", "new_york"),
              std::pair("texas", "america"), std::pair("germany", "europe"), std::pair("london", "england")})
            QVERIFY2(holds(&Lexicon::isPlaceWithin, part, whole), part);
        for (const auto& [a, b] :
             {std::pair("germany", "frankfurt"), std::pair("frankfurt", "france"), std::pair("berlin", "paris"),
              std::pair("wheel", "car"), std::pair("austria", "germany")})
            QVERIFY2(!holds(&Lexicon::isPlaceWithin, a, b), a);
        QVERIFY(!lexicon().find("hot_dog")); // of names only those of places
    }

    void baseForms_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("base");
        const auto row = [](const char* form, const char* base) {
            QTest::newRow(form) << QString(form) << QString(base);
        };
        row("went", "go");
        row("was", "be");
        row("men", "man");
        row("flights", "flight");
        row("cities", "city");
        row("boxes", "box");
        row("nodes", "node");
        row("stopped", "stop");
        row("cancelled", "cancel");
        row("making", "make");
        row("tried", "try");
        row("bigger", "big");
        row("does", "do");
        row("news", "news");  // words of their own
        row("stops", "stop"); // has one rare meaning
        row("eggs", "egg");
        row("species", "species");
        row("always", "always");
        row("status", "status");
        row("process", "process");
        row("after", "after");
        row("bed", "bed");
        row("king", "king");
        row("", "");
        row("s", "s");
        row("kubernetes", "kubernetes"); // not known
        row("foobars", "foobars");
    }

    void baseForms()
    {
        QFETCH(QString, form);
        QFETCH(QString, base);
        QCOMPARE(QString::fromStdString(lexicon().baseForm(form.toStdString())), base);
    }

    void opposites()
    {
        QVERIFY(holds(&Lexicon::areOpposite, "hot", "cold"));
        QVERIFY(holds(&Lexicon::areOpposite, "hot", "icy")); // by their heads
        QVERIFY(holds(&Lexicon::areOpposite, "increase", "decrease"));
        QVERIFY(holds(&Lexicon::areOpposite, "fail", "succeed"));
        QVERIFY(!holds(&Lexicon::areOpposite, "hot", "red"));
        QVERIFY(!holds(&Lexicon::areOpposite, "big", "large"));
        QVERIFY(!holds(&Lexicon::areOpposite, "hot", "hot"));
    }

    void relatives()
    {
        QVERIFY(holds(&Lexicon::areSynonyms, "buy", "purchase"));
        QVERIFY(!holds(&Lexicon::areSynonyms, "buy", "sell"));
        QVERIFY(holds(&Lexicon::areSiblings, "increase", "decrease"));
        QVERIFY(!holds(&Lexicon::areSiblings, "buy", "purchase"));
        QVERIFY(holds(&Lexicon::isKindOf, "puppy", "dog"));
        QVERIFY(!holds(&Lexicon::isKindOf, "dog", "puppy"));
    }

    void bitsRefuseNothingThatHolds()
    {
        const Lexicon& known = lexicon();
        const char* const words[] = {"hot",      "icy",  "cold",    "increase", "decrease", "buy",
                                     "purchase", "fail", "succeed", "dog",      "cat",      "open",
                                     "closed",   "long", "short",   "big",      "large",    "city"};
        for (const char* const left : words) {
            for (const char* const right : words) {
                const WordId a = *known.find(left);
                const WordId b = *known.find(right);
                const WordBits x = known.bits(a);
                const WordBits y = known.bits(b);
                QVERIFY(!known.areSynonyms(a, b) || (x.meanings & y.meanings) != 0);
                QVERIFY(!known.areOpposite(a, b) || (x.opposites & y.itself) != 0);
                QVERIFY(!known.areSiblings(a, b) || (x.kinds & y.kinds) != 0);
            }
        }
        QVERIFY((known.bits(*known.find("red")).opposites & known.bits(*known.find("dog")).itself) == 0);
    }
};

QTEST_APPLESS_MAIN(TestLexicon)
#include "tst_lexicon.moc"
