// layers: core analysis
#include "streamfindinggroups.h"

#include <QTest>

using namespace arcscope;

namespace
{

StreamFinding findingAt(std::uint32_t event, StreamRule rule, FindingWeight weight)
{
    StreamFinding finding;
    finding.event = event;
    finding.rule = rule;
    finding.weight = weight;
    return finding;
}

using Groups = std::vector<std::vector<std::uint32_t>>;

} // namespace

class TestStreamFindingGroups : public QObject
{
    Q_OBJECT

private slots:
    void noneAreNone() { QVERIFY(groupsOf({}).empty()); }

    void whatWeighsMostComesFirst()
    {
        const Groups groups = groupsOf({findingAt(1, StreamRule::RetractAfterRender, FindingWeight::Note),
                                        findingAt(2, StreamRule::Stall, FindingWeight::Warning),
                                        findingAt(3, StreamRule::RetractSemantic, FindingWeight::Severe),
                                        findingAt(4, StreamRule::Stall, FindingWeight::Warning)});
        QCOMPARE(groups, (Groups{{2}, {1}, {3}, {0}}));
    }

    void manyOfOneRuleAreOne()
    {
        std::vector<StreamFinding> findings;
        for (std::uint32_t i = 0; i < 4; ++i)
            findings.push_back(findingAt(i, StreamRule::RetractAfterRender, FindingWeight::Note));
        findings.insert(findings.begin() + 2, findingAt(2, StreamRule::RetractAfterRender, FindingWeight::Warning));
        QCOMPARE(groupsOf(findings), (Groups{{2}, {0, 1, 3, 4}}));
        findings.pop_back(); // three are still read one by one
        QCOMPARE(groupsOf(findings), (Groups{{2}, {0}, {1}, {3}}));
    }
};

QTEST_APPLESS_MAIN(TestStreamFindingGroups)
#include "tst_streamfindinggroups.moc"
