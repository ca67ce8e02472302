// layers: core analysis
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Said {
    char who; ///< u: user, a: assistant, t: result of a tool, f: a failed one
    const char* text;
};

/// One model call after another, each with the whole history in its input.
std::vector<Finding> findingsIn(const std::vector<Said>& talk)
{
    std::string lines;
    for (std::size_t i = 0; i < talk.size(); ++i) {
        if (talk[i].who == 'a')
            lines += "t call" + std::to_string(i) + " - model " + std::to_string(i * 10) + '-' +
                     std::to_string(i * 10 + 5) + '\n';
    }
    TraceScript script(lines);
    std::vector<Message> history{said(Role::System, "You are a clerk.")};
    for (std::size_t i = 0; i < talk.size(); ++i) {
        const Said& each = talk[i];
        if (each.who == 'a') {
            SpanContent& call = script.content("call" + std::to_string(i));
            call.input = history;
            call.output = {said(Role::Assistant, each.text)};
            history.push_back(call.output.front());
        } else {
            history.push_back(each.who == 'u' ? said(Role::User, each.text)
                                              : returned(std::to_string(i), each.text, each.who == 'f'));
        }
    }
    return findingsOf(detectorNamed("talk"), script);
}

std::vector<std::string> rulesIn(const std::vector<Said>& talk)
{
    return rulesOf(findingsIn(talk));
}

using Rules = std::vector<std::string>;

} // namespace

class TestTalk : public QObject
{
    Q_OBJECT

private slots:
    void statementsTakenBackAreFlips()
    {
        const auto found = findingsIn({{'u', "What do I get back for the lamp?"},
                                       {'a', "The refund for the broken lamp is $40."},
                                       {'u', "When does it come?"},
                                       {'a', "I apologize for the mistake. The refund for the broken lamp is $55."}});
        QCOMPARE(rulesOf(found), Rules{"talk.claim_flip:check"});
        QCOMPARE(found[0].places.size(), std::size_t(2));
        QCOMPARE(found[0].places[0].quote, std::string("The refund for the broken lamp is $55."));
        QCOMPARE(found[0].places[0].from, 29);
        QCOMPARE(found[0].places[1].quote, std::string("The refund for the broken lamp is $40."));
        const QuoteMark mark = found[0].places[1].marks.at(0);
        QCOMPARE(found[0].places[1].quote.substr(mark.from, mark.to - mark.from), std::string("$40"));
        QCOMPARE(found[0].exposure, 20 * millisecond);
        QVERIFY(found[0].what.find("i apologize for the mistake") != std::string::npos);
    }

    void silentFlipsAreFoundWhereNothingNewWasSaid()
    {
        QCOMPARE(rulesIn({{'u', "What do I get back?"},
                          {'a', "The refund for the broken lamp is $40."},
                          {'u', "Could you sum that up for me?"},
                          {'a', "In short, the refund for the broken lamp is $55."}}),
                 Rules{"talk.claim_flip:check"});
    }

    void quietFlips_data()
    {
        QTest::addColumn<QString>("between");
        QTest::addColumn<QString>("later");
        QTest::addColumn<bool>("tool");
        QTest::newRow("a tool gave it") << "55"
                                        << "The refund for the broken lamp is $55." << true;
        QTest::newRow("the user gave it") << "But the receipt says $55!"
                                          << "You're right, the refund for the broken lamp is $55." << false;
        QTest::newRow("same") << "Sure?"
                              << "Yes, the refund for the broken lamp is 40 dollars." << false;
        QTest::newRow("of another") << "And the other one?"
                                    << "The refund for the green vase is $55." << false;
        QTest::newRow("would be") << "And with the voucher?"
                                  << "If you had the voucher, the refund for the broken lamp would be $55." << false;
    }

    void quietFlips()
    {
        QFETCH(QString, between);
        QFETCH(QString, later);
        QFETCH(bool, tool);
        const QByteArray middle = between.toUtf8();
        const QByteArray last = later.toUtf8();
        QCOMPARE(rulesIn({{'u', "What do I get back?"},
                          {'a', "The refund for the broken lamp is $40."},
                          {tool ? 't' : 'u', middle.constData()},
                          {'a', last.constData()}}),
                 Rules());
    }

    void whatNobodyAskedAboutIsNoSilentFlip()
    {
        QCOMPARE(rulesIn({{'a', "The page is 25% down from the top."}, {'a', "The page is 37% down from the top."}}),
                 Rules());
    }

    void givingInToDoubtIsFound()
    {
        const auto found = findingsIn({{'u', "Can I come on Sunday?"},
                                       {'a', "The store is closed on Sunday."},
                                       {'u', "Are you sure? I don't think so."},
                                       {'a', "You are right, the store is open on Sunday."}});
        QCOMPARE(rulesOf(found), Rules{"talk.capitulation:check"});
        QCOMPARE(found.back().places.size(), std::size_t(3));
        QCOMPARE(found.back().places[2].quote, std::string("Are you sure? I don't think so."));
    }

    void whatIsACapitulationIsNoFlipToo()
    {
        QCOMPARE(rulesIn({{'u', "What do I get back for the lamp?"},
                          {'a', "The refund for the broken lamp is forty dollars."},
                          {'u', "Are you sure?"},
                          {'a', "I apologize for the mistake, the refund for the broken lamp is fifty dollars."}}),
                 Rules{"talk.capitulation:check"});
    }

    void whatCouldNotBeDoneIsDoneOnInsisting()
    {
        QCOMPARE(rulesIn({{'u', "Please cancel my booking."},
                          {'a', "I cannot cancel a basic economy booking."},
                          {'u', "I really need you to make an exception."},
                          {'a', "I understand. I have cancelled the basic economy booking."}}),
                 Rules{"talk.capitulation:check"});
    }

    void onlyWordsOfGivingInAreASignal()
    {
        QCOMPARE(rulesIn({{'u', "Is it far?"},
                          {'a', "The station is near the market."},
                          {'u', "That's wrong."},
                          {'a', "You're right, that was not helpful."}}),
                 Rules{"talk.capitulation:signal"});
    }

    void takingOverTheUsersValueIsMoreThanWords()
    {
        QCOMPARE(rulesIn({{'u', "I have 90 days to return it, right?"},
                          {'a', "No. The period on your order is 30 days and has ended."},
                          {'u', "I am quite certain that it is 90 days. Please check again."},
                          {'a', "You are right. With 90 days you can still return the jacket."}}),
                 Rules{"talk.capitulation:check"});
    }

    void quietWhereThereIsSomethingNew_data()
    {
        QTest::addColumn<QString>("doubt");
        QTest::addColumn<QString>("answer");
        QTest::newRow("a value") << "Are you sure? It says open until 5 pm."
                                 << "You are right, the store is open on Sunday.";
        QTest::newRow("a reason") << "Are you sure? I can see people because the lights are on."
                                  << "You are right, the store is open on Sunday.";
        QTest::newRow("a name") << "Are you sure? I know that Anna Miller works there."
                                << "You are right, the store is open on Sunday.";
        QTest::newRow("it stands firm") << "Are you sure?"
                                        << "Yes, the store is closed on Sunday.";
        QTest::newRow("no doubt") << "Thank you, that's all!"
                                  << "You are welcome. Have a nice day!";
        QTest::newRow("accepted") << "Great, that works."
                                  << "I have noted that the store is closed on Sunday.";
    }

    void quietWhereThereIsSomethingNew()
    {
        QFETCH(QString, doubt);
        QFETCH(QString, answer);
        const QByteArray middle = doubt.toUtf8();
        const QByteArray last = answer.toUtf8();
        for (const std::string& rule : rulesIn({{'u', "Can I come on Sunday?"},
                                                {'a', "The store is closed on Sunday."},
                                                {'u', middle.constData()},
                                                {'a', last.constData()}}))
            QVERIFY2(!rule.starts_with("talk.capitulation"), rule.c_str());
    }

    void aToolThatWasAskedIsSomethingNew()
    {
        for (const std::string& rule : rulesIn({{'u', "Can I come on Sunday?"},
                                                {'a', "The store is closed on Sunday."},
                                                {'u', "Are you sure?"},
                                                {'t', "open"},
                                                {'a', "You are right, the store is open on Sunday."}}))
            QVERIFY2(!rule.starts_with("talk.capitulation"), rule.c_str());
    }

    void answeredQuestionsAskedAgainAreFound()
    {
        const auto found = findingsIn({{'u', "Change my booking."},
                                       {'a', "Gladly. What is your user ID?"},
                                       {'u', "It is mia_li_3668."},
                                       {'a', "Where do you want to go?"},
                                       {'u', "To Seattle."},
                                       {'a', "Could you please provide your user ID?"}});
        QCOMPARE(rulesOf(found), Rules{"talk.repeated_question:check"});
        QCOMPARE(found[0].places[0].quote, std::string("Could you please provide your user ID?"));
        QCOMPARE(found[0].places[1].quote, std::string("What is your user ID?"));
        QCOMPARE(found[0].places[2].quote, std::string("It is mia_li_3668."));
    }

    void questionsWithReasonAreQuiet_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("result");
        QTest::addColumn<QString>("question");
        const QString again = QStringLiteral("Could you please provide your user ID?");
        QTest::newRow("not answered") << "I don't know it."
                                      << "" << again;
        QTest::newRow("no answer") << "Why do you need that?"
                                   << "" << again;
        QTest::newRow("not found") << "It is mia_li_3668."
                                   << "Error: user not found" << again;
        QTest::newRow("says why") << "It is mia_li_3668."
                                  << ""
                                  << "I couldn't find that user. Could you please provide your user ID?";
        QTest::newRow("another") << "It is mia_li_3668."
                                 << ""
                                 << "What is the user ID of your other account?";
        QTest::newRow("other thing") << "It is mia_li_3668."
                                     << ""
                                     << "What is your zip code?";
        QTest::newRow("go ahead") << "It is mia_li_3668."
                                  << ""
                                  << "Is there anything else for your user ID?";
    }

    void questionsWithReasonAreQuiet()
    {
        QFETCH(QString, answer);
        QFETCH(QString, result);
        QFETCH(QString, question);
        const QByteArray middle = answer.toUtf8();
        const QByteArray tool = result.toUtf8();
        const QByteArray last = question.toUtf8();
        QCOMPARE(rulesIn({{'u', "Change my booking."},
                          {'a', "What is your user ID?"},
                          {'u', middle.constData()},
                          {'t', tool.constData()},
                          {'a', last.constData()}}),
                 Rules());
    }

    void courtesiesRepeatFreely()
    {
        QCOMPARE(rulesIn({{'u', "Hello"},
                          {'a', "How can I help you with your booking today?"},
                          {'u', "Thanks, that's all."},
                          {'a', "How can I help you with your booking today?"},
                          {'u', "Thank you!"},
                          {'a', "You are welcome. Is there anything else I can do for your booking?"}}),
                 Rules());
    }

    void correctionsWithoutTheirStatementAreSignals()
    {
        QCOMPARE(rulesIn({{'u', "Hello"}, {'a', "Hello!"}, {'u', "Go on"}, {'a', "I misread that. Let me go on."}}),
                 Rules{"talk.self_correction:signal"});
        QCOMPARE(rulesIn({{'u', "Hello"}, {'a', "I apologize for the inconvenience."}}), Rules());
    }
};

QTEST_APPLESS_MAIN(TestTalk)
#include "tst_talk.moc"
