// layers: core analysis
#include "stopbucket.h"
#include "streamscript.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// "bucket rule", with "!" where the word says something else.
QString told(const SpanStop& stop)
{
    return QString::fromStdString(std::string(name(stop.bucket)) + ' ' + std::string(stop.rule)) +
           (stop.disagrees ? QStringLiteral("!") : QString());
}

std::vector<SpanStop> stopsIn(TraceScript& script)
{
    ScriptedTrace trace(script, 0);
    return trace.stops();
}

QStringList allIn(TraceScript& script)
{
    QStringList all;
    for (const SpanStop& stop : stopsIn(script))
        all << told(stop);
    return all;
}

/// One call with one answer.
SpanStop answered(const std::string& facts, std::vector<Message> output)
{
    TraceScript script("t a - model 0-10 " + facts + '\n');
    script.content("a").output = std::move(output);
    return stopsIn(script).at(0);
}

QString text(const std::string& facts, std::string answer)
{
    return told(answered(facts, {said(Role::Assistant, std::move(answer))}));
}

Attribute setting(const char* key, const char* value)
{
    return {key, value, AttributeType::Number};
}

const std::string whole = "The tent weighs 2.1 kg. It comes with eight pegs.";
const std::string cutOff = "The tent weighs 2.1 kg. It comes with eight pegs and a";
const std::string refusal = "I'm sorry, but I cannot help with that. It would be illegal.";

} // namespace

class TestStopBucket : public QObject
{
    Q_OBJECT

private slots:
    /// The reasons of Google's protocol buffers, where somebody wrote down their numbers.
    void numbers()
    {
        const auto told = [](const char* facts) { return text(std::string("stop=") + facts, whole); };
        QCOMPARE(told("1 provider=gcp.gemini"), "complete ends_whole");
        QCOMPARE(told("2 provider=vertex_ai"), "budget_cut length_word");
        QCOMPARE(told("[3] model=gemini-2.0-flash"), "declined declining_word");
        QCOMPARE(told("4 provider=google"), "declined declining_word");
        QCOMPARE(told("7 provider=google"), "declined declining_word");
        // Where the versions differ, and where nobody says whose number it is.
        QCOMPARE(told("9 provider=google"), "unknown unlisted_word");
        QCOMPARE(told("1 provider=openai"), "unknown unlisted_word");
        QCOMPARE(told("1"), "unknown unlisted_word");
        QCOMPARE(told("STOP provider=google"), "complete ends_whole");
    }

    void wordsAlone_data()
    {
        QTest::addColumn<QString>("facts");
        QTest::addColumn<QString>("bucket");
        QTest::newRow("error") << "stop=ERROR"
                               << "external_stop provider_error";
        QTest::newRow("failed") << "status=error"
                                << "external_stop provider_error";
        QTest::newRow("cancelled") << "stop=USER_CANCEL"
                                   << "external_stop cancelled";
        QTest::newRow("status") << "status=cancelled"
                                << "external_stop cancelled";
        QTest::newRow("timeout") << "stop=TIMEOUT"
                                 << "external_stop timed_out";
        QTest::newRow("type") << "status=error error=ReadTimeout"
                              << "external_stop timed_out";
        QTest::newRow("quota") << "status=error error=insufficient_quota"
                               << "external_stop run_limit";
        QTest::newRow("turns") << "stop=error_max_turns"
                               << "external_stop run_limit";
        QTest::newRow("filter") << "stop=SAFETY"
                                << "declined declining_word";
        QTest::newRow("guardrail") << "stop=guardrail_intervened"
                                   << "declined declining_word";
        QTest::newRow("recitation") << "stop=RECITATION"
                                    << "declined declining_word";
        QTest::newRow("length") << "stop=max_tokens"
                                << "budget_cut length_word";
        QTest::newRow("window") << "stop=model_length"
                                << "budget_cut context_word";
        QTest::newRow("tools") << "stop=tool_use"
                               << "handoff tool_call";
        QTest::newRow("pause") << "stop=pause_turn"
                               << "handoff pause_word";
        QTest::newRow("malformed") << "stop=MALFORMED_FUNCTION_CALL"
                                   << "handoff malformed_call";
        QTest::newRow("repetition") << "stop=repetition"
                                    << "degenerate_loop repetition_word";
        QTest::newRow("complete") << "stop=end_turn"
                                  << "unknown no_evidence";
        QTest::newRow("nothing") << ""
                                 << "unknown no_evidence";
        QTest::newRow("other") << "stop=OTHER"
                               << "unknown unlisted_word";
    }
    void wordsAlone()
    {
        QFETCH(QString, facts);
        QFETCH(QString, bucket);
        TraceScript script("t a - model 0-10 " + facts.toStdString() + '\n');
        QCOMPARE(allIn(script), QStringList{bucket});
    }

    void endsThatAreNoCuts()
    {
        const QString complete = "complete ends_whole";
        const std::string verse = "The night was long, the tent was small\nThe rain came in at three\n"
                                  "And of the pegs, we lost them all\nThe last one went to you";
        QCOMPARE(text("stop=stop", verse), complete);
        QCOMPARE(text("stop=stop", verse + "\nBut when the sun came up at last, the"),
                 "silent_truncation mid_sentence!");
        QCOMPARE(text("stop=stop", "It means: \"I understand only the station."), complete);
        QCOMPARE(text("stop=stop", "It means that \"I understand only the"), "silent_truncation open_structure!");
    }

    /// What is declined is a thing that was asked for, by whatever rule; who only lacks something asks for it.
    void declinedOrAskedFor()
    {
        const QString declined = "declined refusal_in_prose!";
        const QString complete = "complete ends_whole";
        QCOMPARE(text("stop=stop", "I'm sorry, but I cannot cancel single items of an order."), declined);
        QCOMPARE(text("stop=stop", "Unfortunately, without travel insurance, I cannot cancel it."), declined);
        QCOMPARE(text("stop=stop", "Unfortunately, I cannot cancel it without the reservation ID."), complete);
        QCOMPARE(text("stop=stop", "I'm unable to proceed without your user ID. What is it?"), complete);
        QCOMPARE(text("stop=stop", "I can't look into it until you confirm your email."), complete);
    }

    void whatTheTextSays()
    {
        QCOMPARE(text("stop=stop", whole), "complete ends_whole");
        QCOMPARE(text("", whole), "complete ends_whole");
        QCOMPARE(text("stop=eager_stop", whole), "unknown unlisted_word");
        QCOMPARE(text("stop=stop", cutOff), "silent_truncation mid_sentence!");
        QCOMPARE(text("", cutOff), "silent_truncation mid_sentence");
        QCOMPARE(text("stop=length", cutOff), "budget_cut length_word");
        QCOMPARE(text("stop=stop", "Here it is:\n\n```json\n{\"a\": 1,"), "silent_truncation open_code!");
        QCOMPARE(text("stop=stop", "{\"name\": \"tent\", \"weight\": 2."), "silent_truncation open_json!");
        QCOMPARE(text("stop=stop", "{\"name\": \"tent\", \"weight\": 2.1}"), "complete ends_whole");
        QCOMPARE(text("stop=stop", "It has five parts. The parts are (see the list"),
                 "silent_truncation open_structure!");
        QCOMPARE(text("stop=end_turn", "Do these three steps:\n1. Dry it.\n2. Roll it."),
                 "silent_truncation missing_items!");
        QCOMPARE(text("stop=end_turn", refusal), "declined refusal_in_prose!");
        QCOMPARE(text("stop=refusal", refusal), "declined declining_word");
        QCOMPARE(text("stop=length", refusal), "declined refusal_in_prose!");
        QCOMPARE(text("stop=stop", "As an AI, I do not have personal opinions, but I can compare the two. The first is "
                                   "lighter."),
                 "complete ends_whole");
        QCOMPARE(text("stop=stop_sequence", cutOff), "complete ends_whole");
        QCOMPARE(text("stop=tool_use", whole), "complete ends_whole!");
        QCOMPARE(text("stop=stop", "billing"), "complete ends_whole");
        QCOMPARE(text("stop=stop", "A new buckle is on its way to you, free of cha"),
                 "silent_truncation mid_sentence!");
        QCOMPARE(text("stop=stop", "tents, poles and pegs of the north range"), "complete ends_whole");
    }

    /// Without a full stop, and whole.
    void endsThatPeopleWrite()
    {
        for (const char* answer :
             {"The file is there. Active hook executed", "Count them: it is in three places. st(r)awbe(r)(r)y",
              "Both are met. The final assessment is as follows:\n\nGRADE: C",
              "\"We do not solve it with the thinking that made it.\" by Albert Einstein",
              "It depends. Compare:\n\n- If both look different, it is the terminal that differs",
              "The sum is there. Final answer: $\\boxed{3}$",
              "Done. It has:\n\n- 6 builder tests\n- 4 view tests and 1 live test", "How to dry a tent in the rain"})
            QVERIFY2(text("stop=stop", answer) == "complete ends_whole", answer);
    }

    void loops()
    {
        std::string loop = "The parcel is on its way. ";
        for (int i = 0; i < 11; ++i)
            loop += "We will check the parcel again and tell you at once what it says. ";
        QCOMPARE(text("stop=STOP", loop), "degenerate_loop repeated_text!");
        QCOMPARE(text("stop=length", loop), "degenerate_loop repeated_text!");
        // What goes on behind it is no loop.
        for (int day = 2; day < 9; ++day)
            loop += "On day " + std::to_string(day) + " of March the van number " + std::to_string(7 * day) +
                    (day % 2 == 0 ? " left Leeds early; snow held it up.\n" : " came back with what nobody took.\n");
        QCOMPARE(text("stop=stop", loop), "complete ends_whole");
    }

    void budgets()
    {
        const auto limited = [](std::int64_t output, const char* key, const char* value, std::string answer) {
            TraceScript script("t a - model 0-10 stop=stop\n");
            SpanContent& content = script.content("a");
            content.output = {said(Role::Assistant, std::move(answer))};
            content.usage.input = 7'000;
            content.usage.output = output;
            content.attributes = {setting(key, value)};
            return allIn(script).at(0);
        };
        QCOMPARE(limited(256, "gen_ai.request.max_tokens", "256", cutOff), "budget_cut token_limit!");
        QCOMPARE(limited(255, "gen_ai.request.max_tokens", "256", whole), "complete ends_whole");
        QCOMPARE(limited(256, "llm.invocation_parameters", "{\"temperature\":0,\"max_tokens\": 256}", cutOff),
                 "budget_cut token_limit!");
        QCOMPARE(limited(1'000, "model_context_window", "8000", cutOff), "budget_cut window_full!");
        QCOMPARE(limited(1'000, "model_context_window", "8000", whole), "complete ends_whole");
        QCOMPARE(limited(100, "model_context_window", "8000", cutOff), "silent_truncation mid_sentence!");
        QVERIFY(answered("stop=length", {said(Role::Assistant, whole)}).has(StopFlag::LooksWhole));
        QVERIFY(answered("stop=length", {said(Role::Assistant, "```\nint main(")}).has(StopFlag::MidStructure));
        QVERIFY(!answered("stop=length", {said(Role::Assistant, cutOff)}).has(StopFlag::LooksWhole));
    }

    /// Words of vendors that have none for calls are no disagreement.
    void completeWhereNoWordIsForCalls()
    {
        const auto calling = [](const char* facts) {
            return told(answered(facts, {asked("get_order", "c1", "{\"id\": 4}")}));
        };
        QCOMPARE(calling("stop=stop provider=openai"), "handoff tool_call!");
        QCOMPARE(calling("stop=stop provider=ollama"), "handoff tool_call");
        QCOMPARE(calling("stop=1 provider=google"), "handoff tool_call");
        QCOMPARE(calling("stop=FinishReason.STOP model=gemini-2"), "handoff tool_call");
        TraceScript script("t a - model 0-10 stop=stop\n");
        script.content("a").output = {asked("get_order", "c1", "{}")};
        script.content("a").attributes.push_back({"url.full", "http://127.0.0.1:11434/api/chat", AttributeType::Text});
        QCOMPARE(told(stopsIn(script).at(0)), "handoff tool_call");
    }

    void handoffs()
    {
        const SpanStop stop = answered("stop=STOP", {asked("get_order", "c1", "{\"id\": 4}")});
        QCOMPARE(told(stop), "handoff tool_call");
        QVERIFY(stop.has(StopFlag::Unanswered) && !stop.has(StopFlag::MalformedCall));
        QCOMPARE(told(answered("stop=end_turn", {asked("get_order", "c1", "{}")})), "handoff tool_call!");
        QVERIFY(answered("stop=tool_use", {asked("get_order", "c1", "{\"id\": ")}).has(StopFlag::MalformedCall));
        QVERIFY(!answered("stop=tool_use", {asked("bash", "c1", "ls -l")}).has(StopFlag::MalformedCall));
        TraceScript script("t a - model 0-10 stop=tool_use\n"
                           "t b - tool 11-12\n"
                           "t c - model 20-30 stop=end_turn\n");
        script.content("a").output = {asked("get_order", "c1", "{}")};
        script.content("c").input = {returned("c1", "{\"id\": 4}")};
        script.content("c").output = {said(Role::Assistant, whole)};
        const auto all = stopsIn(script);
        QCOMPARE(all.size(), 2u);
        QVERIFY(!all[0].has(StopFlag::Unanswered));
        QCOMPARE(told(all[1]), "complete ends_whole");
    }

    void toolsOfTheProvider()
    {
        Message answer = asked("web_search", "s1", "{\"query\": \"tents\"}");
        answer.parts.push_back(returned("s1", "[]").parts[0]);
        answer.parts.push_back(said(Role::Assistant, whole).parts[0]);
        QCOMPARE(told(answered("stop=end_turn", {answer})), "complete ends_whole");
        // Its result is not written down, but the answer goes on behind it.
        answer.parts.erase(answer.parts.begin() + 1);
        QCOMPARE(told(answered("stop=completed", {answer})), "complete ends_whole");
        QCOMPARE(told(answered("stop=tool_use", {answer})), "handoff tool_call");
    }

    void callsThatAreNotWrittenDown()
    {
        TraceScript script("t a - model 0-10 stop=tool_use\n"
                           "t b - tool 11-12\n"
                           "t c - model 20-30 stop=end_turn\n");
        script.content("a").output = {said(Role::Assistant, "I look it up.")};
        script.content("c").output = {said(Role::Assistant, whole)};
        QCOMPARE(allIn(script), QStringList({"handoff tool_call", "complete ends_whole"}));
    }

    void equalCalls()
    {
        std::string lines;
        for (int i = 0; i < 6; ++i)
            lines += "t m" + std::to_string(i) + " - model " + std::to_string(100 * i) + '-' +
                     std::to_string(100 * i + 9) + " stop=tool_use\n";
        const auto repeated = [&](auto resultOf) {
            TraceScript script(lines);
            for (int i = 0; i < 6; ++i) {
                const std::string id = "m" + std::to_string(i);
                script.content(id).output = {asked("track_parcel", "c" + std::to_string(i), "{\"id\": \"P1\"}")};
                if (i > 0)
                    script.content(id).input = {returned("c" + std::to_string(i - 1), resultOf(i - 1))};
            }
            return allIn(script);
        };
        const QString handoff = "handoff tool_call";
        const QString loop = "degenerate_loop repeated_call!";
        QCOMPARE(repeated([](int) { return std::string("{\"error\": \"503\"}"); }),
                 QStringList({handoff, handoff, handoff, loop, loop, loop}));
        QCOMPARE(repeated([](int i) { return "{\"progress\": " + std::to_string(i) + '}'; }),
                 QStringList({handoff, handoff, handoff, handoff, handoff, handoff}));
    }

    void promisesAndFalseClaims()
    {
        const auto second = [](std::string tool, std::string result, std::string answer) {
            TraceScript script("t a - model 0-10 stop=tool_use\n"
                               "t b - model 20-30 stop=end_turn\n");
            script.content("a").output = {asked(tool, "c1", "{}")};
            script.content("b").input = {returned("c1", std::move(result))};
            script.content("b").output = {said(Role::Assistant, std::move(answer))};
            return allIn(script).at(1);
        };
        QCOMPARE(second("get_order", "{\"id\": 4}", "I have cancelled your order."),
                 "false_completion action_without_call!");
        QCOMPARE(second("cancel_order", "{\"error\": \"too late\"}", "Your order has been cancelled."),
                 "false_completion success_after_error!");
        QCOMPARE(second("cancel_order", "{\"status\": \"cancelled\"}", "I have cancelled your order."),
                 "complete ends_whole");
        QCOMPARE(second("get_order", "{\"id\": 4}", "The order is there. Let me check the logs."),
                 "silent_truncation promised_action!");
        // Without any tool in the trace nothing shows that it could have been done.
        QCOMPARE(text("stop=stop", "The order is there. Let me check the logs."), "complete ends_whole");
    }

    void streams()
    {
        const auto streamed = [](const std::string& facts, const char* script, std::string answer) {
            TraceScript trace("t a - model 0-10 flag=streamed " + facts + '\n');
            trace.content("a").output = {said(Role::Assistant, std::move(answer))};
            trace.streams.emplace(rowNamed(trace.corpus, "a"), analysed(streamOf(script), {}, {}));
            return allIn(trace).at(0);
        };
        QCOMPARE(streamed("", "0 start\n10 chunk The_tent_weighs\n", "The tent weighs"),
                 "external_stop no_terminal_event");
        QCOMPARE(
            streamed("stop=stop", "0 start\n10 chunk The_tent_weighs_2_kg.\n20 stop stop\n", "The tent weighs 2 kg."),
            "complete ends_whole");
        QCOMPARE(streamed("", "0 start\n10 chunk The_tent\n20 error overloaded\n", "The tent"),
                 "external_stop provider_error");
    }

    void refusalsOfTheVendor()
    {
        Message message = said(Role::Assistant, "I can't help with that.");
        message.parts[0].kind = PartKind::Refusal;
        const SpanStop stop = answered("stop=stop", {message});
        QCOMPARE(told(stop), "declined refusal_part!");
        QVERIFY(stop.has(StopFlag::PolicyRefusal));
    }

    void conflictsStayVisible()
    {
        const SpanStop stop = answered("stop=length", {said(Role::Assistant, refusal)});
        QVERIFY((stop.also & bitOf(StopRuleId::LengthWord)) != 0);
        const SpanStop cut = answered("stop=stop", {said(Role::Assistant, cutOff)});
        QCOMPARE(cut.place, (TextPlace{TextPlace::Of::Output, 0, 0}));
        QCOMPARE(cut.to, static_cast<std::int32_t>(cutOff.size()));
        QVERIFY(cut.from > 0);
        QCOMPARE(cut.also, 0u);
    }

    void nothingSaid()
    {
        const SpanStop stop = answered("stop=end_turn", {said(Role::Assistant, "")});
        QCOMPARE(told(stop), "complete ends_whole");
        QVERIFY(stop.has(StopFlag::NothingSaid));
        QCOMPARE(told(answered("", {said(Role::Assistant, "")})), "unknown no_evidence");
    }

    void runs()
    {
        TraceScript script("t run - agent 0-100 stop=success\n"
                           "t a run model 0-10 stop=stop\n"
                           "t limited - agent 200-300 stop=exit_cost\n"
                           "t failed - agent 400-500 status=error error=MaxTurnsExceeded\n"
                           "t silent - agent 600-700\n"
                           "t untold - agent 800-900 status=error\n"
                           "t submitted - agent 1000-1100 stop=submitted\n"
                           "t b submitted model 1000-1010\n");
        script.content("b").output = {asked("submit", "c1", "{}")};
        script.content("a").output = {said(Role::Assistant, cutOff)};
        const auto all = stopsIn(script);
        QStringList lines;
        for (const SpanStop& stop : all)
            lines << QString::fromStdString(std::string(script.corpus.text(SpanText::Name, stop.row))) + ' ' +
                         told(stop);
        lines.sort();
        QCOMPARE(lines, QStringList({"a silent_truncation mid_sentence!", "b handoff tool_call",
                                     "failed external_stop run_limit", "limited external_stop run_limit",
                                     "run silent_truncation mid_sentence!", "submitted complete ends_whole",
                                     "untold unknown no_evidence"}));
    }

    void everyClaimAgainstEveryBucket()
    {
        for (int bucket = 0; bucket < stopBucketCount; ++bucket) {
            QVERIFY(!disagrees(StopClaim::NotRecorded, "", static_cast<StopBucket>(bucket)));
            QVERIFY(!disagrees(StopClaim::Unknown, "OTHER", static_cast<StopBucket>(bucket)));
        }
        QVERIFY(!disagrees(StopClaim::Complete, "STOP", StopBucket::Handoff));
        QVERIFY(!disagrees(StopClaim::Complete, "completed", StopBucket::Handoff));
        QVERIFY(disagrees(StopClaim::Complete, "stop", StopBucket::Handoff));
        QVERIFY(disagrees(StopClaim::Length, "length", StopBucket::DegenerateLoop));
        QVERIFY(!disagrees(StopClaim::Malformed, "repetition", StopBucket::DegenerateLoop));
        QVERIFY(disagrees(StopClaim::RunLimit, "exit_cost", StopBucket::Complete));
    }
};

QTEST_APPLESS_MAIN(TestStopBucket)
#include "tst_stopbucket.moc"
