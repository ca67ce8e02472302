// layers: core analysis
#include "talkscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// The rules that fire in the last turn.
std::vector<std::string> lastRules(const std::string& lines, const DetectorSettings& settings = {})
{
    const Conversation conversation = conversationIn(lines);
    std::vector<std::string> rules;
    for (const TurnSignal& signal : turnSignals(conversation, conversation.threads.at(0), settings)) {
        if (signal.turn + 1 == conversation.threads[0].size())
            rules.emplace_back(signal.rule);
    }
    return rules;
}

bool firesLast(std::string_view lines, std::string_view rule)
{
    const auto rules = lastRules(std::string(lines));
    return std::ranges::find(rules, rule) != rules.end();
}

using Rules = std::vector<std::string>;

} // namespace

class TestTurnSignals : public QObject
{
    Q_OBJECT

private slots:
    void examplesHold_data()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < turnSignalRules().size(); ++i)
            QTest::newRow(std::string(turnSignalRules()[i].name).c_str()) << static_cast<int>(i);
    }
    void examplesHold()
    {
        QFETCH(int, number);
        const TurnSignalRule& rule = turnSignalRules()[static_cast<std::size_t>(number)];
        if (rule.name == "regenerate.same_input")
            return; // of two threads: sameInputIsAnsweredAgain()
        QVERIFY(!rule.about.empty());
        QVERIFY(firesLast(rule.fires, rule.name));
        QVERIFY(!firesLast(rule.quiet, rule.name));
    }

    void everyKindHasARule()
    {
        for (int kind = 0; kind < turnSignalKindCount; ++kind) {
            QVERIFY(std::ranges::any_of(turnSignalRules(), [&](const TurnSignalRule& rule) {
                return rule.kind == static_cast<TurnSignalKind>(kind);
            }));
            QVERIFY(!name(static_cast<TurnSignalKind>(kind)).empty());
        }
    }

    void wordsLieInTheirTurns()
    {
        const char* const lines = "User: Where is the refund for my broken lamp?\nAssistant: We sell lamps.\n"
                                  "User: Hello. Where\u2019s my refund for that broken lamp?";
        const Conversation conversation = conversationIn(lines);
        const auto signals_ = turnSignals(conversation, conversation.threads[0], {});
        QCOMPARE(signals_.size(), std::size_t(1));
        QCOMPARE(signals_[0].rule, std::string_view("re_ask.similar"));
        QCOMPARE(signals_[0].turn, std::size_t(2));
        QCOMPARE(signals_[0].earlier, std::size_t(0));
        QVERIFY(signals_[0].strength >= 0.8 && signals_[0].strength <= 1);
        std::vector<std::string> words;
        for (const TextRange& range : signals_[0].words)
            words.emplace_back(range.of(conversation.turns[2].text));
        QCOMPARE(words, (Rules{"refund", "broken", "lamp"}));
        QCOMPARE(signals_[0].earlierWords[0].of(conversation.turns[0].text), std::string_view("refund"));
        QVERIFY(signals_[0].why.find("refund") != std::string::npos);
    }

    void otherLanguagesAreLeftAlone()
    {
        for (const char* const lines : {"User: ¿Dónde está mi pedido número 4471?\nAssistant: ¿Cómo?\nUser: ¿Dónde "
                                        "está mi pedido, el número 4471?",
                                        "User: Wo ist meine Bestellung?\nAssistant: Welche?\nUser: Nein, das ist "
                                        "falsch, wo ist meine Bestellung?",
                                        "User: أين طلبي؟\nAssistant: لا أعرف.\nUser: أين هو طلبي الآن؟",
                                        "User: איפה ההזמנה שלי?\nAssistant: אני לא יודע.\nUser: תודה רבה, זה לא נכון",
                                        "User: 我的订单在哪里?\nAssistant: 请稍等。\nUser: 谢谢,我的订单在哪里呢?"})
            QVERIFY2(signalsIn(lines).empty(), lines);
        // The same text again needs no words.
        QCOMPARE(lastRules("User: أين طلبي يا صديقي؟\nAssistant: لا أعرف.\nUser: أين طلبي يا صديقي؟"),
                 Rules{"regenerate.same_text"});
    }

    void whatProgramsWriteIsNoTurnOfAUser()
    {
        const std::string block = "<system-reminder>This is wrong. I want to talk to a human.</system-reminder>";
        QVERIFY(lastRules("User: Hello\nAssistant: Hi.\nUser: " + block).empty());
        QVERIFY(lastRules("User: Hello\nAssistant: Hi.\nUser: [Request interrupted by user]").empty());
    }

    void sameInputIsAnsweredAgain()
    {
        const auto again = [](Nanos wait) {
            Conversation conversation = conversationIn("User: Hello.\nAssistant: Hello.\n"
                                                       "User: Write a poem about rain.\nAssistant: Rain falls.");
            const std::size_t count = conversation.turns.size();
            conversation.threads.emplace_back();
            for (std::size_t i = 0; i < count; ++i) {
                conversation.turns[i].time = static_cast<Nanos>(i) * second;
                Turn repeated = conversation.turns[i];
                repeated.repeats = i + 1 < count;
                repeated.thread = 1;
                repeated.time = static_cast<Nanos>(count - 1) * second + wait;
                repeated.words += i + 1 < count ? 0 : 1;
                conversation.turns.push_back(repeated);
                conversation.threads[1].push_back(static_cast<std::uint32_t>(count + i));
            }
            return turnSignals(conversation, conversation.threads[1], {});
        };
        QCOMPARE(again(20 * second).size(), std::size_t(1));
        QCOMPARE(again(20 * second)[0].rule, std::string_view("regenerate.same_input"));
        QVERIFY(again(second).empty());
    }

    void smallThingsMayBeSaidAgain()
    {
        QVERIFY(!firesLast("User: continue\nAssistant: Done.\nUser: continue", "regenerate.same_text"));
        QVERIFY(!firesLast("User: Yes please.\nAssistant: Done.\nUser: Yes please.", "regenerate.same_text"));
    }

    void valuesOfAnotherMakeAreNoCorrection()
    {
        const char* const before = "User: Change it.\nAssistant: Your order W5490111 of 750ml is ready.\nUser: ";
        QVERIFY(!firesLast(std::string(before) + "No, not for omar_rossi_1241.", "correction.value"));
        QVERIFY(firesLast(std::string(before) + "No, I asked about W5490112.", "correction.value"));
        QVERIFY(firesLast("User: Book it.\nAssistant: Booked for 14 May 2024.\nUser: The 15 May 2024, not 14 May 2024.",
                          "correction.value"));
        QVERIFY(!firesLast("User: Change it.\nAssistant: It lasts 8 hours.\n"
                           "User: I want one with 4 hours for the one with 8 hours, it need not be dry.",
                           "correction.value"));
    }

    void anAnswerToAnOfferIsNoCorrection()
    {
        const char* const offer = "User: Find a flight.\nAssistant: There is none on May 15, 2024. Would you like to "
                                  "search for another date? If so, please tell me which.\nUser: ";
        QVERIFY(!firesLast(std::string(offer) + "Actually, May 17, 2024 would be good.", "correction.value"));
        QVERIFY(!firesLast(std::string(offer) + "No, May 17, 2024 instead.", "correction.value"));
        QVERIFY(
            firesLast(std::string(offer) + "May 15, 2024 is wrong, it should be May 17, 2024.", "correction.value"));
        // What the user had asked for is no choice among what is offered.
        QVERIFY(firesLast("User: Find a flight on May 17, 2024.\nAssistant: There is none on May 15, 2024. Would you "
                          "like to search for another date?\nUser: No, on May 17, 2024 please.",
                          "correction.value"));
    }

    void thanksBeforeTheEndAreNoConfirmation()
    {
        const char* const before = "User: Cancel it.\nAssistant: I need the number for that.\nUser: ";
        QCOMPARE(lastRules(std::string(before) + "Thanks, I'll get back to you."), Rules{"closing.goodbye"});
        QCOMPARE(lastRules("User: Hi.\nAssistant: Done. You're welcome!\nUser: Thank you too!"),
                 Rules{"closing.goodbye"});
        QVERIFY(lastRules("User: Hi.\nAssistant: Shall I cancel it?\nUser: Yes, thank you.").empty());
    }

    void jokesAreNoOpenQuestions()
    {
        QVERIFY(lastRules("User: A joke.\nAssistant: Why do cats purr? Because they lost their keys.").empty());
        QCOMPARE(lastRules("User: A joke.\nAssistant: About whom? Please let me know."), Rules{"open_question.last"});
    }

    void thresholdsCount()
    {
        const char* const lines = "User: I hope this garbage is over soon.\nAssistant: Yes.\nUser: What garbage.";
        DetectorSettings settings;
        QVERIFY(settings.set("arc.frustration_score", 0.3));
        QVERIFY(lastRules(lines).empty());
        QCOMPARE(lastRules(lines, settings), Rules{"frustration.words"});
        QVERIFY(!settings.set("arc.re_ask_similarity", 2));
    }

    void longTurnsAreReadAtTheirBeginning()
    {
        std::string longTurn = "Please read this. ";
        while (longTurn.size() < 4'000'000)
            longTurn += "This is ridiculous. Where is my refund? That's wrong, I want to speak to a human. ";
        const std::string lines = "User: Hello there\nAssistant: " + longTurn + "\nUser: " + longTurn;
        QVERIFY(!firesLast(lines, "re_ask.similar"));
        QVERIFY(!firesLast(lines, "frustration.words"));
    }

    void longThreadsAreReadInOneGo()
    {
        std::string lines;
        for (int i = 0; i < 10'000; ++i)
            lines += "User: Where is my order " + std::to_string(i) + "?\nAssistant: Order " + std::to_string(i) +
                     " is on its way.\n";
        QVERIFY(signalsIn(lines).empty());
    }

    void nothingGivesNothing()
    {
        QVERIFY(signalsIn("").empty());
        QVERIFY(signalsIn("User: \nUser: ?\nAssistant: \nUser: !!!").empty());
    }
};

QTEST_APPLESS_MAIN(TestTurnSignals)
#include "tst_turnsignals.moc"
