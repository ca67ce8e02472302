// layers: core analysis
#include "corpusmutations.h"
#include "rescues.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int treesOfEachForm = 120;
constexpr std::uint64_t corporaOfEach = 8;
constexpr const char* families[] = {"tool-scopes", "tool-shapes", "sampling", "critique", "silent-rescues"};

/// What the rules say, and each kind of rescue as "ledger: KIND".
std::set<std::string> rulesIn(const std::vector<PlannedTree>& trees)
{
    TraceScript script = scriptOf(trees);
    std::set<std::string> rules;
    for (const char* const family : families) {
        for (const Finding& finding : findingsOf(detectorNamed(family), script))
            rules.insert(finding.rule);
    }
    for (std::uint32_t trace = 0; trace < script.corpus.traces.rows(); ++trace) {
        ScriptedTrace reading(script, trace);
        for (const Rescue& rescue : rescuesOf(reading))
            rules.insert("ledger: " + std::string(name(rescue.kind)));
    }
    return rules;
}

std::string textOf(const std::set<std::string>& rules)
{
    std::string text;
    for (const std::string& rule : rules)
        text += rule + "; ";
    return text;
}

} // namespace

class TestToolMutations : public QObject
{
    Q_OBJECT

private slots:
    void correctTreesHaveNoFinding()
    {
        for (const TreeForm form : anyForm) {
            for (int seed = 0; seed < treesOfEachForm; ++seed) {
                TreeGenerator generator(static_cast<std::uint64_t>(seed));
                const auto rules = rulesIn({generator.tree(form)});
                QVERIFY2(rules.empty(), (textOf(rules) + "seed " + std::to_string(seed)).c_str());
            }
        }
    }

    void everyDamageOfATreeIsFound_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < treeMutations().size(); ++i)
            QTest::newRow(treeMutations()[i].rule) << static_cast<int>(i);
    }
    void everyDamageOfATreeIsFound()
    {
        QFETCH(int, index);
        const TreeMutation& what = treeMutations()[static_cast<std::size_t>(index)];
        int damaged = 0;
        for (const TreeForm form : what.forms) {
            for (int seed = 0; seed < treesOfEachForm; ++seed) {
                TreeGenerator generator(static_cast<std::uint64_t>(seed));
                PlannedTree tree = generator.tree(form);
                if (!what.mutate(tree, generator))
                    continue;
                ++damaged;
                const auto rules = rulesIn({tree});
                QVERIFY2(rules.contains(what.rule),
                         ("found: " + textOf(rules) + "form " + std::to_string(static_cast<int>(form)) + " seed " +
                          std::to_string(seed) + '\n' + linesOf(tree))
                             .c_str());
            }
        }
        QVERIFY2(damaged >= treesOfEachForm / 8, std::to_string(damaged).c_str());
    }

    void everyDamageOfACorpusIsFound_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < corpusMutations().size(); ++i)
            QTest::addRow("%s %zu", corpusMutations()[i].rule, i) << static_cast<int>(i);
    }
    void everyDamageOfACorpusIsFound()
    {
        QFETCH(int, index);
        const CorpusMutation& what = corpusMutations()[static_cast<std::size_t>(index)];
        for (std::uint64_t seed = 0; seed < corporaOfEach; ++seed) {
            std::vector<PlannedTree> trees = what.corpus(seed);
            const auto before = rulesIn(trees);
            QVERIFY2(before == what.before, (textOf(before) + "seed " + std::to_string(seed)).c_str());
            TreeGenerator generator(1'000 + seed);
            what.mutate(trees, generator);
            const auto rules = rulesIn(trees);
            QVERIFY2(rules.contains(what.rule), (textOf(rules) + "seed " + std::to_string(seed)).c_str());
        }
    }

    void everyRuleHasADamage()
    {
        std::set<std::string_view> damaged;
        for (const TreeMutation& mutation : treeMutations())
            damaged.insert(mutation.rule);
        for (const CorpusMutation& mutation : corpusMutations())
            damaged.insert(mutation.rule);
        std::set<std::string_view> kinds;
        for (const char* const family : families) {
            for (const DetectorRule& rule : detectorNamed(family).rules)
                kinds.insert(kindOf(rule.name));
        }
        for (const Detector& detector : detectors()) {
            for (const DetectorRule& rule : detector.rules)
                QVERIFY2(!kinds.contains(kindOf(rule.name)) || damaged.contains(rule.name),
                         std::string(rule.name).c_str());
        }
        for (int kind = 0; kind < rescueKindCount; ++kind) {
            const std::string line = "ledger: " + std::string(name(static_cast<RescueKind>(kind)));
            QVERIFY2(damaged.contains(line), line.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestToolMutations)
#include "tst_toolmutations.moc"
