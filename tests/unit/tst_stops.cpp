// layers: core analysis
#include "stoprules.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

Rules rulesIn(TraceScript& script)
{
    return rulesOf(findingsOf(detectorNamed(stopDetector), script));
}

/// One call with that word and answer.
std::vector<Finding> found(const std::string& facts, std::string answer)
{
    TraceScript script("t a - model 0-10 " + facts + '\n');
    script.content("a").output = {said(Role::Assistant, std::move(answer))};
    return findingsOf(detectorNamed(stopDetector), script);
}

Rules rules(const std::string& facts, std::string answer)
{
    return rulesOf(found(facts, std::move(answer)));
}

/// A tool was called, then this is the last answer.
Rules afterTool(std::string answer)
{
    TraceScript script("t a - model 0-10 stop=tool_use\n"
                       "t b - model 20-30 stop=end_turn\n");
    script.content("a").output = {asked("get_order", "c1", "{}")};
    script.content("b").input = {returned("c1", "{\"id\": 4}")};
    script.content("b").output = {said(Role::Assistant, std::move(answer))};
    return rulesIn(script);
}

Rules equalCalls(const std::string& result, int times)
{
    std::string lines;
    for (int i = 0; i < times; ++i)
        lines += "t m" + std::to_string(i) + " - model " + std::to_string(100 * i) + '-' + std::to_string(100 * i + 9) +
                 " stop=tool_use\n";
    lines += "t end - model 90000-90001 stop=end_turn\n";
    TraceScript script(lines);
    for (int i = 0; i < times; ++i) {
        const std::string id = "c" + std::to_string(i);
        script.content("m" + std::to_string(i)).output = {asked("track", id, "{\"id\": 1}")};
        script.content(i + 1 < times ? "m" + std::to_string(i + 1) : "end").input = {
            returned(id, result == "number" ? std::to_string(i) : result)};
    }
    script.content("end").output = {said(Role::Assistant, "It is on its way.")};
    return rulesIn(script);
}

const std::string whole = "The tent weighs 2.1 kg. It comes with eight pegs.";

} // namespace

class TestStops : public QObject
{
    Q_OBJECT

private slots:
    void cutInStructure()
    {
        const Rules fires{"stop.cut_in_structure:finding"};
        QCOMPARE(rules("stop=stop", "Here it is:\n\n```json\n{\"name\": \"tent\","), fires);
        QCOMPARE(rules("stop=end_turn", "{\"name\": \"te"), fires);
        QCOMPARE(rules("stop=end_turn", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | and then the"), fires);
        QCOMPARE(rules("stop=length", "Here it is:\n\n```json\n{\"name\": \"tent\","), Rules{});
        QCOMPARE(rules("stop=stop", "Here it is:\n\n```json\n{\"name\": \"tent\"}\n```"), Rules{});
        QCOMPARE(rules("", "{\"name\": \"te"), Rules{}); // no word says that it is complete
    }

    void cutInSentence()
    {
        QCOMPARE(rules("stop=end_turn", "Dry it first. Put the poles into the sleeves and then the"),
                 Rules{"stop.cut_in_sentence:check"});
        QCOMPARE(rules("stop=end_turn", "It has:\n\n- poles\n- pegs\n- a bag"), Rules{});
        QCOMPARE(rules("stop=stop_sequence", "Dry it first. Put the poles into the sleeves and then the"), Rules{});
    }

    void fewerItems()
    {
        QCOMPARE(rules("stop=end_turn", "Five steps:\n\n1. Dry it.\n2. Roll it.\n3. Pack it."),
                 Rules{"stop.fewer_items:check"});
        QCOMPARE(rules("stop=end_turn", "At least five steps:\n\n1. Dry it.\n2. Roll it.\n3. Pack it."), Rules{});
        QCOMPARE(rules("stop=end_turn", "Three steps:\n\n1. Dry it.\n2. Roll it.\n3. Pack it."), Rules{});
    }

    /// Some sources write the words of a response and its call as two.
    void promisesThatAreKept()
    {
        const auto found = [](const std::vector<Message>& between, const std::vector<Message>& before = {}) {
            TraceScript script("t a - model 0-10 stop=tool_use\nt b - model 20-30 stop=end_turn\n"
                               "t c - model 40-50 stop=tool_use\n");
            script.content("a").output = {asked("get_order", "c1", "{}")};
            script.content("b").input = before.empty() ? std::vector{returned("c1", "{\"id\": 4}")} : before;
            script.content("b").output = {said(Role::Assistant, "Let me check the logs.")};
            script.content("c").input = between;
            script.content("c").output = {asked("read_logs", "c2", "{}")};
            return rulesIn(script);
        };
        QCOMPARE(found({}), Rules{"stop.unanswered:signal"});
        QCOMPARE(found({said(Role::User, "Well?")}), (Rules{"stop.promise:check", "stop.unanswered:signal"}));
        // Each span of one turn repeats the request: nobody spoke in between.
        const std::vector<Message> request{said(Role::User, "What is wrong?")};
        QCOMPARE(found(request, request), Rules{"stop.unanswered:signal"});
        QCOMPARE(found({said(Role::User, "Well?")}, request), (Rules{"stop.promise:check", "stop.unanswered:signal"}));
    }

    void promises()
    {
        QCOMPARE(afterTool("The order is there. Let me check the logs."), Rules{"stop.promise:check"});
        QCOMPARE(afterTool("Which order is it? I'll check its state."), Rules{});
        QCOMPARE(afterTool("Please send me the number. I'll check its state."), Rules{});
        QCOMPARE(afterTool("The order is there. Let me know if it works."), Rules{});
        QCOMPARE(rules("stop=end_turn", "The order is there. Let me check the logs."), Rules{});
    }

    void loops()
    {
        std::string loop = "It is on its way. ";
        for (int i = 0; i < 11; ++i)
            loop += "We will check the parcel again and tell you at once what it says. ";
        QCOMPARE(rules("stop=stop", loop), Rules{"stop.loop:finding"});
        QCOMPARE(rules("stop=length", loop), Rules{"stop.loop:finding"});
        QCOMPARE(rules("stop=repetition", loop), Rules{});
        QCOMPARE(rules("stop=stop", "Row, row, row your boat.\nGently down the stream.\n\nRow, row, row your boat.\n"
                                    "If you see a crocodile, don't forget to scream."),
                 Rules{});
    }

    void equalCallsInARow()
    {
        const Rules twice{"stop.repeated_call:check", "stop.repeated_call:check"};
        QCOMPARE(equalCalls("{\"error\": \"503\"}", 5), twice);
        QCOMPARE(equalCalls("{\"error\": \"503\"}", 3), Rules{});
        QCOMPARE(equalCalls("number", 6), Rules{});
    }

    void refusals()
    {
        const std::string refusal = "I'm sorry, but I cannot help with that.";
        QCOMPARE(rules("stop=end_turn", refusal), Rules{"stop.refusal:check"});
        QCOMPARE(rules("stop=refusal", refusal), Rules{});
        QCOMPARE(rules("stop=end_turn", "I am sorry about the pole. A new one is on its way to you."), Rules{});
    }

    void noCall()
    {
        QCOMPARE(rules("stop=tool_calls", "The tent weighs 2.1 kg."), Rules{"stop.no_call:check"});
        TraceScript script("t a - model 0-10 stop=tool_calls\n"
                           "t b - tool 11-12\n"
                           "t c - model 20-30 stop=stop\n");
        script.content("a").output = {said(Role::Assistant, "I look it up.")};
        script.content("c").output = {said(Role::Assistant, whole)};
        QCOMPARE(rulesIn(script), Rules{});
    }

    void runsThatSayTheyAreDone()
    {
        TraceScript script("t run - agent 0-100 stop=success\n"
                           "t a run model 0-10 stop=max_tokens\n");
        script.content("a").output = {said(Role::Assistant, "Dry it first. Put the poles into the")};
        QCOMPARE(rulesIn(script), Rules{"stop.run:check"});
        script.content("a").output = {said(Role::Assistant, whole)};
        TraceScript fine("t run - agent 0-100 stop=success\n"
                         "t a run model 0-10 stop=end_turn\n");
        fine.content("a").output = {said(Role::Assistant, whole)};
        QCOMPARE(rulesIn(fine), Rules{});
    }

    void unanswered()
    {
        TraceScript script("t a - model 0-10 stop=tool_use\n");
        script.content("a").output = {asked("get_order", "c1", "{}")};
        QCOMPARE(rulesIn(script), Rules{"stop.unanswered:signal"});
        QCOMPARE(afterTool(whole), Rules{});
        TraceScript agent("t a - model 0-10 stop=tool_use\n"
                          "t b a agent 11-20\n"
                          "t c b model 12-19 stop=end_turn\n");
        agent.content("a").output = {asked("Agent", "c1", "{\"prompt\": \"Count the pegs.\"}")};
        agent.content("c").output = {said(Role::Assistant, whole)};
        QCOMPARE(rulesIn(agent), Rules{});
    }

    /// A tool whose arguments are the answer of the run never returns anything.
    void aCallThatIsTheAnswer()
    {
        const auto found = [](const std::string& givenBack) {
            TraceScript script("t run - agent 0-100\n"
                               "t a run model 0-10 stop=tool_use\n");
            script.content("run").output = {said(Role::Assistant, givenBack)};
            script.content("a").output = {
                asked("final_result", "c1", R"({"name": "Two\nperson tent", "note": "weighs 2.1 kg"})")};
            return rulesIn(script);
        };
        QCOMPARE(found(R"({"best": {"note": "weighs 2.1 kg", "name": "Two\nperson tent"}})"), Rules{});
        QCOMPARE(found("Two\nperson tent weighs 2.1 kg"), Rules{});
        QCOMPARE(found(R"({"best": {"note": "weighs 9 kg", "name": "Two\nperson tent"}})"),
                 Rules{"stop.unanswered:signal"});
        QCOMPARE(found(""), Rules{"stop.unanswered:signal"});
    }

    void theExamplesOfTheRules()
    {
        for (const DetectorRule& rule : detectorNamed(stopDetector).rules) {
            QVERIFY(rule.name.starts_with("stop."));
            QVERIFY(!rule.about.empty() && !rule.fires.empty() && !rule.quiet.empty());
        }
    }

    void thePlaceShowsTheCut()
    {
        const std::string text = "Here it is, as you asked for:\n\n```json\n{\"name\": \"tent\",";
        const auto findings = found("stop=stop", text);
        QCOMPARE(findings.size(), 1u);
        const FindingPlace& place = findings[0].places.at(0);
        QCOMPARE(place.quote,
                 text.substr(static_cast<std::size_t>(place.from), static_cast<std::size_t>(place.to - place.from)));
        QCOMPARE(place.marks.size(), 1u);
        QCOMPARE(place.quote.substr(place.marks[0].from, 3), "```");
        QVERIFY(findings[0].what.find("“stop”") != std::string::npos);
    }

    void everyCallIsAFact()
    {
        TraceScript script("t run - agent 0-100 stop=success\n"
                           "t a run model 0-10 stop=tool_use\n"
                           "t b run model 20-30 stop=end_turn\n"
                           "t c run tool 11-12\n");
        script.content("a").output = {asked("get_order", "c1", "{}")};
        script.content("b").output = {said(Role::Assistant, whole)};
        ScriptedTrace trace(script, 0);
        std::vector<TraceFact> facts;
        detectorNamed(stopDetector).collect(trace, facts);
        QCOMPARE(facts.size(), 3u);
        for (std::size_t i = 0; i < facts.size(); ++i) {
            const auto stop = spanStopOf(facts[i]);
            QVERIFY(stop.has_value());
            QVERIFY(*stop == trace.stops()[i]);
        }
    }

    void nothingIsRecorded()
    {
        TraceScript script("t a - tool 0-10\n");
        QCOMPARE(rulesIn(script), Rules{});
        TraceScript bare("t a - model 0-10\n");
        QCOMPARE(rulesIn(bare), Rules{});
    }
};

QTEST_APPLESS_MAIN(TestStops)
#include "tst_stops.moc"
