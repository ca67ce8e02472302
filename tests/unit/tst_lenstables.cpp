// layers: core analysis
#include "answerfacts.h"
#include "lensscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// What every result has to keep, and the result.
LensResult soundLens(std::string_view name, TraceScript& script, const LensBeside& beside = {})
{
    LensResult result = lensOf(name, script, beside);
    const std::string fault = faultIn(*lensNamed(name), result, script.corpus);
    if (!fault.empty())
        qFatal("%s", fault.c_str());
    return result;
}

const char* const shopPrompt = "You are Harbor, the support agent.\n\nBe short.\n\nRefunds need an order.";

} // namespace

class TestLensTables : public QObject
{
    Q_OBJECT

private slots:
    void spreadOfAnswersToOneInput()
    {
        TraceScript script("t1 a - model 0-10 model=m\nt2 b - model 1000-1010 model=m\nt3 c - model 2000-2010 model=m\n"
                           "t4 d - model 3000-3010 model=m\nt5 e - model 4000-4010 model=m session=s\n"
                           "t6 f - model 5000-5010 model=m session=s\n");
        for (const char* span : {"a", "b", "c"})
            script.content(span).input = {said(Role::User, "Where is my parcel?")};
        script.content("d").input = {said(Role::User, "Another question")};
        script.content("a").output = {said(Role::Assistant, "It is in Leeds.")};
        script.content("b").output = {said(Role::Assistant, "It is in Leeds.")};
        script.content("c").output = {said(Role::Assistant, "- Leeds\n- or Hull, nobody knows")};
        script.content("d").output = {said(Role::Assistant, "An answer")};
        // Of a session log only what is new is recorded: two turns "go on" are not the same input.
        script.content("e").input = {said(Role::User, "go on")};
        script.content("f").input = {said(Role::User, "go on")};
        script.content("e").output = {said(Role::Assistant, "One")};
        script.content("f").output = {said(Role::Assistant, "Two")};
        const LensResult result = soundLens("output-spread", script);
        QCOMPARE(result.n, 3u);
        QCOMPARE(result.table.rows.size(), 1u);
        QCOMPARE(cellOf(result, 0, "answers"), "3");
        QCOMPARE(cellOf(result, 0, "different"), "2");
        QCOMPARE(cellOf(result, 0, "forms"), "list 1, prose 2");
        QCOMPARE(cellOf(result, 0, "least"), "15");
        QCOMPARE(cellOf(result, 0, "first"), "1970-01-01T00:00:00Z");
        QCOMPARE(cellOf(result, 0, "last"), "1970-01-01T00:00:02Z");
        QCOMPARE(missingIn(result), std::vector<std::string>{"messages 2/6"});
    }

    void forksOfSystemPrompts()
    {
        TraceScript script("t1 a - model 0-1 tenant=acme\nt2 b - model 2-3 tenant=acme\nt3 c - model 4-5 tenant=zeta\n"
                           "t4 d - model 6-7\nt5 e - model 8-9\n");
        const auto give = [&](const char* span, const std::string& system) {
            script.content(span).input = {said(Role::System, system), said(Role::User, "hello")};
        };
        give("a", shopPrompt);
        give("b", shopPrompt);
        give("c", std::string(shopPrompt) + "\n\nNever say “sorry”.");
        give("d", "You judge answers.\n\nSay pass or fail.");
        script.content("e").input = {said(Role::User, "hello")};
        const LensResult result = soundLens("prompt-forks", script);
        QCOMPARE(result.n, 4u);
        QCOMPARE(result.table.rows.size(), 3u);
        QCOMPARE(cellOf(result, 0, "prompt"), "You are Harbor, the support agent.");
        QCOMPARE(cellOf(result, 0, "calls"), "2");
        QCOMPARE(cellOf(result, 0, "tenant"), "acme");
        QCOMPARE(cellOf(result, 1, "common"), "75 %");
        QCOMPARE(cellOf(result, 2, "common"), "0 %");
        QCOMPARE(missingIn(result), std::vector<std::string>{"system prompt 1/5"});
        const auto& nodes = result.charts.front().nodes;
        QCOMPARE(nodes.size(), 4u);
        QCOMPARE(nodes[0].label, "You are Harbor, the support agent. (3 shared passages)");
        QCOMPARE(nodes[0].share, 0.75);
        QCOMPARE(nodes[1].parent, 0);
        QCOMPARE(nodes[1].label, "the same and nothing more");
        QCOMPARE(nodes[2].label, "Never say “sorry”.");
        QCOMPARE(nodes[2].row, 1);
        QCOMPARE(nodes[3].parent, -1);
        QVERIFY(result.sentence.find("3 system prompts in 2 families") != std::string::npos);
    }

    void promptsThatDifferInWhiteSpace()
    {
        TraceScript script("t1 a - model 0-1\nt2 b - model 2-3\nt3 c - model 4-5\n");
        script.content("a").input = {said(Role::System, "Be short.\n\nCite.")};
        script.content("b").input = {said(Role::System, "Be short.\n\n\nCite.")};
        script.content("c").input = {said(Role::System, " ")};
        const LensResult result = soundLens("prompt-forks", script);
        QCOMPARE(result.n, 3u);
        QVERIFY(result.charts.front().nodes[0].label.starts_with("Be short. (2 shared"));
        QCOMPARE(result.charts.front().nodes[1].n, 2u);
    }

    void promptsWhoseFirstParagraphDiffers()
    {
        TraceScript script("t1 a - model 0-1\nt2 b - model 2-3\n");
        script.content("a").input = {said(Role::System, "For Acme.\n\nBe short.\n\nCite.\n\nNo jokes.")};
        script.content("b").input = {said(Role::System, "For Zeta.\n\nBe short.\n\nCite.\n\nNo jokes.")};
        const LensResult result = soundLens("prompt-forks", script);
        QCOMPARE(result.charts.front().nodes.size(), 3u);
        QCOMPARE(result.charts.front().nodes[0].label, "half of the passages in common, the first one differs");
        QVERIFY(result.sentence.find("in 1 family") != std::string::npos);
    }

    void runsThatOverlap()
    {
        TraceScript script("t1 a - agent 0-90000 trigger=cron name=bill\n"
                           "t2 b - agent 60000-70000 trigger=cron name=bill\n"
                           "t3 c - agent 60000-70000 trigger=cron name=mail\n"
                           "t4 d - agent 200000-210000 trigger=cron name=bill\n"
                           "t5 e - agent 0-90000 name=chat\n");
        const LensResult result = soundLens("triggers", script);
        QCOMPARE(result.n, 5u);
        QCOMPARE(cellOf(result, 0, "trigger"), "cron");
        QCOMPARE(cellOf(result, 0, "overlapping"), "50 % (15 to 85, n 4)");
        QCOMPARE(cellOf(result, 0, "longest"), "1 min 30 s");
        QCOMPARE(cellOf(result, 1, "overlapping"), "–");
        QCOMPARE(missingIn(result), std::vector<std::string>{"trigger 1/5"});
        QCOMPARE(result.charts.front().series[1].points.size(), 2u);
        TraceScript untold("t1 a - agent 0-90000\n");
        QVERIFY(soundLens("triggers", untold).sentence.find("none of 1 trace") != std::string::npos);
    }

    void answersOfAWithdrawnVersion()
    {
        TraceScript script(
            "t1 a - model 0-10 prompt=p version=1\nt2 b - model 1000-1010 prompt=p version=2 task=k\n"
            "t3 c - model 2000-2010 prompt=p version=1 task=k\nt4 d - model 3000-3010 prompt=p version=1\n"
            "t5 e - model 4000-4010\n");
        script.content("a").output = {said(Role::Assistant, "A first answer, long enough.")};
        script.content("b").output = {said(Role::Assistant, "We never give refunds to anybody.")};
        script.content("c").input = {said(Role::User, "Refund?"),
                                     said(Role::Assistant, "We never give refunds to anybody."),
                                     said(Role::User, "Really?")};
        script.content("c").output = {said(Role::Assistant, "As I told you before.")};
        script.content("d").input = {said(Role::User, "Hello"), said(Role::Assistant, "A first answer, long enough."),
                                     said(Role::User, "Go on")};
        script.content("d").output = {said(Role::Assistant, "Gladly, here it is.")};
        const LensResult result = soundLens("rolled-back", script);
        QCOMPARE(result.n, 1u);
        QCOMPARE(cellOf(result, 0, "withdrawn"), "2");
        QCOMPARE(cellOf(result, 0, "back"), "1");
        QCOMPARE(cellOf(result, 0, "still"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, 0, "tasks"), "1");
        QCOMPARE(result.table.rows[0].spans, std::vector<Row>{rowNamed(script.corpus, "c")});
        QVERIFY(missingIn(result).front() == "prompt 1/5");

        TraceScript forward("t1 a - model 0-10 prompt=p version=1\nt2 b - model 1000-1010 prompt=p version=2\n"
                            "t3 c - model 2000-2010 prompt=p version=3\n");
        QCOMPARE(soundLens("rolled-back", forward).n, 0u);
    }

    void longConversationsTakeMost()
    {
        std::string lines;
        for (int talk = 0; talk < 4; ++talk) {
            const int calls = talk == 3 ? 6 : 2;
            for (int i = 0; i < calls; ++i)
                lines += "t" + std::to_string(talk) + std::to_string(i) + " s" + std::to_string(talk) +
                         std::to_string(i) + " - model " + std::to_string(i * 1'000) + "-" +
                         std::to_string(i * 1'000 + 10) + " in=" + std::to_string(100 * (i + 1)) + " session=c" +
                         std::to_string(talk) + "\n";
        }
        TraceScript script(lines + "t9 x - model 0-1 in=5\n");
        LensBeside with;
        with.values = {{"least", "1"}};
        const LensResult result = soundLens("turn-costs", script, with);
        QCOMPARE(result.n, 4u);
        QCOMPARE(cellOf(result, 0, "length"), "2 to 3");
        QCOMPARE(cellOf(result, 0, "tokens"), "900");
        QCOMPARE(cellOf(result, 1, "conversations"), "1");
        QCOMPARE(cellOf(result, 1, "tokens"), "2,100");
        QCOMPARE(cellOf(result, 1, "amount_share"), "70 %");
        const LensChart& curve = result.charts.front();
        QCOMPARE(curve.series[0].points.size(), 6u);
        QCOMPARE(curve.series[0].points[0].y, 100.0);
        QCOMPARE(curve.series[0].points[5].y, 2'100.0);
        QCOMPARE(curve.series[1].points[5].y, 600.0);
        // 100, 300, 600, 1,000 … is k(k + 1)/2.
        QVERIFY2(result.sentence.find("with the power 1.7") != std::string::npos, result.sentence.c_str());
        QVERIFY(missingIn(result).front() == "session 1/13");
    }

    void sessionsOfUsers()
    {
        std::string lines;
        for (int user = 0; user < 4; ++user) {
            for (int i = 0; i < (user == 0 ? 3 : 2); ++i)
                lines += "t" + std::to_string(user) + std::to_string(i) + " s" + std::to_string(user) +
                         std::to_string(i) + " - model " + std::to_string(i * 1'000) + "-" +
                         std::to_string(i * 1'000 + 10) + " in=" + std::to_string(100 * (i + 1)) + " user=u" +
                         std::to_string(user) + " session=c" + std::to_string(user) + std::to_string(i) + "\n";
        }
        TraceScript script(lines);
        LensBeside with;
        with.values = {{"metric", "input_tokens"}};
        const LensResult result = soundLens("session-age", script, with);
        QCOMPARE(result.n, 9u);
        QCOMPARE(cellOf(result, 0, "input_tokens"), "100");
        QCOMPARE(cellOf(result, 1, "input_tokens"), "200");
        QCOMPARE(cellOf(result, 2, "input_tokens"), "–"); // one session only
        QCOMPARE(cellOf(result, 2, "users_left"), "25 % (5 to 70, n 4)");
        QVERIFY(std::any_of(result.caveats.begin(), result.caveats.end(),
                            [](const std::string& text) { return text.starts_with("Survivors: 4 users"); }));
        with.values = {{"metric", "input_tokens"}, {"users", "3"}, {"least", "1"}};
        QCOMPARE(soundLens("session-age", script, with).n, 3u);
    }

    void thePriceOfCritique()
    {
        TraceScript script("t a - model 0-10 name=draft in=100 out=50 model=m task=k\n"
                           "t b - model 20-30 name=critic in=200 out=20 model=m task=k\n"
                           "t c - model 40-50 name=reviser in=300 out=50 model=m task=k\n");
        const std::string draft = "The ferry to Hull leaves at nine, and the train to Leeds leaves at ten from there.";
        const std::string review = "The draft does not say on which days. Please name the days of both.";
        for (const char* span : {"draft", "critic", "reviser"})
            QVERIFY(rowNamed(script.corpus, span) != noRow);
        script.content("draft").input = {said(Role::User, "Write about the ferry.")};
        script.content("draft").output = {said(Role::Assistant, draft)};
        script.content("critic").input = {said(Role::User, "Criticise this draft: " + draft)};
        script.content("critic").output = {said(Role::Assistant, review)};
        script.content("reviser").input = {said(Role::User, "Draft: " + draft + "\nCritique: " + review)};
        script.content("reviser").output = {said(Role::Assistant, draft)};
        const LensResult result = soundLens("critique-tax", script);
        QCOMPARE(result.n, 1u);
        QCOMPARE(cellOf(result, 0, "tokens"), "570");
        QCOMPARE(cellOf(result, 0, "token_share"), "79 %");
        QCOMPARE(cellOf(result, 0, "changed"), "0 %");
        QCOMPARE(result.table.rows[0].spans.size(), 3u);
        QVERIFY(result.sentence.find("100 % (1 of 1) of the revisions changed no word") != std::string::npos);
    }

    void rescuesAndTheCleanPath()
    {
        TraceScript script("t1 a - model 0-10 requested=gpt-4o model=gpt-4o-mini task=k\n"
                           "t2 b - model 20-30 requested=gpt-4o model=gpt-4o-2024-08-06 task=k\n"
                           "t3 c - model 20-30 requested=gpt-4o model=gpt-4o task=l\n");
        for (const char* span : {"a", "b", "c"})
            script.content(span).output = {said(Role::Assistant, "An answer that is whole.")};
        const LensResult result = soundLens("rescue-rate", script);
        QCOMPARE(result.n, 3u);
        QCOMPARE(cellOf(result, rowOf(result, "other model"), "traces"), "33 % (6 to 79, n 3)");
        QCOMPARE(cellOf(result, rowOf(result, "none: the clean path"), "traces"), "67 % (21 to 94, n 3)");
        QVERIFY2(result.sentence.find("Of the named tasks 50 % (1 of 2) needed none.") != std::string::npos,
                 result.sentence.c_str());
    }

    void formsOfAnswers()
    {
        using enum AnswerForm;
        QCOMPARE(formOf("", false), Nothing);
        QCOMPARE(formOf("A sentence.", false), Prose);
        QCOMPARE(formOf("A sentence.", true), BrokenJson);
        QCOMPARE(formOf("{\"a\": [1, 2]}", false), WholeJson);
        QCOMPARE(formOf("```json\n{\"a\": 1}\n```", false), WholeJson);
        QCOMPARE(formOf("```json\n{\"a\": 1\n```", false), BrokenJson);
        QCOMPARE(formOf("{\"a\": 1", false), BrokenJson);
        QCOMPARE(formOf("{curly} is the way to write it.", false), Prose);
        QCOMPARE(formOf("[Note] This is prose.", false), Prose);
        QCOMPARE(formOf("Here:\n- one\n- two\n- three", false), List);
        QCOMPARE(formOf("1. one\n2. two", false), List);
        QCOMPARE(formOf("2026 was a good year.", false), Prose);
        QCOMPARE(formOf("| a | b |\n|---|---|\n| 1 | 2 |", false), TableRows);
        QCOMPARE(formOf("```cpp\nint a;\nint b;\n```", false), Code);
    }

    void sketchesTellSimilarTexts()
    {
        const WordSketch a = sketchOf("The parcel is in Leeds, and comes tomorrow before noon.");
        QCOMPARE(similarity(a, sketchOf("the PARCEL is in Leeds and comes tomorrow, before noon")), 1.0);
        QVERIFY(similarity(a, sketchOf("Nothing here has any word of that other text at all")) < 0.25);
        QVERIFY(sketchOf("…") == WordSketch{} || similarity(a, sketchOf("…")) < 0.25);
    }

    void factsKeepEverything()
    {
        CallFacts call;
        call.row = 7;
        call.system = 0xfedcba9876543210u;
        call.input = 2;
        call.output = 3;
        call.characters = 0;
        call.calls = 4;
        call.form = AnswerForm::List;
        call.sketch = sketchOf("some words");
        call.history = {5, 6};
        call.said = 9;
        const auto again = callFactsOf(factOf(call));
        QVERIFY(again.has_value());
        QCOMPARE(again->row, call.row);
        QCOMPARE(again->system, call.system);
        QCOMPARE(again->characters, 0);
        QCOMPARE(again->calls, 4);
        QCOMPARE(again->form, call.form);
        QVERIFY(again->sketch == call.sketch);
        QCOMPARE(again->history, call.history);
        QCOMPARE(again->said, call.said);
        const auto none = callFactsOf(factOf(CallFacts{}));
        QCOMPARE(none->characters, -1);
        QCOMPARE(none->calls, -1);
        for (const char* damaged : {"", "1 2", "x", "1 2 3 4 5 99 7 0", "1 2 3 4 5 1 7 3 1 1 1", "1 2 3 4 5 1 7 0 z"})
            QVERIFY2(!callFactsOf({"call", damaged, {}}), damaged);

        SystemPrompt prompt{11, fragmentsOf("One.\nStill one.\n\n  Two “quoted”.  \n\n\nThree."), 3};
        QCOMPARE(prompt.fragments.size(), 4u);
        QCOMPARE(prompt.fragments[2].begin, "Two “quoted”.");
        const std::string sentence = "This is one sentence of several. ";
        QCOMPARE(fragmentsOf(sentence + sentence + "1. An item.\n" + sentence).size(), 4u);
        const auto prompted = systemPromptOf(factOf(prompt));
        QVERIFY(prompted && prompted->fragments == prompt.fragments && prompted->hash == 11);
        std::string many;
        for (int i = 0; i < 100; ++i)
            many += "Paragraph " + std::to_string(i) + ".\n\n";
        QCOMPARE(fragmentsOf(many).size(), mostFragments);
        QVERIFY(fragmentsOf(many).back().hash != fragmentsOf(many + "More.").back().hash);
    }
};

QTEST_APPLESS_MAIN(TestLensTables)
#include "tst_lenstables.moc"
