// layers: core analysis
// Each badge and each reason, with a run that has it and one that has not.
#include "replayscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

/// With both texts where they differ.
#define COMPARE_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))

namespace
{

const std::string question = "System: You help customers.\nUser: Where is order 4471?\n";
const std::string looked = "Call: get_order {\"id\": 4471}\n";
const std::string answer = "Assistant: It was shipped on Monday.\n";

std::string badges(const std::string& base, const std::string& candidate, bool inputs = false)
{
    return badgesOf(compared(stepsOfRun(base, inputs), stepsOfRun(candidate, inputs)));
}

using Touch = std::function<void(const std::string&, SpanContent&)>;

/// Of two runs with the same steps, the second with other attributes; with its notes.
std::string touched(const std::string& lines, const Touch& base, const Touch& candidate)
{
    return badgesOf(compared(ReplayScript(lines, true, base).steps(), ReplayScript(lines, true, candidate).steps()),
                    true);
}

Touch attribute(const std::string& span, const std::string& key, const std::string& value)
{
    return [=](const std::string& name, SpanContent& content) {
        if (name.starts_with(span))
            content.attributes.push_back({key, value, AttributeType::Text});
    };
}

} // namespace

class TestStepValidity : public QObject
{
    Q_OBJECT

private slots:
    void sameInputsAreEqualWhateverTheIds()
    {
        const std::string run = question + looked + "Result: shipped\n" + answer;
        COMPARE_TEXT(badges(run, run, true), std::string("context-equal\ncontext-equal\n"));
        COMPARE_TEXT(badges(run, run), std::string("context-equal\ncontext-equal\n"));
    }

    /// Given the history of the base, an answer can be judged although an earlier one differs.
    void recordedInputsDecide()
    {
        const std::string first = question + "Assistant: It was shipped on Monday, 3 March.\nUser: Which courier?\n";
        const std::string other = question + "Assistant: It was shipped on Friday, 7 March.\nUser: Which courier?\n";
        const Touch forced = [&](const std::string& name, SpanContent& content) {
            if (name == "m5")
                content.input = {said(Role::User, "Where is order 4471?"),
                                 said(Role::Assistant, "It was shipped on Monday, 3 March."),
                                 said(Role::User, "Which courier?")};
        };
        const ReplayComparison comparison = compared(ReplayScript(first + answer, true, forced).steps(),
                                                     ReplayScript(other + answer, true, forced).steps());
        QVERIFY2(badgesOf(comparison).ends_with("context-equal\n"), badgesOf(comparison).c_str());
    }

    void inputNotRecorded() { COMPARE_TEXT(badges(answer, answer), std::string("partial input_not_recorded\n")); }

    void otherInstructionsAndOtherQuestions()
    {
        const std::string asked = "User: Where is order 4471?\n" + answer;
        COMPARE_TEXT(badges("System: Be kind.\n" + asked, "System: Be brief, and never name 12 couriers.\n" + asked),
                     std::string("partial system_prompt_differs\n"));
        COMPARE_TEXT(badges(question + answer, "System: You help customers.\nUser: Where is order 12?\n" + answer),
                     std::string("partial user_turn_differs\n"));
    }

    void otherWordsBeforeAreTold()
    {
        const std::string end = "User: Thanks. Which courier?\nAssistant: The blue one.\n";
        COMPARE_TEXT(badges(question + "Assistant: On Monday the warehouse shipped your order.\n" + end,
                            question + "Assistant: Your order was shipped on Monday by the warehouse.\n" + end),
                     std::string("context-equal\npartial history_differs\n"));
    }

    void aUserWhoAnsweredTheOtherModel()
    {
        const std::string end = "User: Then send it to Berlin.\nAssistant: It goes to Berlin.\n";
        COMPARE_TEXT(badges(question + "Assistant: The refund for the lamp is $40.\n" + end,
                            question + "Assistant: The refund for the lamp is $55.\n" + end),
                     std::string("context-equal\noff-rails history_differs behind_divergence\n"));
    }

    void aUserWhoAnsweredThisModel()
    {
        QCOMPARE(
            badges(question +
                       "Assistant: The refund for the lamp is $40.\nUser: 40 is too little.\nAssistant: Sorry.\n",
                   question + "Assistant: The refund for the lamp is $55.\nUser: 55 will do.\nAssistant: Sorry.\n"),
            std::string("context-equal\npartial user_turn_differs history_differs behind_divergence\n"));
    }

    void equalCallsWithOtherResults()
    {
        const std::string end = "Assistant: Your parcel was seen.\n";
        COMPARE_TEXT(badges(question + looked + "Result: {\"place\": \"Bonn\"}\n" + end,
                            question + looked + "Result: {\"place\": \"Kiel\"}\n" + end),
                     std::string("context-equal\npartial tool_result_differs\n"));
        const std::string memory = question + "Call: memory_recall {\"key\": \"address\"}\n";
        COMPARE_TEXT(badges(memory + "Result: Bonn\n" + end, memory + "Result: Kiel\n" + end),
                     std::string("context-equal\npartial memory_differs\n"));
    }

    void whatOneRunReadIsGone()
    {
        const std::string end = "Assistant: Your parcel was seen.\n";
        COMPARE_TEXT(badges(question + looked + "Result: {\"place\": \"Bonn\"}\n" + end,
                            question + looked + "Failed: 404 order not found\n" + end),
                     std::string("context-equal effect_gone\nvoid tool_result_differs effect_gone\n"));
        COMPARE_TEXT(badges(question + looked + "Failed: 404 order not found\n" + end,
                            question + looked + "Failed: 404 order not found\n" + end),
                     std::string("context-equal\ncontext-equal\n"));
    }

    void documents()
    {
        const std::string end = "Assistant: You can send it back within a month.\n";
        const Touch nothingSent = [](const std::string& name, SpanContent& content) {
            if (name.starts_with("m"))
                content.input.clear();
        };
        const auto given = [&](const std::string& text) {
            return ReplayScript("Docs: returns.md " + text + "\n" + end, false, nothingSent).steps();
        };
        COMPARE_TEXT(badgesOf(compared(given("thirty days"), given("thirty days"))), std::string("context-equal\n"));
        COMPARE_TEXT(badgesOf(compared(given("thirty days"), given("fourteen days"))),
                     std::string("partial retrieval_differs\n"));
        COMPARE_TEXT(badgesOf(compared(given("thirty days"), ReplayScript(end, false, nothingSent).steps())),
                     std::string("void retrieval_differs document_gone\n"));
        const std::string all = badgesOf(compared(given("thirty days"), given("thirty days")), true);
        QVERIFY2(all.find("retrieval_version_not_recorded") != all.npos, all.c_str());
    }

    void cannedResultsOfAnotherCall()
    {
        const std::string end = "\nResult: {\"place\": \"Bonn\"}\nAssistant: It is in Bonn.\n";
        const Touch stubbed = attribute("t", "tool.mode", "stubbed");
        const ReplayComparison comparison =
            compared(ReplayScript(question + "Call: get_order {\"id\": 1}" + end, true, stubbed).steps(),
                     ReplayScript(question + "Call: get_order {\"id\": 2}" + end, true, stubbed).steps());
        QVERIFY2(badgesOf(comparison).find("off-rails") != std::string::npos, badgesOf(comparison).c_str());
    }

    void howToolsRan()
    {
        const std::string first = question + looked + "Result: {\"place\": \"Bonn\"}\n" + answer;
        const std::string other = question + looked + "Result: {\"place\": \"Kiel\"}\n" + answer;
        const auto notes = [&](const Touch& touch) {
            return badgesOf(
                compared(ReplayScript(first, false, touch).steps(), ReplayScript(other, false, touch).steps()), true);
        };
        QVERIFY(notes(attribute("t", "app.tool_mode", "live")).find("tools_live") != std::string::npos);
        QVERIFY(notes(attribute("t", "tool.mocked", "true")).find("tools_stubbed") != std::string::npos);
        QVERIFY(notes({}).find("tool_mode_not_recorded") != std::string::npos);
    }

    void requests()
    {
        const std::string run = question + answer;
        const auto warm = attribute("m", "gen_ai.request.temperature", "0.7");
        const auto cold = attribute("m", "gen_ai.request.temperature", "0");
        COMPARE_TEXT(touched(run, warm, cold), std::string("partial parameters_differ\n"));
        COMPARE_TEXT(touched(run, warm, warm), std::string("context-equal\n"));
        COMPARE_TEXT(touched(run, {}, {}), std::string("context-equal parameters_not_recorded\n"));
        const auto tool = [](const std::string& name) {
            return attribute("m", "gen_ai.tool.definitions",
                             R"([{"type":"function","function":{"name":")" + name +
                                 R"(","parameters":{"type":"object"}}}])");
        };
        const std::string offered = touched(run, tool("get_order"), tool("find_order"));
        QVERIFY2(offered.find("tool_list_differs") != offered.npos, offered.c_str());
    }

    void versionsOfMemoryAndIndex()
    {
        const std::string run = question + answer;
        const std::string memory =
            badgesOf(compared(ReplayScript(run, false, attribute("m", "memory.snapshot_id", "a")).steps(),
                              ReplayScript(run, false, attribute("m", "memory.snapshot_id", "b")).steps()));
        COMPARE_TEXT(memory, std::string("partial memory_differs\n"));
        const std::string index =
            badgesOf(compared(ReplayScript(run, false, attribute("m", "retrieval.index_version", "1")).steps(),
                              ReplayScript(run, false, attribute("m", "retrieval.index_version", "2")).steps()));
        COMPARE_TEXT(index, std::string("partial retrieval_differs\n"));
    }

    void warmAndColdCaches()
    {
        RunSteps base = stepsOfRun(question + answer);
        RunSteps candidate = base;
        for (auto& [row, call] : base.calls)
            call.cacheRead = 900;
        for (auto& [row, call] : candidate.calls)
            call.cacheRead = 0;
        COMPARE_TEXT(badgesOf(compared(base, candidate)), std::string("partial cache_read_differs\n"));
        COMPARE_TEXT(badgesOf(compared(base, base)), std::string("context-equal\n"));
    }

    void timeBetweenIsTold()
    {
        RunSteps base = stepsOfRun(question + answer);
        RunSteps candidate = base;
        candidate.start = base.start + Nanos(40) * 3'600 * 1'000'000'000;
        const std::string badges = badgesOf(compared(base, candidate), true);
        QVERIFY2(badges.starts_with("context-equal") && badges.find("time_between") != badges.npos, badges.c_str());
    }

    /// Both calls of one answer were asked for with the same input.
    void callsOfOneAnswer()
    {
        const std::string base = question + "Call: get_order {\"id\": 1}\n+Call: get_customer {\"id\": 9}\n";
        const std::string candidate = question + "Call: get_order {\"id\": 2}\n+Call: get_customer {\"id\": 9}\n";
        COMPARE_TEXT(badges(base, candidate), std::string("context-equal\ncontext-equal\n"));
    }
};

QTEST_APPLESS_MAIN(TestStepValidity)
#include "tst_stepvalidity.moc"
