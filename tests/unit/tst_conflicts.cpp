// layers: core analysis
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

/// Two calls, one behind the other, in one trace.
std::vector<Finding> inTurn(std::string first, std::string second, std::vector<Message> between = {},
                            std::vector<Message> before = {})
{
    TraceScript script("t a - model 0-10 agent=one\n"
                       "t b - model 20-30 agent=two\n");
    script.content("a").input = std::move(before);
    script.content("a").output = {said(Role::Assistant, std::move(first))};
    script.content("b").input = std::move(between);
    script.content("b").output = {said(Role::Assistant, std::move(second))};
    return findingsOf(detectorNamed("conflicts"), script);
}

const std::string forty = "The refund for the broken lamp is $40.";
const char* const whole = "That is all that there is.";
const std::string fiftyFive = "The refund for the broken lamp is $55.";

} // namespace

class TestConflicts : public QObject
{
    Q_OBJECT

private slots:
    void statementsOfTwoCalls()
    {
        QCOMPARE(rulesOf(inTurn(forty, fiftyFive)), Rules{"conflict.statement:finding"});
        QCOMPARE(rulesOf(inTurn(forty, "You get back 40 dollars for the broken lamp.")), Rules{});
    }

    void whatCameBetweenMakesItAnUpdate()
    {
        QCOMPARE(rulesOf(inTurn(forty, fiftyFive, {returned("c", "{\"refund\": 55}")})), Rules{});
        QCOMPARE(rulesOf(inTurn(forty, fiftyFive, {said(Role::User, "Please make it $55.")})), Rules{});
        QCOMPARE(
            rulesOf(inTurn(forty, fiftyFive, {asked("update_refund", "c", "{\"lamp\":1}"), returned("c", "done")})),
            Rules{});
    }

    void whatIsTrueAsOfATimeIsNone()
    {
        QCOMPARE(rulesOf(inTurn("As of 11:12 AM the market is open.", "As of 11:17 AM the market is open.")), Rules{});
    }

    /// The same report of a state again and again, each time as it is.
    void whatIsReportedAgainAndAgainIsAState()
    {
        const auto found = [](bool often) {
            TraceScript script("t a - model 0-10\nt b - model 20-30\nt c - model 40-50\nt d - model 60-70\n");
            const auto report = [&](const char* call, const char* text) {
                script.content(call).output = {said(Role::Assistant, text)};
            };
            report("a", "The window shows 13% of the long page and is placed at the bottom of it.");
            report("b", "The window shows 13% of the long page and is placed at the top of it.");
            report("c", often ? "The window shows 20% of the long page and is placed at the top of it." : whole);
            report("d", often ? "The window shows 31% of the long page and is placed at the top of it." : whole);
            return rulesOf(findingsOf(detectorNamed("conflicts"), script));
        };
        QCOMPARE(found(false), Rules{"conflict.statement:signal"});
        QCOMPARE(found(true), Rules{});
    }

    void actsAtTwoTimesMayBothHaveBeen()
    {
        QCOMPARE(rulesOf(inTurn("I scrolled down one page in the browser.", "I scrolled up one page in the browser.")),
                 Rules{});
        QCOMPARE(rulesOf(inTurn("The page in the browser was scrolled down by one screen.",
                                "The page in the browser was scrolled up by one screen.")),
                 Rules{"conflict.statement:signal"});
    }

    void bothSidesAreShown()
    {
        const auto found = inTurn(forty, fiftyFive);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].places.size(), std::size_t(2));
        QCOMPARE(found[0].places[0].quote, forty);
        QCOMPARE(found[0].places[1].quote, fiftyFive);
        const QuoteMark differs = found[0].places[1].marks.back();
        QCOMPARE(differs.link, QuoteMark::differs);
        QCOMPARE(fiftyFive.substr(differs.from, differs.to - differs.from), std::string("$55"));
        QVERIFY(found[0].places[0].marks.size() > 2);
        QCOMPARE(found[0].places[0].marks.front().link, found[0].places[1].marks.front().link);
        QStringList labels;
        for (const FindingFact& fact : found[0].facts)
            labels += QString::fromStdString(fact.label);
        QCOMPARE(labels.join(','), QString("rule,differs,guards checked,why no rewording,between them"));
    }

    void withinOneAnswer()
    {
        const auto alone = [](std::string text) {
            TraceScript script("t a - model 0-10\n");
            script.content("a").output = {said(Role::Assistant, std::move(text))};
            return rulesOf(findingsOf(detectorNamed("conflicts"), script));
        };
        QCOMPARE(alone("The cluster has 12 worker nodes. It is fast. The cluster has 15 worker nodes."),
                 Rules{"conflict.within_answer:finding"});
        QCOMPARE(alone("The old cluster has 12 worker nodes. The new cluster has 15 worker nodes."), Rules{});
    }

    void documentsOfTwoCalls()
    {
        const std::string pro = "{\"intent\":\"billing\",\"plan\":\"Pro\"}";
        const std::string enterprise = "{\"plan\":\"Enterprise\"}";
        QCOMPARE(rulesOf(inTurn(pro, enterprise)), Rules{"conflict.value:check"});
        QCOMPARE(rulesOf(inTurn(pro, "{\"plan\":\"pro\"}")), Rules{});
        QCOMPARE(rulesOf(inTurn(pro, enterprise, {returned("c", "the customer is on Enterprise")})), Rules{});
        QCOMPARE(rulesOf(inTurn("{\"action\":\"search\"}", "{\"action\":\"stop\"}")), Rules{});
    }

    void oneValueInOtherWordsIsNone()
    {
        const auto differ = [](const char* a, const char* b) {
            return rulesOf(inTurn(std::string("{\"place\":\"") + a + "\"}", std::string("{\"place\":\"") + b + "\"}"));
        };
        QCOMPARE(differ("1,200", "1200"), Rules{});
        QCOMPARE(differ("1,200", "1300"), Rules{"conflict.value:check"});
        QCOMPARE(differ("2024-05-06", "May 6, 2024"), Rules{});
        QCOMPARE(differ("#6c6c6c", "rgb(108, 108, 108)"), Rules{});
        QCOMPARE(differ("25%", "0.25"), Rules{});
        QCOMPARE(differ("Frankfurt", "Germany"), Rules{}); // in it
        QCOMPARE(differ("New York", "United States"), Rules{});
        QCOMPARE(differ("Frankfurt", "Paris"), Rules{"conflict.value:check"});
    }

    void anAlternativeOfTheTemplate()
    {
        const std::string plans = "Plans are Free, Pro and Enterprise. Be kind.";
        const std::string document = "{\"intent\":\"billing\",\"plan\":\"Pro\"}";
        const std::string answer = "Thank you for asking, the Enterprise plan includes phone support for you.";
        const auto found = inTurn(document, answer, {said(Role::System, plans)});
        QCOMPARE(rulesOf(found), Rules{"conflict.entity:check"});
        QCOMPARE(found[0].places[1].quote, std::string("\"plan\":\"Pro\""));
        QCOMPARE(rulesOf(inTurn(document, answer)), Rules{});
        QCOMPARE(rulesOf(inTurn(document, "The Pro plan includes phone support for you.", {said(Role::System, plans)})),
                 Rules{});
    }

    void runsThatWereAskedTheSame()
    {
        const auto runs = [](std::string a, std::string b, std::string question) {
            TraceScript script("t1 a - model 0-10\n"
                               "t2 b - model 20-30\n");
            script.content("a").input = {said(Role::User, "Does the export job support archives?")};
            script.content("a").output = {said(Role::Assistant, std::move(a))};
            script.content("b").input = {said(Role::User, std::move(question))};
            script.content("b").output = {said(Role::Assistant, std::move(b))};
            return findingsOf(detectorNamed("conflicts"), script);
        };
        const std::string yes = "Yes. The export job supports compressed archives.";
        const std::string no = "Alas. The export job does not support compressed archives.";
        const std::string question = "Does the export job support archives?";
        const auto found = runs(yes, no, question);
        QCOMPARE(rulesOf(found), Rules{"conflict.runs:finding"});
        QCOMPARE(found[0].places[0].quote, std::string("The export job supports compressed archives."));
        QCOMPARE(found[0].places[0].from, std::int64_t(5));
        QCOMPARE(found[0].places[1].from, std::int64_t(6));
        QCOMPARE(rulesOf(runs(yes, yes, question)), Rules{});
        QCOMPARE(rulesOf(runs(yes, no, "Does the import job support archives?")), Rules{});
    }

    void whatTheToolsOfEachRunSayMayBothBeRight()
    {
        const auto runs = [](const std::string& first, const std::string& second) {
            TraceScript script("t1 a - model 0-10\nt1 b - model 20-30\n"
                               "t2 c - model 20-30\nt2 d - model 40-50\n");
            for (const auto& [ask, tell, result, amount] :
                 {std::tuple{"a", "b", first, "$2580"}, std::tuple{"c", "d", second, "$2544"}}) {
                script.content(ask).input = {said(Role::User, "Please move my flight to another day.")};
                script.content(ask).output = {asked("get_price", std::string("c") + ask, "{}")};
                script.content(tell).input = {returned(std::string("c") + ask, result)};
                script.content(tell).output = {
                    said(Role::Assistant, std::string("A refund of ") + amount + " will be paid to your card.")};
            }
            return findingsOf(detectorNamed("conflicts"), script);
        };
        QCOMPARE(rulesOf(runs(R"({"refund": 2580})", R"({"refund": 2544})")), Rules{});
        QCOMPARE(rulesOf(runs(R"({"refund": 2580})", R"({"refund": 2580})")), Rules{"conflict.runs:finding"});
    }
};

QTEST_APPLESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
