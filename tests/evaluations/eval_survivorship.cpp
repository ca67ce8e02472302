// layers: core analysis ALONE
// Measures how often figures are said to speak for survivors alone: in tables of arcs where who drops out differs, as
// planted, and in those where chance decides. Needs no data. Prints the figures and fails where one misses its goal.
#include "goals.h"
#include "randomnumbers.h"
#include "survivorship.h"
#include "tablerows.h"
#include "toldmeasures.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

using namespace arcscope;
using namespace arcscope::evaluation;
using bench::Random;

namespace
{

enum class Planted { Nothing, Turns, Plan, Both };

constexpr int tables = 300; ///< of each size and kind
constexpr std::array<int, 3> sizes{80, 200, 600};

/// A third drops out. Those have half as many turns again, or are on the free plan twice as often.
ArcCorpus arcsWith(Planted planted, int count, Random& random)
{
    testing::ArcTableRows rows;
    const bool turns = planted == Planted::Turns || planted == Planted::Both;
    const bool plan = planted == Planted::Plan || planted == Planted::Both;
    for (int i = 0; i < count; ++i) {
        const bool dropped = random.oneIn(3);
        testing::startArc(rows);
        const auto set = [&](ArcColumn column, std::int64_t value) { rows.set(column, value); };
        set(ArcColumn::Outcome, static_cast<int>(dropped ? ArcOutcome::Failed : ArcOutcome::Succeeded));
        set(ArcColumn::Resolution, static_cast<int>(dropped ? ArcResolution::Abandoned : ArcResolution::Resolved));
        set(ArcColumn::OutcomeSource, static_cast<int>(ArcSource::DataLabel));
        const double longer = turns && dropped ? 1.5 : 1;
        set(ArcColumn::Turns, 1 + random.longTailed(4 * longer, 0.6, 60));
        set(ArcColumn::Tokens, random.longTailed(3'000, 1, 1'000'000));
        set(ArcColumn::ModelCalls, 1 + random.longTailed(5, 0.7, 100));
        set(ArcColumn::ToolCalls, random.below(6));
        set(ArcColumn::ReAsks, random.oneIn(8) ? 1 : 0);
        set(ArcColumn::Rescues, random.oneIn(12) ? 1 : 0);
        const bool isFree = random.below(100) < (plan ? (dropped ? 60U : 30U) : 40U);
        set(tagColumn(SpanText::Plan), isFree ? 1 : 2 + random.below(2));
        set(tagColumn(SpanText::ModelServed), 4 + random.below(3));
        set(tagColumn(SpanText::Device), 7 + random.below(2));
        set(tagColumn(SpanText::PromptVersion), 9 + random.below(4));
    }
    ArcCorpus arcs;
    arcs.arcs = rows.table();
    return arcs;
}

int firedIn(Planted planted, int count, Random& random)
{
    int fired = 0;
    for (int i = 0; i < tables; ++i) {
        const ArcCorpus arcs = arcsWith(planted, count, random);
        const std::vector<Survivorship> all = survivorships(arcs, {});
        fired +=
            std::any_of(all.begin(), all.end(), [](const Survivorship& one) { return misleading(one, {}) != nullptr; });
    }
    return fired;
}

} // namespace

int main()
{
    Random random(1);
    RuleMeasure measure{
        survivorshipRule, MeasureKind::Generated, "tables of 80 to 600 arcs, of which a third drops out", 0, 0, 0};
    for (const int size : sizes) {
        const int wrong = firedIn(Planted::Nothing, size, random);
        const int turns = firedIn(Planted::Turns, size, random);
        const int plan = firedIn(Planted::Plan, size, random);
        const int both = firedIn(Planted::Both, size, random);
        std::printf("%3d arcs: of %d tables each, by chance %d, turns %d, plan %d, both %d\n", size, tables, wrong,
                    turns, plan, both);
        measure.right += turns + plan + both;
        measure.fired += turns + plan + both + wrong;
        measure.there += 3 * tables;
        goal(("said where chance decides, " + std::to_string(size) + " arcs").c_str(),
             static_cast<double>(wrong) / tables, "<=", 0.02);
        if (size > 200)
            goal(("said where turns and plan differ, " + std::to_string(size) + " arcs").c_str(),
                 static_cast<double>(both) / tables, ">=", 0.95);
    }
    checkTold({measure});
    return summary();
}
