// layers: core analysis
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr auto rules =
    std::to_array<DetectorRule>({{"test.same_words", FindingLevel::Check, "Two traces say the same."}});

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    for (const Row row : trace.rows()) {
        const auto content = trace.content(row);
        if (!content)
            continue;
        FindingPlace place;
        place.row = row;
        into.push_back({"said", content->output.front().parts.front().text, place});
    }
}

void conclude(const Corpus&, std::span<const TraceFact> facts, std::vector<Finding>& into)
{
    for (std::size_t i = 1; i < facts.size(); ++i) {
        if (facts[i].value == facts[i - 1].value) {
            Finding& finding = into.emplace_back();
            finding.rule = rules[0].name;
            finding.level = rules[0].level;
            finding.places = {facts[i - 1].place, facts[i].place};
        }
    }
}

} // namespace

class TestDetector : public QObject
{
    Q_OBJECT

private slots:
    void rulesAreFoundByName()
    {
        QVERIFY(ruleNamed("retract.semantic"));
        QCOMPARE(ruleNamed("retract.semantic")->level, FindingLevel::Check);
        QVERIFY(!ruleNamed("retract"));
        QCOMPARE(std::string(kindOf("retract.semantic")), std::string("retract"));
        QCOMPARE(std::string(kindOf("plain")), std::string("plain"));
    }

    void tracesAreHeldAgainstEachOther()
    {
        TraceScript script("t1 a - model 0-10\n"
                           "t2 b - model 20-30\n"
                           "t3 c - model 40-50\n");
        for (const auto& [span, text] : {std::pair{"a", "yes"}, std::pair{"b", "yes"}, std::pair{"c", "no"}})
            script.content(span).output.push_back(said(Role::Assistant, text));
        const Detector detector{"test", 1, rules, nullptr, collect, conclude};
        const auto found = findingsOf(detector, script);
        QCOMPARE(rulesOf(found), (std::vector<std::string>{"test.same_words:check"}));
        QCOMPARE(found[0].places[1].row, rowNamed(script.corpus, "b"));
    }

    void quotesAreNotCutInsideACharacter()
    {
        QCOMPARE(quoted("abc"), std::string("abc"));
        QCOMPARE(quoted("ab\xC3\xA4", 3), std::string("ab"));
        QCOMPARE(quoted("ab\xC3\xA4", 4), std::string("ab\xC3\xA4"));
    }
};

QTEST_APPLESS_MAIN(TestDetector)
#include "tst_detector.moc"
