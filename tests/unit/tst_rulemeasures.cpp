// layers: core analysis
#include "detector.h"
#include "rulemeasures.h"

#include <QTest>

#include <algorithm>
#include <tuple>

using namespace arcscope;

class TestRuleMeasures : public QObject
{
    Q_OBJECT

private slots:
    void rowsAreSortedAndHold()
    {
        const auto key = [](const RuleMeasure& row) { return std::tie(row.rule, row.kind, row.set); };
        const std::span<const RuleMeasure> rows = ruleMeasures();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string rule(rows[i].rule);
            QVERIFY2(i == 0 || key(rows[i - 1]) < key(rows[i]), rule.c_str());
            QVERIFY2(ruleNamed(rule) && !rows[i].set.empty(), rule.c_str());
            QVERIFY2(rows[i].right >= 0 && rows[i].right <= rows[i].fired, rule.c_str());
            QVERIFY2(rows[i].there == 0 || rows[i].right <= rows[i].there, rule.c_str());
        }
    }

    void everyRuleWasMeasured()
    {
        for (const Detector& detector : detectors()) {
            for (const DetectorRule& rule : detector.rules) {
                const auto measures = measuresOf(rule.name);
                QVERIFY2(!measures.empty(), std::string(rule.name).c_str());
                QVERIFY2(std::ranges::any_of(measures, [](const RuleMeasure& row) { return row.there > 0; }),
                         std::string(rule.name).c_str());
            }
        }
    }

    void ofOneRule()
    {
        QVERIFY(measuresOf("no.rule").empty());
        QVERIFY(measuresOf("arc").empty());
        std::size_t all = 0;
        for (const Detector& detector : detectors()) {
            for (const DetectorRule& rule : detector.rules) {
                for (const RuleMeasure& row : measuresOf(rule.name))
                    QCOMPARE(row.rule, rule.name);
                all += measuresOf(rule.name).size();
            }
        }
        QCOMPARE(all, ruleMeasures().size());
    }

    void wordsTellWhatItWasCountedOn()
    {
        using enum MeasureKind;
        QCOMPARE(measureText({"a.b", Read, "one airline", 9, 10, 12}),
                 "read by one: right 9 of 10 (60 to 98 %), finds 9 of 12 (47 to 91 %); one airline");
        QCOMPARE(measureText({"a.b", Labelled, "pairs", 9, 10, 0}),
                 "labelled by others: right 9 of 10 (60 to 98 %); pairs");
        // Cases that somebody invented are no sample of anything.
        QCOMPARE(measureText({"a.b", Generated, "answers", 90, 91, 100}),
                 "generated: right 90 of 91, finds 90 of 100; answers");
        QCOMPARE(measureText({"a.b", Generated, "answers", 0, 0, 100}),
                 "generated: right 0 of 0, finds 0 of 100; answers");
        QCOMPARE(measureText({"a.b", Generated, "answers", 0, 13, 0}),
                 "generated: wrong in 13 that are for other rules; answers");
        for (int kind = 0; kind < measureKindCount; ++kind)
            QVERIFY(meaning(static_cast<MeasureKind>(kind)).ends_with('.'));
    }
};

QTEST_APPLESS_MAIN(TestRuleMeasures)
#include "tst_rulemeasures.moc"
