// layers: core analysis
#include "conversation.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Lines = std::vector<std::string>;

/// "0 user: …" with the number of the thread; what another thread has, too, with a *.
Lines told(TraceScript& script)
{
    constexpr std::string_view roles[] = {"system", "user", "assistant", "tool", "other"};
    ScriptedTrace trace(script, 0);
    const Conversation conversation = conversationOf(trace);
    Lines lines;
    for (const Turn& turn : conversation.turns)
        lines.push_back(std::to_string(turn.thread) + (turn.repeats ? "* " : " ") +
                        std::string(roles[static_cast<std::size_t>(turn.role)]) + ": " + std::string(turn.text));
    return lines;
}

std::string shown(const Lines& lines)
{
    std::string all;
    for (const std::string& line : lines)
        all += line + '\n';
    return all;
}

void compare(const Lines& found, const Lines& expected)
{
    QCOMPARE(QString::fromStdString(shown(found)), QString::fromStdString(shown(expected)));
}

} // namespace

class TestConversation : public QObject
{
    Q_OBJECT

private slots:
    void whatLaterCallsRepeatStandsOnce()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n"
                           "t c - model 40-50\n");
        const Message system = said(Role::System, "Be kind.");
        const Message hi = said(Role::User, "Is it open?");
        const Message yes = said(Role::User, "yes");
        script.content("a").input = {system, hi};
        script.content("a").output = {said(Role::Assistant, "Shall I look?")};
        script.content("b").input = {system, hi, said(Role::Assistant, "Shall I look?\n"), yes};
        script.content("b").output = {said(Role::Assistant, "Shall I go on?")};
        script.content("c").input = {
            system, hi, said(Role::Assistant, "Shall I look?"), yes, said(Role::Assistant, "Shall I go on?"), yes};
        script.content("c").output = {said(Role::Assistant, "It is open.")};
        compare(told(script), {"0 system: Be kind.", "0 user: Is it open?", "0 assistant: Shall I look?", "0 user: yes",
                               "0 assistant: Shall I go on?", "0 user: yes", "0 assistant: It is open."});
        ScriptedTrace trace(script, 0);
        const Turn last = conversationOf(trace).turns.back();
        QCOMPARE(last.row, rowNamed(script.corpus, "c"));
        QCOMPARE(last.time, 50 * millisecond);
    }

    void anAnswerToldInAnotherFormStandsOnce()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n");
        script.content("a").input = {said(Role::User, "Is it open?")};
        script.content("a").output = {said(Role::Assistant, "It is open.")};
        script.content("b").input = {said(Role::User, "Is it open?"), said(Role::Assistant, "[answer] It is open."),
                                     said(Role::User, "Thanks")};
        compare(told(script), {"0 user: Is it open?", "0 assistant: It is open.", "0 user: Thanks"});
    }

    void otherSystemPromptsAndSecondTriesAreThreadsOfTheirOwn()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n"
                           "t c - model 40-50\n");
        const Message ask = said(Role::User, "Is it open?");
        script.content("a").input = {said(Role::System, "Be kind."), ask};
        script.content("a").output = {said(Role::Assistant, "Yes.")};
        script.content("b").input = {said(Role::System, "Be strict."), ask};
        script.content("b").output = {said(Role::Assistant, "No.")};
        script.content("c").input = {said(Role::System, "Be kind."), ask};
        script.content("c").output = {said(Role::Assistant, "Perhaps.")};
        compare(told(script), {"0 system: Be kind.", "0 user: Is it open?", "0 assistant: Yes.", "1 system: Be strict.",
                               "1* user: Is it open?", "1 assistant: No.", "2* system: Be kind.",
                               "2* user: Is it open?", "2 assistant: Perhaps."});
    }

    void aLogTellsOneConversationSpanBySpan()
    {
        TraceScript script("t session - agent 0-100 session=s\n"
                           "t ask session other 1-1 session=s\n"
                           "t call session model 1-10 session=s\n"
                           "t run session tool 10-20 session=s tool=ls\n"
                           "t answer session model 20-30 session=s\n"
                           "t thanks session other 40-40 session=s\n");
        script.content("ask").input = {said(Role::User, "What is there?")};
        script.content("call").output = {asked("ls", "1", "{}")};
        script.content("run").toolArguments = "{ }";
        script.content("run").toolResult = "a.txt";
        script.content("answer").output = {said(Role::Assistant, "a.txt is there.")};
        script.content("session").output = {said(Role::Assistant, "a.txt is there.")};
        script.content("thanks").input = {said(Role::User, "Thanks")};
        compare(told(script), {"0 user: What is there?", "0 assistant: {}", "0 tool: a.txt",
                               "0 assistant: a.txt is there.", "0 user: Thanks"});
    }

    void aResultInSpanAndMessageStandsOnce()
    {
        TraceScript script("t a - model 0-10\n"
                           "t run - tool 11-15\n"
                           "t walk - tool 11-12\n"
                           "t b - model 20-30\n");
        const Message ask = said(Role::User, "Go");
        script.content("a").input = {ask};
        script.content("a").output = {asked("run", "1", "{\"n\":1}"), asked("walk", "2", "{\"n\":2}")};
        script.content("run").toolArguments = "{\"n\": 1}";
        script.content("run").toolResult = "ran";
        script.content("walk").toolResult = "walked";
        script.content("b").input = {ask, asked("run", "1", "{\"n\":1}"), asked("walk", "2", "{\"n\":2}"),
                                     returned("1", "ran"), returned("2", "walked")};
        compare(told(script),
                {"0 user: Go", "0 assistant: {\"n\":1}", "0 assistant: {\"n\":2}", "0 tool: walked", "0 tool: ran"});
    }

    void whatRunsWithinAToolCallIsAThreadOfItsOwn()
    {
        TraceScript script("t session - agent 0-100 session=s\n"
                           "t ask session other 1-1 session=s\n"
                           "t task session tool 5-50 session=s\n"
                           "t prompt task other 6-6 session=s\n"
                           "t inner task model 7-20 session=s\n"
                           "t outer session model 60-70 session=s\n");
        script.content("ask").input = {said(Role::User, "Find it")};
        script.content("task").toolArguments = "look for it";
        script.content("task").toolResult = "found";
        script.content("prompt").input = {said(Role::User, "look for it")};
        script.content("inner").output = {said(Role::Assistant, "found")};
        script.content("outer").output = {said(Role::Assistant, "Here it is")};
        compare(told(script), {"0 user: Find it", "0 assistant: look for it", "1 user: look for it",
                               "1 assistant: found", "0 tool: found", "0 assistant: Here it is"});
    }

    void authorsAreOfTheMessageElseOfTheSpan()
    {
        TraceScript script("t a - model 0-10 agent=clerk\n");
        Message named = said(Role::User, "Hello");
        named.name = "mia";
        script.content("a").input = {named};
        script.content("a").output = {said(Role::Assistant, "Hello Mia")};
        ScriptedTrace trace(script, 0);
        const Conversation conversation = conversationOf(trace);
        QCOMPARE(std::string(conversation.turns[0].author), std::string("mia"));
        QCOMPARE(std::string(conversation.turns[1].author), std::string("clerk"));
        const FindingPlace place = placeOf(conversation.turns[1], 6, 9);
        QCOMPARE(place.quote, std::string("Mia"));
        QCOMPARE(place.from, 6);
        QCOMPARE(place.to, 9);
        QCOMPARE(place.text.of, TextPlace::Of::Output);
    }

    void spansWithoutTimesKeepTheirOrder()
    {
        TraceScript script("t a - other -\n"
                           "t b - model -\n"
                           "t c - other -\n");
        script.content("a").input = {said(Role::User, "One")};
        script.content("b").output = {said(Role::Assistant, "Two")};
        script.content("c").input = {said(Role::User, "Three")};
        compare(told(script), {"0 user: One", "0 assistant: Two", "0 user: Three"});
    }
};

QTEST_APPLESS_MAIN(TestConversation)
#include "tst_conversation.moc"
