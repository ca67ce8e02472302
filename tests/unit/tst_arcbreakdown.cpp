// layers: analysis Qt6::Core
#include "arcbreakdown.h"
#include "arcrows.h"
#include "utccalendar.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Pairs = std::vector<std::pair<std::int64_t, std::uint64_t>>;

ArcBreakdown broken(const ArcRows& rows, const ArcGrouping& grouping)
{
    const ArcCorpus arcs = rows.corpus();
    return breakDown(arcs, allArcs(arcs), grouping);
}

Pairs sizes(const ArcBreakdown& breakdown)
{
    Pairs pairs;
    for (const ArcGroup& group : breakdown.groups)
        pairs.emplace_back(group.key, group.summary.arcs);
    return pairs;
}

} // namespace

class TestArcBreakdown : public QObject
{
    Q_OBJECT

private slots:
    void calendar()
    {
        QCOMPARE(dayOf(0), 0);
        QCOMPARE(dayOf(-1), -1);
        QCOMPARE(dayOf(-dayLength), -1);
        QCOMPARE(hourOfDay(-1), 23);
        QCOMPARE(weekdayOf(0), 3);
        QCOMPARE(weekdayOf(-4), 6);
        const std::int64_t day = dayOf(parseIsoTime("2026-11-22T05:00:00Z")->time); // a Sunday
        QCOMPARE(weekdayOf(day), 6);
        QCOMPARE(weekOf(day), day - 6);
    }

    void byTag()
    {
        ArcRows rows;
        for (const char* plan : {"a", "b", "b", "c", "c", "c", "d", "e"})
            rows.add(std::string("outcome=failed plan=") + plan);
        rows.add("outcome=succeeded");
        const ArcBreakdown breakdown = broken(rows, {ArcGrouping::By::Tag, SpanText::Plan, 2});
        const auto id = [&](const char* text) { return std::int64_t{rows.strings().find(text).value}; };
        QCOMPARE(sizes(breakdown), (Pairs{{id("c"), 3}, {id("b"), 2}}));
        QCOMPARE(breakdown.otherValues, 3U);
        QCOMPARE(breakdown.others.summary.arcs, std::uint64_t{3});
        QCOMPARE(breakdown.notRecorded.arcs, std::uint64_t{1});
        QCOMPARE(breakdown.notRecorded[ArcOutcome::Succeeded].count, (Count{1, 1}));
        QCOMPARE(breakdown.groups[0].summary[ArcOutcome::Failed].count, (Count{3, 3}));
    }

    void byTagThatNoArcHas()
    {
        const ArcBreakdown breakdown = broken(ArcRows("turns=1\nturns=2\n"), {ArcGrouping::By::Tag, SpanText::Plan});
        QVERIFY(breakdown.groups.empty());
        QCOMPARE(breakdown.others.summary.arcs, std::uint64_t{0});
        QCOMPARE(breakdown.notRecorded.arcs, std::uint64_t{2});
    }

    void ofNothing()
    {
        const ArcBreakdown breakdown = broken(ArcRows(), {ArcGrouping::By::Day});
        QVERIFY(breakdown.groups.empty());
        QCOMPARE(breakdown.notRecorded.arcs, std::uint64_t{0});
    }

    void overTime()
    {
        const ArcRows rows(R"(time=2026-11-01T23:59:59Z
time=2026-11-02T00:00:00Z
time=2026-11-02T09:30:00Z
time=2026-11-09T09:10:00Z
turns=1
)");
        const std::int64_t monday = dayOf(parseIsoTime("2026-11-02T00:00:00Z")->time);
        const ArcBreakdown days = broken(rows, {ArcGrouping::By::Day});
        QCOMPARE(sizes(days), (Pairs{{monday - 1, 1}, {monday, 2}, {monday + 7, 1}}));
        QCOMPARE(days.notRecorded.arcs, std::uint64_t{1});
        QCOMPARE(sizes(broken(rows, {ArcGrouping::By::Week})), (Pairs{{monday - 7, 1}, {monday, 2}, {monday + 7, 1}}));
        QCOMPARE(sizes(broken(rows, {ArcGrouping::By::HourOfWeek})), (Pairs{{0, 1}, {9, 2}, {167, 1}}));
    }

    /// u has sessions a, b and c; v has the sessions a and d: a belongs to both.
    void bySessionOfTheUser()
    {
        const ArcRows rows(R"(user=u session=a time=2026-11-01
user=v session=a time=2026-11-02
user=u session=b time=2026-11-03
user=u session=a time=2026-11-04
user=v session=d time=2026-11-05
user=u session=c time=2026-11-06
user=u time=2026-11-07
session=c time=2026-11-07
user=u session=c
)");
        QCOMPARE(sessionOrdinals(rows.corpus()), (std::vector<std::uint32_t>{1, 1, 2, 1, 2, 3, 0, 0, 0}));
        const ArcBreakdown breakdown = broken(rows, {ArcGrouping::By::SessionOrdinal});
        QCOMPARE(sizes(breakdown), (Pairs{{1, 3}, {2, 2}, {3, 1}}));
        QCOMPARE(breakdown.groups[0].summary.engagement.users, std::uint64_t{2});
        QCOMPARE(breakdown.groups[2].summary.engagement.users, std::uint64_t{1});
        QCOMPARE(breakdown.notRecorded.arcs, std::uint64_t{3});
    }

    void lateSessionsAreCountedTogether()
    {
        ArcRows rows;
        for (int i = 0; i < 24; ++i)
            rows.add("user=u session=s" + std::to_string(i) + " time=2026-11-01T00:00:" + (i < 10 ? "0" : "") +
                     std::to_string(i) + "Z");
        const ArcBreakdown breakdown = broken(rows, {ArcGrouping::By::SessionOrdinal});
        QCOMPARE(sizes(breakdown), (Pairs{{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 5}, {11, 10}, {21, 4}}));
        QCOMPARE(breakdown.groups[5].upTo, 10);
        QCOMPARE(breakdown.groups[7].upTo, 50);
    }

    /// Whatever it is by, each arc is in one group.
    void everyArcOnce()
    {
        const ArcRows made = randomArcs(70'000, 11);
        const ArcCorpus arcs = made.corpus();
        const std::vector<std::uint32_t> rows = select(parseArcSelection("turns>2").value(), arcs, made.strings());
        using By = ArcGrouping::By;
        for (const ArcGrouping& grouping :
             {ArcGrouping{By::Whole}, ArcGrouping{By::Tag, SpanText::User, 5}, ArcGrouping{By::Tag, SpanText::Plan},
              ArcGrouping{By::Outcome}, ArcGrouping{By::Day}, ArcGrouping{By::HourOfWeek},
              ArcGrouping{By::SessionOrdinal}}) {
            const ArcBreakdown breakdown = breakDown(arcs, rows, grouping);
            std::uint64_t counted = breakdown.others.summary.arcs + breakdown.notRecorded.arcs;
            for (const ArcGroup& group : breakdown.groups) {
                counted += group.summary.arcs;
                QVERIFY(group.summary.arcs > 0);
            }
            QCOMPARE(counted, rows.size());
        }
    }
};

QTEST_APPLESS_MAIN(TestArcBreakdown)
#include "tst_arcbreakdown.moc"
