// layers: analysis Qt6::Core
#include "arcrows.h"
#include "arcsummary.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

ArcSummary summaryOf(const ArcRows& rows)
{
    const ArcCorpus arcs = rows.corpus();
    return summarise(arcs, allArcs(arcs));
}

ArcSummary summaryOf(const std::string& lines)
{
    return summaryOf(ArcRows(lines));
}

const std::string ten =
    R"(outcome=succeeded resolution=resolved source=label turns=1 resolved=10s cost=0.1 currency=USD user=a session=s1 sessions=1 devices=1 time=2026-11-02T09:00:00Z
outcome=succeeded resolution=resolved source=rule turns=2 resolved=20s cost=0.2 currency=USD user=a session=s1 sessions=1 devices=1 time=2026-11-02T10:00:00Z
outcome=succeeded resolution=resolved source=human turns=3 resolved=30s cost=0.3 currency=USD user=b session=s2 sessions=2 session2=s4 stretches=2 devices=2 time=2026-11-02T11:00:00Z
outcome=failed resolution=failed source=label turns=4 re_asks=2 cost=0.4 currency=USD price_table=p user=a session=s3 sessions=1 devices=1 time=2026-11-03T09:00:00Z
outcome=failed resolution=abandoned source=rule turns=2 re_asks=1 regenerates=1 cost=1 currency=EUR user=c time=2026-11-03T10:00:00Z
outcome=declined resolution=declined source=rule turns=1 user=c
outcome=deferred resolution=resolved_by_human source=user_action turns=2 escalations=1
outcome=unknown resolution=abandoned turns=-1 re_asks=-1 regenerates=-1 escalations=-1
outcome=unknown turns=3 tokens=500
outcome=unknown turns=2 tokens=700
)";

} // namespace

class TestArcSummary : public QObject
{
    Q_OBJECT

private slots:
    void whatBecameOfThem()
    {
        const ArcSummary summary = summaryOf(ten);
        QCOMPARE(summary.arcs, std::uint64_t{10});
        QCOMPARE(summary[ArcOutcome::Declined].count, (Count{1, 10}));
        QCOMPARE(summary[ArcOutcome::Deferred].count, (Count{1, 10}));
        QCOMPARE(summary[ArcOutcome::Failed].count, (Count{2, 10}));
        QCOMPARE(summary[ArcOutcome::Succeeded].count, (Count{3, 10}));
        QCOMPARE(summary[ArcOutcome::Unknown].count, (Count{3, 10}));
        QCOMPARE(summary[ArcRateName::Attempted].count, (Count{5, 7}));
        QCOMPARE(summary[ArcRateName::SuccessOfAttempts].count, (Count{3, 5}));
        QCOMPARE(summary[ArcRateName::SuccessOfKnown].count, (Count{3, 7}));
        QCOMPARE(summary[ArcRateName::SuccessOfKnown].interval, wilsonInterval({3, 7}));
        QCOMPARE(summary[ArcRateName::Unknown].count, (Count{3, 10}));
        QCOMPARE(summary.successBounds, (Interval{0.3, 0.6}));
        QCOMPARE(summary[ArcRateName::Labelled].count, (Count{3, 10}));
        QCOMPARE(summary.sources[static_cast<std::size_t>(ArcSource::Rule)], std::uint64_t{3});
        QCOMPARE(summary.sources[static_cast<std::size_t>(ArcSource::None)], std::uint64_t{3});
        // The success given attempts and the coverage multiply to the success of all that is known.
        QVERIFY(std::abs(summary[ArcRateName::Attempted].value() * summary[ArcRateName::SuccessOfAttempts].value() -
                         summary[ArcRateName::SuccessOfKnown].value()) < 1e-12);
    }

    void whatUsersHadToDo()
    {
        const ArcSummary summary = summaryOf(ten);
        QCOMPARE(summary[ArcRateName::ReAsked].count, (Count{2, 9}));
        QCOMPARE(summary[ArcRateName::Regenerated].count, (Count{1, 9}));
        QCOMPARE(summary[ArcRateName::Escalated].count, (Count{1, 9}));
        QCOMPARE(summary[ArcRateName::Resolved].count, (Count{3, 8}));
        QCOMPARE(summary[ArcRateName::ResolvedByHuman].count, (Count{1, 8}));
        QCOMPARE(summary[ArcRateName::Abandoned].count, (Count{2, 8}));
        QCOMPARE(summary.turnsMedian.value, 2);
        QCOMPARE(summary.timeMedian.value, 20 * second);
        QVERIFY(!summary.timeMedian.bounded);
        QCOMPARE(summary.timeP90.value, 30 * second);
        QCOMPARE(summary[ArcRateName::SeveralSessions].count, (Count{1, 4}));
        QCOMPARE(summary[ArcRateName::SeveralDevices].count, (Count{1, 4}));
        QCOMPARE(summary[ArcRateName::Continued].count, (Count{1, 10}));
    }

    void whatItCost()
    {
        const ArcSummary summary = summaryOf(ten);
        QCOMPARE(summary.costs.size(), std::size_t{2});
        const ArcCosts& dollars = summary.costs[0];
        QCOMPARE(dollars.arcs, std::uint64_t{4});
        QCOMPARE(dollars.computed, std::uint64_t{1});
        QCOMPARE(dollars.resolved, std::uint64_t{3});
        QCOMPARE(dollars.total, std::int64_t{1'000'000});
        QVERIFY(std::abs(dollars.perResolved->value - 1'000'000.0 / 3) < 1e-6); // the failed one is paid for, too
        QVERIFY(!dollars.perResolved->interval);
        QCOMPARE(summary.costs[1].arcs, std::uint64_t{1});
        QVERIFY(!summary.costs[1].perResolved); // none was resolved: no cost of it, rather than 0
        QCOMPARE(summary.unpriced, std::uint64_t{5});
        QCOMPARE(summary.tokens, std::uint64_t{1'200});
        QCOMPARE(summary.arcsWithTokens, std::uint64_t{2});
    }

    void engagement()
    {
        const ArcEngagement engagement = summaryOf(ten).engagement;
        QCOMPARE(engagement.requests, std::uint64_t{20});
        QCOMPARE(engagement.arcsWithTurns, std::uint64_t{9});
        QCOMPARE(engagement.days, std::uint64_t{2});
        QCOMPARE(engagement.arcsWithTime, std::uint64_t{5});
        QCOMPARE(*engagement.arcsPerDay(), 2.5);
        QCOMPARE(engagement.users, std::uint64_t{3});
        QCOMPARE(engagement.arcsWithUser, std::uint64_t{6});
        QCOMPARE(engagement.mostOfOneUser, std::uint64_t{3});
        QCOMPARE(engagement.returning.count, (Count{1, 3}));
        QCOMPARE(engagement.sessions, std::uint64_t{4});
        QCOMPARE(*engagement.sessionsPerArc(), 1.25);
    }

    void none()
    {
        const ArcSummary summary = summaryOf("");
        QCOMPARE(summary.arcs, std::uint64_t{0});
        for (const ArcRate& rate : summary.rates) {
            QVERIFY(!rate.recorded());
            QCOMPARE(rate.interval, (Interval{0, 1}));
        }
        QCOMPARE(summary.timeMedian.count, std::uint64_t{0});
        QVERIFY(summary.costs.empty());
        QCOMPARE(summary.successBounds, (Interval{0, 1}));
        QVERIFY(!summary.engagement.arcsPerDay());
        QVERIFY(!summary.engagement.turnsPerArc());
        QVERIFY(!summary.engagement.sessionsPerArc());
        QVERIFY(!summary.engagement.returning.recorded());
    }

    void nothingRecorded()
    {
        const ArcSummary summary = summaryOf("turns=-1 re_asks=-1 rescues=-1\nturns=-1 re_asks=-1 rescues=-1\n");
        QCOMPARE(summary[ArcOutcome::Unknown].count, (Count{2, 2}));
        QVERIFY(!summary[ArcRateName::Attempted].recorded());
        QVERIFY(!summary[ArcRateName::SuccessOfKnown].recorded());
        QVERIFY(!summary[ArcRateName::Resolved].recorded());
        QVERIFY(!summary[ArcRateName::ReAsked].recorded());
        QVERIFY(!summary[ArcRateName::SeveralDevices].recorded());
        QCOMPARE(summary.successBounds, (Interval{0, 1}));
        QCOMPARE(summary.unpriced, std::uint64_t{2});
        QCOMPARE(summary.arcsWithTokens, std::uint64_t{0});
        QVERIFY(!summary.engagement.arcsPerDay());
    }

    /// Whatever is selected: the same as going row by row.
    void byBlockAsByRow()
    {
        const ArcRows made = randomArcs(70'000, 5);
        const ArcCorpus arcs = made.corpus();
        for (const std::uint32_t step : {1U, 3U, 700U}) {
            std::vector<std::uint32_t> rows;
            for (std::uint32_t row = 0; row < arcs.arcs.rows(); row += step)
                rows.push_back(row);
            const ArcSummary summary = summarise(arcs, rows);
            std::array<std::uint64_t, arcOutcomeCount> outcomes{};
            Count reAsked;
            std::map<std::int64_t, std::int64_t> costs;
            std::set<std::int64_t> users;
            std::set<std::int64_t> sessions;
            std::vector<std::int64_t> times;
            for (const std::uint32_t row : rows) {
                const auto at = [&](ArcColumn column) { return arcs.arcs.at(column, row); };
                ++outcomes[static_cast<std::size_t>(at(ArcColumn::Outcome))];
                reAsked.of += at(ArcColumn::ReAsks) > 0;
                reAsked.all += at(ArcColumn::ReAsks) >= 0;
                if (at(ArcColumn::Cost) >= 0)
                    costs[at(tagColumn(SpanText::Currency))] += at(ArcColumn::Cost);
                users.insert(at(tagColumn(SpanText::User)));
                sessions.insert(at(tagColumn(SpanText::Session)));
                if (at(ArcColumn::Resolution) == static_cast<std::int64_t>(ArcResolution::Resolved) &&
                    at(ArcColumn::Resolved) >= 0)
                    times.push_back(at(ArcColumn::Resolved));
            }
            for (std::size_t i = 0; i < outcomes.size(); ++i)
                QCOMPARE(summary.outcomes[i].count, (Count{outcomes[i], rows.size()}));
            QCOMPARE(summary[ArcRateName::ReAsked].count, reAsked);
            QCOMPARE(summary.costs.size(), costs.size());
            for (const ArcCosts& cost : summary.costs)
                QCOMPARE(cost.total, costs[cost.currency.value]);
            QCOMPARE(summary.engagement.users, users.size());
            QCOMPARE(summary.engagement.sessions, sessions.size());
            QCOMPARE(summary.timeMedian, quantileOf(times, 0.5));
        }
    }

    void groups()
    {
        const ArcRows made = randomArcs(5'000, 7);
        const ArcCorpus arcs = made.corpus();
        const std::vector<std::uint32_t> rows = allArcs(arcs);
        ArcGroups groups;
        groups.count = 3;
        std::vector<std::vector<std::uint32_t>> alone(3);
        for (const std::uint32_t row : rows) {
            groups.groupOf.push_back(row % 4 == 3 ? noGroup : row % 4);
            if (row % 4 < 3)
                alone[row % 4].push_back(row);
        }
        const std::array ways{ArcGroups(), groups};
        const auto both = summarise(arcs, rows, ways);
        QCOMPARE(both[0].front().rates, summarise(arcs, rows).rates);
        const std::vector<ArcSummary>& summaries = both[1];
        for (std::size_t i = 0; i < 3; ++i) {
            const ArcSummary expected = summarise(arcs, alone[i]);
            QCOMPARE(summaries[i].rates, expected.rates);
            QCOMPARE(summaries[i].outcomes, expected.outcomes);
            QCOMPARE(summaries[i].timeP90, expected.timeP90);
            QCOMPARE(summaries[i].costs[0].perResolved, expected.costs[0].perResolved);
            QCOMPARE(summaries[i].engagement.users, expected.engagement.users);
            QCOMPARE(summaries[i].engagement.returning, expected.engagement.returning);
        }
    }
};

QTEST_APPLESS_MAIN(TestArcSummary)
#include "tst_arcsummary.moc"
