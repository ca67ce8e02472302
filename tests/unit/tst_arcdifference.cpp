// layers: analysis Qt6::Core
#include "arcdifference.h"
#include "arcrows.h"

#include <QTest>

#include <cmath>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rows = std::vector<std::uint32_t>;

ArcDifferences differing(const ArcRows& rows, const std::string& chosen, std::vector<ArcColumn> leftOut = {})
{
    const ArcCorpus arcs = rows.corpus();
    const Rows all = allArcs(arcs);
    return whatDiffers(arcs, all, select(parseArcSelection(chosen).value(), arcs, rows.strings()), leftOut);
}

const ArcFieldDifference* of(const ArcDifferences& differences, std::string_view field)
{
    for (const ArcFieldDifference& difference : differences.fields) {
        if (difference.field->name == field)
            return &difference;
    }
    return nullptr;
}

} // namespace

class TestArcDifference : public QObject
{
    Q_OBJECT

private slots:
    void whatWasPlantedComesFirst()
    {
        ArcRows rows;
        for (int i = 0; i < 600; ++i) {
            const bool failed = i % 3 == 0;
            std::string line = failed ? "outcome=failed resolution=failed" : "outcome=succeeded resolution=resolved";
            // Plan: 80 % of those that failed are free, 20 % of the others; turns: more; device: neither.
            line += (i / 3 % 5 == 0) == failed ? " plan=pro" : " plan=free";
            line += " turns=" + std::to_string(failed ? 3 + i % 5 : 1 + i % 5);
            line += i % 2 == 0 ? " device=web" : " device=ios";
            rows.add(line + " user=u" + std::to_string(i));
        }
        const ArcDifferences differences = differing(rows, "outcome=failed", {ArcColumn::Outcome});
        QCOMPARE(differences.chosen, std::uint64_t{200});
        QCOMPARE(differences.rest, std::uint64_t{400});
        QVERIFY(!of(differences, "outcome") && !of(differences, "resolution"));
        QCOMPARE(differences.fields[0].field->name, std::string_view("turns"));
        const ArcFieldDifference& plan = *of(differences, "plan");
        QCOMPARE(plan.evidence, ArcEvidence::Difference);
        QCOMPARE(plan.chosenWith.all, std::uint64_t{200});
        QVERIFY(std::abs(std::abs(plan.effect.value) - 0.6) < 1e-9);
        QVERIFY(plan.least() > 0.5 && plan.least() < 0.6);
        QVERIFY(std::abs(plan.distance - 0.6) < 1e-9);
        QCOMPARE(of(differences, "device")->evidence, ArcEvidence::None);
        // Each user has one arc: nothing can be told, and it does not count as tried.
        QCOMPARE(of(differences, "user")->evidence, ArcEvidence::TooFew);
        QCOMPARE(differences.fields.back().evidence, ArcEvidence::TooFew);
        QCOMPARE(differences.tried, std::size_t{3});
    }

    void notRecordedIsAValueOfATag()
    {
        ArcRows rows;
        for (int i = 0; i < 100; ++i)
            rows.add(i < 50 ? "outcome=failed" : "outcome=succeeded plan=pro");
        const ArcDifferences differences = differing(rows, "outcome=failed", {ArcColumn::Outcome});
        const ArcFieldDifference& plan = *of(differences, "plan");
        QCOMPARE(plan.chosen, std::uint64_t{50});
        QVERIFY(std::abs(std::abs(plan.effect.value) - 1) < 1e-9);
        QVERIFY(plan.p < 1e-20);
    }

    void numbersAreComparedWhereTheyAreRecorded()
    {
        ArcRows rows;
        for (int i = 0; i < 60; ++i) {
            std::string line = i % 2 == 0 ? "outcome=failed" : "outcome=succeeded";
            if (i % 3 != 0)
                line += " cost=" + std::to_string(i % 2 == 0 ? 2 : 1) + " currency=" + (i < 50 ? "USD" : "EUR");
            rows.add(line);
        }
        const ArcDifferences differences = differing(rows, "outcome=failed", {ArcColumn::Outcome});
        const ArcFieldDifference& cost = *of(differences, "cost");
        QVERIFY(cost.ranked);
        QCOMPARE(cost.chosen + cost.rest, std::uint64_t{33}); // dollars only
        QCOMPARE(cost.effect.value, 1.0);
        QCOMPARE(cost.chosenMedian, std::int64_t{2'000'000});
        QCOMPARE(cost.restMedian, std::int64_t{1'000'000});
    }

    void nothingToCompare()
    {
        const ArcRows made = randomArcs(300, 3);
        const ArcDifferences none = differing(made, "plan=enterprise");
        QCOMPARE(none.chosen, std::uint64_t{0});
        QCOMPARE(none.tried, std::size_t{0});
        for (const ArcFieldDifference& field : none.fields)
            QCOMPARE(field.evidence, ArcEvidence::TooFew);
        const ArcDifferences all = differing(made, "");
        QCOMPARE(all.rest, std::uint64_t{0});
        QCOMPARE(all.tried, std::size_t{0});
        QVERIFY(differing(ArcRows(), "").fields.empty());
    }

    /// Chosen by chance: of a hundred choices few say that anything differs.
    void chanceChoices()
    {
        const ArcRows made = randomArcs(400, 9);
        const ArcCorpus arcs = made.corpus();
        const Rows all = allArcs(arcs);
        int told = 0;
        std::uint64_t state = 1;
        for (int choice = 0; choice < 100; ++choice) {
            Rows chosen;
            for (const std::uint32_t row : all) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                if (state >> 62U == 0)
                    chosen.push_back(row);
            }
            const ArcDifferences differences = whatDiffers(arcs, all, chosen);
            QVERIFY(differences.tried >= 8);
            told += differences.fields[0].evidence == ArcEvidence::Difference;
        }
        QVERIFY2(told <= 10, qPrintable(QString::number(told)));
    }
};

QTEST_APPLESS_MAIN(TestArcDifference)
#include "tst_arcdifference.moc"
