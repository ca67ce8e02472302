// layers: core analysis
#include "findingrank.h"

#include <QStringList>
#include <QTest>

using namespace arcscope;

namespace
{

Finding found(const char* rule, FindingLevel level, FindingWeight weight, const char* cause = "",
              Nanos exposure = noTime, double strength = 1)
{
    Finding finding;
    finding.rule = rule;
    finding.level = level;
    finding.weight = weight;
    finding.cause = cause;
    finding.exposure = exposure;
    finding.strength = strength;
    return finding;
}

/// The indices of each entry: "2 | 0,1".
QString order(const std::vector<Finding>& findings)
{
    QStringList entries;
    for (const FindingEntry& entry : ranked(findings)) {
        QStringList members;
        for (const std::uint32_t index : entry.findings)
            members << QString::number(index);
        entries << members.join(u',');
    }
    return entries.join(u" | ");
}

} // namespace

class TestFindingRank : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsNothing() { QCOMPARE(order({}), QString()); }

    void levelsAndWeightsComeFirst()
    {
        QCOMPARE(order({found("a", FindingLevel::Signal, FindingWeight::Severe),
                        found("b", FindingLevel::Finding, FindingWeight::Warning),
                        found("c", FindingLevel::Finding, FindingWeight::Severe),
                        found("d", FindingLevel::Check, FindingWeight::Severe)}),
                 u"2 | 1 | 3 | 0");
    }

    void aNoteComesBehindWarningsThatAreMostlyRight()
    {
        QCOMPARE(order({found("a", FindingLevel::Finding, FindingWeight::Note),
                        found("b", FindingLevel::Check, FindingWeight::Warning),
                        found("c", FindingLevel::Check, FindingWeight::Note),
                        found("d", FindingLevel::Signal, FindingWeight::Severe),
                        found("e", FindingLevel::Finding, FindingWeight::Warning)}),
                 u"4 | 1 | 0 | 2 | 3");
    }

    void oneCauseInSeveralTracesIsOneEntry()
    {
        std::vector<Finding> findings;
        for (const char* const trace : {"t1", "t2", "t3"}) {
            findings.push_back(found("a", FindingLevel::Finding, FindingWeight::Warning, "search"));
            findings.back().scope = trace;
        }
        findings[1].strength = 1.5;
        QCOMPARE(order(findings), u"1,0,2");
    }

    void oneCauseIsOneEntryWithItsTypicalExample()
    {
        QCOMPARE(order({found("a", FindingLevel::Finding, FindingWeight::Warning, "x", millisecond),
                        found("a", FindingLevel::Finding, FindingWeight::Warning, "y"),
                        found("a", FindingLevel::Finding, FindingWeight::Warning, "x", 3 * second),
                        found("a", FindingLevel::Finding, FindingWeight::Warning, "x")}),
                 u"2,0,3 | 1");
        // Another level is another entry: one of them may be hidden.
        QCOMPARE(order({found("a", FindingLevel::Finding, FindingWeight::Note, "x"),
                        found("a", FindingLevel::Signal, FindingWeight::Note, "x")}),
                 u"0 | 1");
    }

    void whatHasNoCauseStandsAlone()
    {
        const auto level = FindingLevel::Finding;
        const auto weight = FindingWeight::Warning;
        QCOMPARE(order({found("a", level, weight), found("a", level, weight)}), u"0 | 1");
    }

    void longSeenStrongAndRareOnesComeFirst()
    {
        const auto level = FindingLevel::Finding;
        const auto weight = FindingWeight::Warning;
        QCOMPARE(order({found("a", level, weight, "1", millisecond), found("a", level, weight, "2", 2 * second)}),
                 u"1 | 0");
        QCOMPARE(order({found("a", level, weight, "1", noTime, 0.5), found("a", level, weight, "2", noTime, 0.9)}),
                 u"1 | 0");
        QCOMPARE(order({found("a", level, weight, "1"), found("a", level, weight, "2"), found("b", level, weight)}),
                 u"2 | 0 | 1");
    }

    void whatIsHiddenDoesNotChangeTheOrder()
    {
        const auto level = FindingLevel::Finding;
        const auto weight = FindingWeight::Warning;
        std::vector<Finding> findings{found("a", level, weight), found("b", level, weight), found("b", level, weight)};
        QCOMPARE(order(findings), u"0 | 1 | 2");
        for (int i = 0; i < 5; ++i)
            findings.push_back(found("a", FindingLevel::Signal, weight));
        QVERIFY(order(findings).startsWith(u"0 | 1 | 2 | "));
    }

    void manyOfARuleDoNotHideAnotherOne()
    {
        std::vector<Finding> findings;
        for (int i = 0; i < 4; ++i)
            findings.push_back(found("a", FindingLevel::Finding, FindingWeight::Warning, "", noTime, 0.9));
        for (int i = 0; i < 4; ++i)
            findings.push_back(found("b", FindingLevel::Finding, FindingWeight::Warning, "", noTime, 0.8));
        findings.push_back(found("b", FindingLevel::Finding, FindingWeight::Severe, "", noTime, 0.1));
        QCOMPARE(order(findings), u"8 | 0 | 4 | 1 | 5 | 2 | 3 | 6 | 7");
    }
};

QTEST_APPLESS_MAIN(TestFindingRank)
#include "tst_findingrank.moc"
