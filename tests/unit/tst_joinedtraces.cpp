// layers: core analysis
#include "conversation.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// One call a trace, each a turn of a conversation: what the user says and what is answered.
struct Call {
    std::string user;
    std::string answer;
    std::string facts = "session=chat-4711"; ///< of its span
    std::string system = "You are a clerk.";
};

TraceScript scriptOf(const std::vector<Call>& calls, bool history = false)
{
    std::string lines;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const std::string n = std::to_string(i);
        lines += "t" + n + " s" + n + " - model " + std::to_string(i * 10) + '-' + std::to_string(i * 10 + 5) +
                 " name=answer " + calls[i].facts + '\n';
    }
    TraceScript script(lines);
    std::vector<Message> before;
    for (Row row = 0; row < calls.size(); ++row) {
        SpanContent& content = script.contents[row];
        content.input = {said(Role::System, calls[row].system)};
        content.input.insert(content.input.end(), before.begin(), before.end());
        content.input.push_back(said(Role::User, calls[row].user));
        content.output = {said(Role::Assistant, calls[row].answer)};
        if (history)
            before = {before.begin(), before.end()}, before.push_back(content.input.back()),
            before.push_back(content.output.front());
    }
    return script;
}

using Rules = std::vector<std::string>;

Rules rulesIn(std::string_view detector, const std::vector<Call>& calls, bool history = false)
{
    TraceScript script = scriptOf(calls, history);
    return rulesOf(findingsOf(detectorNamed(detector), script));
}

const Call first{"What do I get back for the lamp?", "The refund for the broken lamp is $40."};
const Call reversed{"Could you sum that up for me?", "In short, the refund for the broken lamp is $55."};

Call with(Call call, const std::string& facts)
{
    call.facts = facts;
    return call;
}

} // namespace

class TestJoinedTraces : public QObject
{
    Q_OBJECT

private slots:
    void tracesOfOneSessionAreJoinedInTime()
    {
        TraceScript script("b s0 - model 20-25 session=chat-4711\n"
                           "a s1 - model 0-5 session=chat-4711\n"
                           "c s2 - model 40-45 session=chat-4712\n"
                           "d s3 - model 60-65\n"
                           "e s4 - model - session=chat-4711\n");
        QCOMPARE(joinedTraces(script.corpus), (std::vector<JoinedTraces>{{1, 0}}));
    }

    void whatIsNotOneSessionIsNotJoined_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::newRow("others") << "session=chat-4711"
                                << "session=chat-4712";
        QTest::newRow("none") << "user=ann"
                              << "user=ann";
        QTest::newRow("of another service") << "session=chat-4711 service=shop"
                                            << "session=chat-4711 service=mail";
    }

    void whatIsNotOneSessionIsNotJoined()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        TraceScript script = scriptOf({with(first, a.toStdString()), with(reversed, b.toStdString())});
        QVERIFY(joinedTraces(script.corpus).empty());
        QCOMPARE(rulesOf(findingsOf(detectorNamed("talk"), script)), Rules());
    }

    void aLongSessionIsCut()
    {
        std::string lines;
        for (std::size_t i = 0; i < mostJoinedSpans + 2; ++i)
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - model 0-5 session=chat-4711\n";
        TraceScript script(lines);
        const auto joined = joinedTraces(script.corpus);
        QCOMPARE(joined.size(), std::size_t(2));
        QCOMPARE(joined[0].size(), mostJoinedSpans);
        QCOMPARE(joined[1].size(), std::size_t(2));
    }

    /// Whether each call is sent what was said before, or the other side keeps it.
    void talkIsFollowedOverTraces()
    {
        for (const bool history : {false, true}) {
            TraceScript script = scriptOf({first, reversed}, history);
            const auto found = findingsOf(detectorNamed("talk"), script);
            QCOMPARE(rulesOf(found), Rules{"talk.claim_flip:check"});
            QCOMPARE(found[0].places[0].row, Row(1));
            QCOMPARE(found[0].places[1].row, Row(0));
            QCOMPARE(found[0].places[1].text.of, TextPlace::Of::Output);
            QCOMPARE(found[0].places[1].quote, std::string("The refund for the broken lamp is $40."));
            QCOMPARE(rulesIn("talk",
                             {{"Can I come on Sunday?", "The store is closed on Sunday."},
                              {"Are you sure? I don't think so.", "You are right, the store is open on Sunday."}},
                             history),
                     Rules{"talk.capitulation:check"});
            QCOMPARE(rulesIn("talk",
                             {{"I want to cancel it.", "Could you please provide your user ID?"},
                              {"It is mia_li_3668.", "Thank you."},
                              {"So?", "Could you please provide your user ID?"}},
                             history),
                     Rules{"talk.repeated_question:check"});
        }
    }

    void everyTurnComesOnce()
    {
        TraceScript script = scriptOf({first, reversed, {"Thanks!", "You are welcome."}}, true);
        ScriptedTrace reading(script, joinedTraces(script.corpus).at(0));
        const Conversation conversation = conversationOf(reading);
        QCOMPARE(conversation.turns.size(), std::size_t(7));
        TraceScript bare = scriptOf({first, reversed, {"Thanks!", "You are welcome."}});
        ScriptedTrace readingBare(bare, joinedTraces(bare.corpus).at(0));
        const Conversation joined = conversationOf(readingBare);
        std::string words;
        for (const std::uint32_t at : joined.threads.at(0))
            words += joined.turns[at].text.substr(0, 5) + '|';
        QCOMPARE(words, std::string("You a|What |The r|Could|In sh|Thank|You a|"));
    }

    void whatIsAnotherConversationIsNotGoneOnWith_data()
    {
        QTest::addColumn<QString>("facts");
        QTest::addColumn<QString>("system");
        QTest::newRow("another prompt") << "session=chat-4711"
                                        << "You find titles.";
        QTest::newRow("another root") << "session=chat-4711 name=title"
                                      << "You are a clerk.";
    }

    void whatIsAnotherConversationIsNotGoneOnWith()
    {
        QFETCH(QString, facts);
        QFETCH(QString, system);
        Call other = with(reversed, facts.toStdString());
        other.system = system.toStdString();
        QCOMPARE(rulesIn("talk", {first, other}), Rules());
    }

    void aDateInThePromptIsNoOtherPrompt()
    {
        Call monday = first;
        Call tuesday = reversed;
        monday.system = "You are a clerk. It is 2024-05-06 10:00.";
        tuesday.system = "You are a clerk. It is 2024-05-07 11:30.";
        QCOMPARE(rulesIn("talk", {monday, tuesday}), Rules{"talk.claim_flip:check"});
    }

    void conflictsLieInTheTracesOfTheirWords()
    {
        TraceScript script = scriptOf({{"Sum up the first ticket.", "The refund for the broken lamp is $40."},
                                       {"Sum up the second one.", "The refund for the broken lamp is $55."}});
        const auto found = findingsOf(detectorNamed("conflicts"), script);
        QCOMPARE(rulesOf(found), Rules{"conflict.statement:check"});
        QCOMPARE(found[0].places[0].row, Row(0));
        QCOMPARE(found[0].places[1].row, Row(1));
    }

    void evidenceOfAnEarlierTraceCounts()
    {
        for (const bool joined : {true, false}) {
            const std::string session = joined ? " session=chat-4711" : "";
            TraceScript script("t0 c0 - tool 0-5 tool=get_order" + session + "\nt0 m0 - model 6-8" + session +
                               "\nt1 c1 - tool 10-15 tool=get_user" + session + "\nt1 m1 - model 16-18" + session +
                               '\n');
            script.content("c0").toolResult = R"({"order":"A1001","total":155.25})";
            script.content("m0").output = {said(Role::Assistant, "I found your order.")};
            script.content("c1").toolResult = R"({"user":"ann","city":"Bonn"})";
            script.content("m1").input = {said(Role::User, "How much was it?")};
            script.content("m1").output = {said(Role::Assistant, "The total of your order is $155.25.")};
            QCOMPARE(rulesOf(findingsOf(detectorNamed("tool-evidence"), script)),
                     joined ? Rules() : Rules{"claim.unsupported_value:finding"});
        }
    }
};

QTEST_APPLESS_MAIN(TestJoinedTraces)
#include "tst_joinedtraces.moc"
