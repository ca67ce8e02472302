// layers: core analysis
#include "callroles.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Words = std::vector<std::string>;

void ask(TraceScript& script, const char* span, const char* key, const char* value)
{
    script.content(span).attributes.push_back({key, value, AttributeType::Number});
}

/// A planner with a verifier below it.
TraceScript planned(const std::string& verifier = "verifier")
{
    return TraceScript("t run - agent 0-100 agent=planner\n"
                       "t think run model 1-10 agent=planner\n"
                       "t " +
                       verifier + " run agent 20-60 agent=" + verifier +
                       "\n"
                       "t check " +
                       verifier + " model 21-50 agent=" + verifier + "\n");
}

std::vector<Finding> found(TraceScript& script)
{
    return findingsOf(detectorNamed("sampling"), script);
}

/// Verdicts on texts, each its own trace.
std::vector<Finding> judged(const std::vector<std::pair<std::string, std::string>>& verdicts,
                            const std::string& kind = "evaluator")
{
    std::string lines;
    for (std::size_t i = 0; i < verdicts.size(); ++i)
        lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - " + kind + " " + std::to_string(i * 10) +
                 "-" + std::to_string(i * 10 + 5) + "\n";
    TraceScript script(lines);
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        SpanContent& content = script.content("s" + std::to_string(i));
        content.input = {said(Role::System, "You verify answers. Reply PASS or FAIL."),
                         said(Role::User, verdicts[i].first)};
        content.output = {said(Role::Assistant, verdicts[i].second)};
    }
    return found(script);
}

} // namespace

class TestSampling : public QObject
{
    Q_OBJECT

private slots:
    void aVerifierWithItsPlannersTemperatureIsFound()
    {
        TraceScript script = planned();
        ask(script, "think", "gen_ai.request.temperature", "0.7");
        ask(script, "check", "gen_ai.request.temperature", "0.7");
        const auto all = found(script);
        QCOMPARE(rulesOf(all), (Words{"sampling.inherited:check"}));
        QCOMPARE(all[0].places[0].row, rowNamed(script.corpus, "check"));
        QCOMPARE(all[0].places[1].row, rowNamed(script.corpus, "think"));
        QCOMPARE(all[0].facts[1].text, std::string("not recorded, planner not recorded"));
    }

    void parametersInJsonCount()
    {
        TraceScript script = planned("extractor");
        script.content("think").attributes.push_back(
            {"llm.invocation_parameters", "{\"temperature\": 0.7, \"top_p\": 1}", AttributeType::Json});
        ask(script, "check", "llm.request.temperature", "0.7");
        QCOMPARE(rulesOf(found(script)), (Words{"sampling.inherited:check"}));
    }

    void otherOrMissingTemperaturesAreLeftAlone()
    {
        TraceScript zero = planned();
        ask(zero, "think", "gen_ai.request.temperature", "0");
        ask(zero, "check", "gen_ai.request.temperature", "0");
        QVERIFY(found(zero).empty());
        TraceScript missing = planned();
        ask(missing, "think", "gen_ai.request.temperature", "0.7");
        QVERIFY(found(missing).empty());
        TraceScript other = planned();
        ask(other, "think", "gen_ai.request.temperature", "0.7");
        ask(other, "check", "gen_ai.request.temperature", "0.2");
        QVERIFY(found(other).empty());
        TraceScript writer = planned("writer");
        ask(writer, "think", "gen_ai.request.temperature", "0.7");
        ask(writer, "check", "gen_ai.request.temperature", "0.7");
        QVERIFY(found(writer).empty());
    }

    void temperaturesOfTheWeatherAreNoParameters()
    {
        SpanContent content;
        content.attributes.push_back({"tool.result.temperature", "21", AttributeType::Number});
        content.attributes.push_back({"gen_ai.tool.call.result", "{\"temperature\":21}", AttributeType::Json});
        QVERIFY(!requestNumber(content, "temperature"));
        content.attributes.push_back({"temperature", "0.5", AttributeType::Number});
        QCOMPARE(requestNumber(content, "temperature"), std::optional(0.5));
    }

    void oppositeVerdictsAreFoundWithTheirRate()
    {
        const auto all = judged({{"Paris is in France.", "PASS"},
                                 {"Rome is in Italy.", "PASS"},
                                 {"Paris is in France.", "FAIL: no source"},
                                 {"Rome is in Italy.", "PASS"}});
        QCOMPARE(rulesOf(all), (Words{"verifier.flip:finding"}));
        QCOMPARE(all[0].facts[2].text, std::string("1 of 2 got opposite verdicts"));
        QCOMPARE(all[0].places[0].quote, std::string("FAIL: no source"));
    }

    void verdictsThatAgreeAreLeftAlone()
    {
        QVERIFY(judged({{"Paris is in France.", "PASS"}, {"Paris is in France.", "{\"passed\": true}"}}).empty());
        QVERIFY(judged({{"Paris is in France.", "PASS"}, {"Paris is in Spain.", "FAIL"}}).empty());
        // Who is no verifier may answer as he likes.
        QVERIFY(judged({{"Paris is in France.", "PASS"}, {"Paris is in France.", "FAIL"}}, "model").empty());
    }

    void verdictsAreRead()
    {
        QCOMPARE(verdictOf("PASS"), std::optional(true));
        QCOMPARE(verdictOf("{\"valid\": false, \"why\": \"x\"}"), std::optional(false));
        QCOMPARE(verdictOf("The sum is wrong. Verdict: fail"), std::optional(false));
        QCOMPARE(verdictOf("The text reads well."), std::optional<bool>());
        QCOMPARE(verdictOf(""), std::optional<bool>());
    }

    void rolesAreNamed()
    {
        QCOMPARE(roleNamed("answer_verifier"), CallRole::Verifier);
        QCOMPARE(roleNamed("PlannerAgent"), CallRole::Planner);
        QCOMPARE(roleNamed("planet lookup"), CallRole::None);
        QCOMPARE(roleNamed("Critic"), CallRole::Critic);
    }
};

QTEST_APPLESS_MAIN(TestSampling)
#include "tst_sampling.moc"
