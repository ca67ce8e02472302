// layers: analysis
#include "contradictions.h"

#include <QTest>

#include <fstream>

using namespace arcscope;

namespace
{

QString part(const std::string& text, ByteRange range)
{
    return QString::fromStdString(
        text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from)));
}

} // namespace

class TestContradictions : public QObject
{
    Q_OBJECT

private slots:
    void evidence()
    {
        const std::string a = "Hello. The invoice of the lamp was issued on March 3, 2024.";
        const std::string b = "Thanks for waiting. The invoice of the lamp was issued on 2024-03-13.";
        const Contradictions told = findContradictions(a, b);
        QCOMPARE(told.sentencesA, std::size_t(2));
        QCOMPARE(told.pairs, std::size_t(1));
        QCOMPARE(told.found.size(), std::size_t(1));
        const Contradiction& found = told.found[0];
        QCOMPARE(QString(found.rule->name.data()), QString("NUM_DATE"));
        QCOMPARE(found.tier, PairTier::Finding);
        QCOMPARE(part(a, found.a), QString("The invoice of the lamp was issued on March 3, 2024."));
        QCOMPARE(part(a, found.differsA), QString("March 3, 2024"));
        QCOMPARE(part(b, found.differsB), QString("2024-03-13"));
        QVERIFY(found.slot);
        QCOMPARE(QString::fromStdString(found.slot->a), QString("2024-03-03"));
        QCOMPARE(QString::fromStdString(found.slot->b), QString("2024-03-13"));
        QCOMPARE(found.guards.size(), pairGuards().size());
        for (const Contradiction::Guard& guard : found.guards)
            QVERIFY(!guard.stops);
        QCOMPARE(found.aligned.size(), std::size_t(3));
        QCOMPARE(part(a, found.aligned[0].first), QString("invoice"));
        QCOMPARE(part(b, found.aligned[0].second), QString("invoice"));
        QVERIFY(found.why.starts_with("The date is “March 3, 2024” in one and “2024-03-13” in the other, and "));
        QVERIFY(found.why.ends_with('.'));
    }

    void wordsOfOtherScripts_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("hebrew name") << QStringLiteral("The customer דוד כהן pays ") << QStringLiteral(" per month.");
        QTest::newRow("hebrew sentence") << QStringLiteral("ההזמנה של הלקוח אושרה, and the refund is ")
                                         << QStringLiteral(".");
        QTest::newRow("chinese label") << QStringLiteral("客户 Li 的订单: The refund for the lamp is ")
                                       << QStringLiteral(".");
        QTest::newRow("chinese name") << QStringLiteral("The refund for 台灯 and 椅子 and 书桌 is ")
                                      << QStringLiteral("。");
        QTest::newRow("arabic and marks")
            << QStringLiteral("The plan \u200fالخطة\u200f of the team costs ") << QStringLiteral(" each year.");
        QTest::newRow("emoji") << QStringLiteral("🎉 The price of the team plan 🚀 is ") << QStringLiteral(" 👍.");
    }
    void wordsOfOtherScripts()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const std::string a = (before + QStringLiteral("$40") + after).toStdString();
        const std::string b = (before + QStringLiteral("$55") + after).toStdString();
        const auto told = findContradictions(a, b);
        QCOMPARE(told.found.size(), std::size_t(1));
        QCOMPARE(told.found[0].tier, PairTier::Finding);
        QCOMPARE(part(a, told.found[0].differsA), QStringLiteral("$40"));
        QCOMPARE(part(b, told.found[0].differsB), QStringLiteral("$55"));
        for (const auto& [left, right] : told.found[0].aligned) {
            QVERIFY(!part(a, left).contains(QChar::ReplacementCharacter));
            QCOMPARE(part(a, left), part(b, right));
        }
        QVERIFY(findContradictions(a, a).found.empty());
    }

    void otherWordsOfOtherScriptsAreOthers()
    {
        QVERIFY(findContradictions("The customer דוד is on the Pro plan and pays $40 per month.",
                                   "The customer משה is on the Pro plan and pays $55 per month.")
                    .found.empty());
        QVERIFY(findContradictions("The refund for 台灯 and 椅子 is $40.", "The refund for 台灯 and 书桌 is $55.")
                    .found.empty());
        QVERIFY(findContradictions("订单 Pro 的退款金额为40美元。", "订单 Pro 的退款金额为55美元。").found.empty());
        // A name in its own letters may be left out.
        QCOMPARE(findContradictions("The city of Tokyo (東京) has a population of 14 million people.",
                                    "The city of Tokyo has a population of 9 million people.")
                     .found.size(),
                 std::size_t(1));
    }

    void aPlaceWithinAnotherIsNone()
    {
        const auto differ = [](const char* a, const char* b) {
            const std::string begin = "The museum is located in ";
            return !findContradictions(begin + a + '.', begin + b + '.').found.empty();
        };
        QVERIFY(differ("Frankfurt", "Paris"));
        QVERIFY(!differ("Frankfurt", "Germany"));
        QVERIFY(!differ("America", "New York"));
        QVERIFY(differ("New York", "Canada"));
    }

    void whatIsComparedTheOtherWayRoundIsTheSame()
    {
        const std::string lower = "The energy is lower for the products than for the reactants.";
        QVERIFY(
            findContradictions(lower, "The energy is higher for the reactants than for the products.").found.empty());
        QVERIFY(
            !findContradictions(lower, "The energy is higher for the products than for the reactants.").found.empty());
    }

    void wordsInsteadOfValues()
    {
        const Contradictions told = findContradictions("Backups are enabled for it.", "Backups are disabled for it.");
        QCOMPARE(told.found.size(), std::size_t(1));
        QVERIFY(!told.found[0].slot);
        QVERIFY(told.found[0].why.starts_with("\xe2\x80\x9c"
                                              "enabled\xe2\x80\x9d stands against"));
    }

    void sentencesOfTheSameAreFound()
    {
        std::string a;
        std::string b;
        for (int i = 0; i < 60; ++i) {
            const std::string name =
                "Depot" + std::string(1, static_cast<char>('A' + i % 26)) + static_cast<char>('a' + i / 26);
            a += "The depot " + name + " stores many green crates. ";
            b.insert(0, "The depot " + name + " stores many green crates. ");
        }
        a += "The harbour crane lifts 40 tons of grain.";
        b += "The harbour crane lifts 90 tons of grain.";
        const Contradictions told = findContradictions(a, b);
        QCOMPARE(told.sentencesA, std::size_t(61));
        QVERIFY(told.pairs <= 61u * 5u);
        QVERIFY(!told.found.empty());
        QCOMPARE(part(a, told.found[0].differsA), QString("40 tons"));
    }

    void within()
    {
        const std::string text =
            "The harbour crane lifts 40 tons of grain.\n\n- The harbour crane lifts 70 tons of grain.\n\n"
            "The weather was good. The harbour crane lifts 90 tons of grain.";
        const Contradictions told = findContradictionsWithin(text);
        QCOMPARE(told.found.size(), std::size_t(1)); // not with the item of the list
        QCOMPARE(part(text, told.found[0].differsA), QString("40 tons"));
        QCOMPARE(part(text, told.found[0].differsB), QString("90 tons"));
        QVERIFY(findContradictionsWithin("The harbour crane lifts 40 tons. The harbour crane lifts 40 tons.")
                    .found.empty());
    }

    /// Every rule together, on sentences of the kind that agents write.
    void operations()
    {
        std::ifstream file(ARCSCOPE_TEST_DATA "/contradictions/operations.txt");
        std::size_t pairs = 0;
        std::size_t positive = 0;
        std::size_t right = 0;
        std::size_t wrong = 0;
        for (std::string line; std::getline(file, line);) {
            const std::size_t bar = line.find(" | ");
            if (line.starts_with('#') || bar == std::string::npos)
                continue;
            const bool expected = line.starts_with('+');
            const Contradictions told = findContradictions(line.substr(2, bar - 2), line.substr(bar + 3));
            const bool found = !told.found.empty() && told.found[0].tier == PairTier::Finding;
            ++pairs;
            positive += expected ? 1u : 0u;
            right += found && expected ? 1u : 0u;
            wrong += found && !expected ? 1u : 0u;
            if (found != expected)
                qInfo("%s: %s", expected ? "missed" : "wrong", line.c_str());
        }
        QCOMPARE(pairs, std::size_t(80));
        QCOMPARE(positive, std::size_t(40));
        QVERIFY2(right >= 37, std::to_string(right).c_str());
        QVERIFY2(wrong <= 3, std::to_string(wrong).c_str());
    }

    void nothingToCompare()
    {
        for (const char* text : {"", "\n\n", "?", "```\nx = 1\n```", "\xff\xfe\xc3"}) {
            QVERIFY(findContradictions(text, text).found.empty());
            QVERIFY(findContradictionsWithin(text).found.empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestContradictions)
#include "tst_contradictions.moc"
