// layers: core layout analysis
#include "aggregates.h"

#include "assembledcorpus.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-100
    t m root model 0-40 in=100 out=10
    t a root tool 40-80 status=error
    t b root tool 60-90
    t open root tool 95-
    t untimed root tool -
    t n root model 80-100 in=5
)";

Aggregates over(const std::string& text, TimeRange range)
{
    const Corpus corpus = corpusOf(text);
    const std::vector<Row> rows = corpus.rowsOf(0);
    return aggregate(corpus, rows, range);
}

} // namespace

class TestAggregates : public QObject
{
    Q_OBJECT

private slots:
    void everythingIsCountedByKind()
    {
        const Aggregates sums = over(spans, {});
        QCOMPARE(sums.all.spans, std::uint64_t{6});
        QCOMPARE(sums.untimed, std::uint64_t{1});
        QCOMPARE(sums[SpanKind::ToolCall].spans, std::uint64_t{3});
        QCOMPARE(sums[SpanKind::ToolCall].errors, std::uint64_t{1});
        QCOMPARE(sums[SpanKind::ToolCall].unfinished, std::uint64_t{1});
        QCOMPARE(sums[SpanKind::ToolCall].time, 70 * millisecond);
        QCOMPARE(sums[SpanKind::ModelCall].tokens, std::int64_t{115});
        QCOMPARE(sums[SpanKind::ModelCall].withTokens, std::uint64_t{2});
    }

    void selfTimeLeavesOutChildrenOnce()
    {
        // The children cover 0 to 100 without a gap, a and b together only once.
        QCOMPARE(over(spans, {})[SpanKind::Agent].selfTime, Nanos{0});
        QCOMPARE(over("t r - agent 0-100\n t a r tool 10-40\n t b r tool 30-60", {})[SpanKind::Agent].selfTime,
                 50 * millisecond);
    }

    void aRangeCutsTimesAndTokens()
    {
        const Aggregates sums = over(spans, {50 * millisecond, 85 * millisecond});
        QCOMPARE(sums[SpanKind::ToolCall].spans, std::uint64_t{2});
        QCOMPARE(sums[SpanKind::ToolCall].time, 55 * millisecond);
        QCOMPARE(sums[SpanKind::Agent].time, 35 * millisecond);
        // Only the call that starts inside brings its tokens.
        QCOMPARE(sums[SpanKind::ModelCall].tokens, std::int64_t{5});
    }

    void withoutUsageTokensAreNotRecorded()
    {
        QCOMPARE(over("t a - tool 0-10", {}).all.tokens, noTokens);
        QCOMPARE(over("t a - model 0-10 in=0", {}).all.tokens, std::int64_t{0});
    }

    void rollUpsAreNotCountedTwice()
    {
        QCOMPARE(over("t a - agent 0-10 in=30\n t m a model 0-5 in=30", {}).all.tokens, std::int64_t{30});
    }
};

QTEST_APPLESS_MAIN(TestAggregates)
#include "tst_aggregates.moc"
