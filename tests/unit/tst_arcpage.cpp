// layers: core analysis store pipeline
#include "arcpage.h"
#include "arcrows.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestArcPage : public QObject
{
    Q_OBJECT

private slots:
    /// Whatever is worked out by whom: each figure is that of its own breakdown.
    void asEachByItself()
    {
        using By = ArcGrouping::By;
        const ArcRows made = randomArcs(3'000, 21);
        const ArcCorpus arcs = made.corpus();
        const ArcSelection selection = parseArcSelection("turns>1").value();
        const std::vector<std::uint32_t> rows = select(selection, arcs, made.strings());
        const std::vector<ArcGrouping> all{
            {By::Day}, {By::Tag, SpanText::Plan}, {By::Outcome}, {By::HourOfWeek}, {By::Tag, SpanText::User, 3}};
        for (std::size_t count = 0; count <= all.size(); ++count) {
            const std::span groupings(all.data(), count);
            const Result<ArcPage> page = arcPage(arcs, made.strings(), selection, groupings);
            QVERIFY(page.has_value());
            QCOMPARE(page->rows, rows);
            QCOMPARE(page->whole.rates, summarise(arcs, rows).rates);
            QCOMPARE(page->breakdowns.size(), count);
            for (std::size_t i = 0; i < count; ++i) {
                const ArcBreakdown alone = breakDown(arcs, rows, all[i]);
                QCOMPARE(page->breakdowns[i].grouping, all[i]);
                QCOMPARE(page->breakdowns[i].groups.size(), alone.groups.size());
                for (std::size_t group = 0; group < alone.groups.size(); ++group) {
                    QCOMPARE(page->breakdowns[i].groups[group].key, alone.groups[group].key);
                    QCOMPARE(page->breakdowns[i].groups[group].summary.rates, alone.groups[group].summary.rates);
                }
            }
        }
    }

    void ofNothing()
    {
        const ArcRows none;
        const Result<ArcPage> page = arcPage(none.corpus(), none.strings(), {}, {});
        QVERIFY(page.has_value());
        QCOMPARE(page->whole.arcs, std::uint64_t{0});
    }

    void cancelled()
    {
        std::stop_source source;
        source.request_stop();
        const ArcRows made = randomArcs(100, 1);
        const Result<ArcPage> page = arcPage(made.corpus(), made.strings(), {}, {}, {source.get_token(), nullptr});
        QVERIFY(!page);
        QCOMPARE(page.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestArcPage)
#include "tst_arcpage.moc"
