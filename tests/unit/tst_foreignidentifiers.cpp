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

std::vector<Finding> findingsIn(const std::vector<Call>& calls)
{
    std::string lines;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const std::string n = std::to_string(i);
        lines += "t" + n + " s" + n + " - model " + std::to_string(i * 10) + '-' + std::to_string(i * 10 + 5) +
                 " tenant=" + calls[i].tenant + '\n';
    }
    TraceScript script(lines);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        SpanContent& content = script.content("s" + std::to_string(i));
        content.input = {said(Role::System, calls[i].system), said(Role::User, calls[i].user)};
        content.output = {said(Role::Assistant, calls[i].answer)};
    }
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
};

QTEST_APPLESS_MAIN(TestForeignIdentifiers)
#include "tst_foreignidentifiers.moc"
