// layers: core analysis
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

struct Call {
    std::string tenant;
    std::string system;
    std::string user;
    std::string answer;
};

TraceScript scriptOf(const std::vector<Call>& calls, const std::string& facts = {})
{
    std::string lines;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const std::string n = std::to_string(i);
        lines += "t" + n + " s" + n + " - model " + std::to_string(i * 10) + '-' + std::to_string(i * 10 + 5) +
                 " tenant=" + calls[i].tenant + facts + '\n';
    }
    TraceScript script(lines);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        SpanContent& content = script.content("s" + std::to_string(i));
        content.input = {said(Role::System, calls[i].system), said(Role::User, calls[i].user)};
        content.output = {said(Role::Assistant, calls[i].answer)};
    }
    return script;
}

std::vector<Finding> findingsIn(const std::vector<Call>& calls)
{
    TraceScript script = scriptOf(calls);
    return findingsOf(detectorNamed("foreign-identifiers"), script);
}

Rules rulesIn(const std::vector<Call>& calls)
{
    return rulesOf(findingsIn(calls));
}

const std::string example = "Example: where is TCK-48213?";
const Call earlier{"beta", "Be kind.", "Where is TCK-48213?", "On its way."};

} // namespace

class TestForeignIdentifiers : public QObject
{
    Q_OBJECT

private slots:
    void whatIsOfAnotherTenantIsForeign()
    {
        const auto found = findingsIn({earlier, {"acme", example, "Hello", "Hello!"}});
        QCOMPARE(rulesOf(found), Rules{"prompt.foreign_identifier:check"});
        QCOMPARE(found[0].places[0].quote, std::string("TCK-48213"));
        QCOMPARE(found[0].places[0].from, 18);
        QCOMPARE(found[0].weight, FindingWeight::Severe);
    }

    void itMayReachTheAnswer()
    {
        QCOMPARE(rulesIn({earlier, {"acme", example, "Hello", "As with TCK-48213, it is on its way."}}),
                 (Rules{"prompt.foreign_identifier:check", "output.echo:check"}));
    }

    void longLinesCountToo()
    {
        const std::string words = "my lamp came broken and I would like to have all of my money back at once";
        QCOMPARE(rulesIn({{"beta", "Be kind.", words, "Gladly."}, {"acme", "Example:\n  " + words, "Hello", "Hi"}}),
                 Rules{"prompt.foreign_identifier:check"});
    }

    void whatIsCommonOrOlderIsNot()
    {
        const Call template1{"acme", example, "Hello", "Hello!"};
        QCOMPARE(rulesIn({template1, earlier, template1}), Rules());                 // the prompt had it first
        QCOMPARE(rulesIn({earlier, {"beta", example, "Hello", "Hello!"}}), Rules()); // its own
        QCOMPARE(rulesIn({earlier, {"acme", "Be kind.", "Where is TCK-48213?", "Here."}}), Rules());
        Call other = earlier;
        other.tenant = "gamma";
        Call third = earlier;
        third.tenant = "delta";
        QCOMPARE(rulesIn({earlier, other, third, template1}), Rules()); // of everybody
        QCOMPARE(rulesIn({{"beta", "Be kind.", "Use utf-8 and Python3", "Yes"},
                          {"acme", "Use utf-8 and Python3", "Hello", "Hi"}}),
                 Rules());
    }

    void namedExamplesAreOfThePrompt()
    {
        for (const Role role : {Role::User, Role::System}) {
            TraceScript script = scriptOf({earlier, {"acme", "Be kind.", "Hello", "Hello!"}});
            Message shown = said(role, "Where is TCK-48213?");
            std::vector<Message>& input = script.content("s1").input;
            input.insert(input.begin() + 1, shown);
            QCOMPARE(rulesOf(findingsOf(detectorNamed("foreign-identifiers"), script)),
                     role == Role::System ? Rules{"prompt.foreign_identifier:check"} : Rules());
            input[1].name = "example_user";
            QCOMPARE(rulesOf(findingsOf(detectorNamed("foreign-identifiers"), script)),
                     Rules{"prompt.foreign_identifier:check"});
        }
    }

    void aUserWhoIsCalledSoIsNoExample()
    {
        TraceScript script =
            scriptOf({earlier, {"acme", "Be kind.", "Where is TCK-48213?", "Here."}}, " user=example_1");
        QCOMPARE(rulesOf(findingsOf(detectorNamed("foreign-identifiers"), script)), Rules());
    }

    /// What calls for several tenants begin with are examples; what one alone was sent may be its own past.
    void dialoguesThatCallsBeginWithAreOfThePrompt()
    {
        const auto shown = [](TraceScript& script, const char* span) {
            std::vector<Message>& input = script.content(span).input;
            input.insert(input.begin() + 1, {said(Role::User, "Where is TCK-48213?"), said(Role::Assistant, "There.")});
        };
        TraceScript script =
            scriptOf({earlier, {"acme", "Be kind.", "Hello", "Hello!"}, {"gamma", "Be kind.", "Good day", "Hi!"}});
        shown(script, "s1");
        QCOMPARE(rulesOf(findingsOf(detectorNamed("foreign-identifiers"), script)), Rules());
        shown(script, "s2");
        const auto found = findingsOf(detectorNamed("foreign-identifiers"), script);
        QCOMPARE(rulesOf(found), (Rules{"prompt.foreign_identifier:check", "prompt.foreign_identifier:check"}));
        QCOMPARE(found[0].places[0].text.message, 1u);
        QCOMPARE(found[0].facts.back().label, std::string("example"));
    }

    void examplesThatAreOlderThanTheirUseAreCommon()
    {
        TraceScript script =
            scriptOf({{"acme", "Be kind.", "Hello", "Hello!"}, {"gamma", "Be kind.", "Good day", "Hi!"}, earlier});
        for (const char* const span : {"s0", "s1"}) {
            std::vector<Message>& input = script.content(span).input;
            input.insert(input.begin() + 1, {said(Role::User, "Where is TCK-48213?"), said(Role::Assistant, "There.")});
        }
        QCOMPARE(rulesOf(findingsOf(detectorNamed("foreign-identifiers"), script)), Rules());
    }
};

QTEST_APPLESS_MAIN(TestForeignIdentifiers)
#include "tst_foreignidentifiers.moc"
