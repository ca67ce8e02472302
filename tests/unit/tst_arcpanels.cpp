// layers: analysis Qt6::Core
#include "arcpanels.h"
#include "arcrows.h"
#include "arcselection.h"

#include <QTest>

#include <cmath>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Two plans over three days, one of which fails more; costs in one currency.
ArcRows week()
{
    ArcRows rows;
    for (int i = 0; i < 12; ++i) {
        const std::string day = "2026-11-0" + std::to_string(2 + i % 3);
        rows.add("outcome=succeeded resolution=resolved source=label plan=pro time=" + day + " turns=2 cost=0.02");
        rows.add("outcome=succeeded resolution=resolved source=rule plan=free time=" + day + " turns=3 cost=0.01");
        rows.add("outcome=failed source=label plan=free time=" + day + " turns=5 re_asks=2 cost=0.04");
    }
    rows.add("outcome=unknown source=none turns=1");
    return rows;
}

const ArcPanel& panelNamed(const std::vector<ArcPanel>& panels, std::string_view name)
{
    for (const ArcPanel& panel : panels) {
        if (panel.name == name)
            return panel;
    }
    qFatal("no such panel");
}

std::vector<std::uint32_t> chosenBy(const ArcRows& rows, const std::string& condition)
{
    const auto selection = parseArcSelection(condition);
    if (!selection)
        qFatal("%s: %s", condition.c_str(), selection.error().message.c_str());
    return select(*selection, rows.corpus(), rows.strings());
}

} // namespace

class TestArcPanels : public QObject
{
    Q_OBJECT

private slots:
    void sharesOfEachPlanAreAWhole()
    {
        const ArcRows rows = week();
        const auto panels = arcPanels(rows.corpus(), rows.strings(), allArcs(rows.corpus()), SpanText::Plan, {});
        const ArcPanel& panel = panelNamed(panels, "outcomes");
        QCOMPARE(panel.result.n, std::uint64_t(37));
        const LensChart& chart = panel.result.charts[0];
        QCOMPARE(chart.xAxis.categories, (std::vector<std::string>{"all", "free", "pro", "not recorded"}));
        for (std::size_t line = 0; line < 4; ++line) {
            double sum = 0;
            for (const LensSeries& series : chart.series)
                sum += series.points[line].y;
            QVERIFY(std::abs(sum - 1) < 1e-9);
        }
        QCOMPARE(chart.series[0].name, std::string("succeeded"));
        QCOMPARE(chart.series[0].points[1].y, 0.5);
        QCOMPARE(chart.series[0].points[2].y, 1.0);
        QVERIFY(panel.result.sentence.find("Of 37 arcs 24 succeeded, 12 failed") == 0);
        QVERIFY(panel.result.caveats.size() == 1); // the bounds that the unknown one leaves
    }

    /// What a value says is what its condition leaves.
    void conditionsLeaveTheArcsOfTheirValue()
    {
        const ArcRows rows = week();
        const auto panels = arcPanels(rows.corpus(), rows.strings(), allArcs(rows.corpus()), SpanText::Plan, {});
        std::size_t checked = 0;
        for (const ArcPanel& panel : panels) {
            QCOMPARE(panel.conditions.size(), panel.result.charts.size());
            for (std::size_t c = 0; c < panel.conditions.size(); ++c) {
                const LensChart& chart = panel.result.charts[c];
                QCOMPARE(panel.conditions[c].size(), chart.series.size());
                for (std::size_t s = 0; s < chart.series.size(); ++s) {
                    QCOMPARE(panel.conditions[c][s].size(), chart.series[s].points.size());
                    for (const std::string& condition : panel.conditions[c][s]) {
                        if (!condition.empty()) {
                            chosenBy(rows, condition);
                            ++checked;
                        }
                    }
                }
            }
        }
        QVERIFY(checked > 30);
        const ArcPanel& outcomes = panelNamed(panels, "outcomes");
        QCOMPARE(chosenBy(rows, outcomes.conditions[0][1][1]).size(), std::size_t(12)); // failed, free
        const ArcPanel& engagement = panelNamed(panels, "engagement");
        const LensSeries& begun = engagement.result.charts[0].series[0];
        for (std::size_t i = 0; i < begun.points.size(); ++i)
            QCOMPARE(double(chosenBy(rows, engagement.conditions[0][0][i]).size()), begun.points[i].y);
        const ArcPanel& sources = panelNamed(panels, "sources");
        for (std::size_t s = 0; s < sources.conditions[0].size(); ++s) {
            for (std::size_t o = 0; o < sources.conditions[0][s].size(); ++o)
                QCOMPARE(double(chosenBy(rows, sources.conditions[0][s][o]).size()),
                         sources.result.charts[0].series[s].points[o].y);
        }
    }

    void costIsOfAllArcsForEachResolvedOne()
    {
        const ArcRows rows = week();
        const auto panels = arcPanels(rows.corpus(), rows.strings(), allArcs(rows.corpus()), SpanText::Plan, {});
        const ArcPanel& panel = panelNamed(panels, "cost");
        const LensPoint& all = panel.result.charts[0].series[0].points[0];
        QVERIFY(std::abs(all.y - (12 * 0.02 + 12 * 0.01 + 12 * 0.04) / 24 * 1e6) < 1);
        QVERIFY(all.low < all.y && all.y < all.high);
        QCOMPARE(all.n, std::uint64_t(24));
        QVERIFY(panel.result.caveats[0].find("1 arcs have no cost") == 0);
    }

    /// Where nothing is resolved, axes without a value would look like a cost of 0.
    void chartsOfNothingAreLeftOut()
    {
        ArcRows rows;
        for (int i = 0; i < 12; ++i)
            rows.add("outcome=unknown source=none turns=1 cost=0.02 currency=USD plan=pro");
        const auto panels = arcPanels(rows.corpus(), rows.strings(), allArcs(rows.corpus()), SpanText::Plan, {});
        const ArcPanel& cost = panelNamed(panels, "cost");
        QVERIFY(cost.result.charts.empty() && cost.conditions.empty());
        QVERIFY(!cost.result.table.rows.empty());
        for (const ArcPanel& panel : panels) {
            QCOMPARE(panel.conditions.size(), panel.result.charts.size());
            for (const LensChart& chart : panel.result.charts)
                QVERIFY2(!drawsNothing(chart), chart.title.c_str());
        }
    }

    void withoutCostsTheMissingFieldIsNamed()
    {
        ArcRows rows;
        rows.add("outcome=succeeded");
        const auto panels = arcPanels(rows.corpus(), rows.strings(), allArcs(rows.corpus()), SpanText::Plan, {});
        const ArcPanel& panel = panelNamed(panels, "cost");
        QCOMPARE(panel.result.n, std::uint64_t(0));
        QCOMPARE(panel.result.missing.size(), std::size_t(1));
        QVERIFY(arcPanels(rows.corpus(), rows.strings(), {}, SpanText::Plan, {}).empty());
    }

    void cohortsAreComparedWithIntervals()
    {
        const ArcRows rows = week();
        const ArcPanel panel = comparisonPanel(rows.corpus(), rows.strings(), chosenBy(rows, "plan=free"),
                                               chosenBy(rows, "plan=pro"), SpanText::Plan);
        QVERIFY2(panel.result.sentence.find("24 arcs against 12") == 0, panel.result.sentence.c_str());
        bool differs = false;
        for (const LensRow& row : panel.result.table.rows) {
            QCOMPARE(row.cells.size(), panel.result.table.columns.size());
            differs = differs || (std::holds_alternative<std::string>(row.cells[5]) &&
                                  std::get<std::string>(row.cells[5]) == "differs");
        }
        QVERIFY(differs);
    }

    void whatSetsSomeApartIsNamed()
    {
        const ArcRows rows = week();
        const ArcPanel panel = differencePanel(rows.corpus(), rows.strings(), allArcs(rows.corpus()),
                                               chosenBy(rows, "outcome=failed"), std::array{ArcColumn::Outcome});
        QCOMPARE(panel.result.n, std::uint64_t(12));
        QVERIFY(!panel.result.table.rows.empty());
        bool plan = false;
        for (const LensRow& row : panel.result.table.rows)
            plan = plan || std::get<std::string>(row.cells[0]) == "plan";
        QVERIFY(plan);
        for (const LensRow& row : panel.result.table.rows)
            QVERIFY(std::get<std::string>(row.cells[0]) != "outcome");
    }
};

QTEST_APPLESS_MAIN(TestArcPanels)
#include "tst_arcpanels.moc"
