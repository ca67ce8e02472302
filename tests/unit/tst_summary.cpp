// layers: core analysis
#include "assemble.h"
#include "corpusbuilder.h"
#include "summary.h"

#include <QTest>

#include <array>
#include <limits>

using namespace arcscope;
using namespace arcscope::testing;

class TestSummary : public QObject
{
    Q_OBJECT

private slots:
    void sumsOfHugeCountsStayInRange()
    {
        CorpusBuilder builder;
        addSpans(builder, "t run - agent 0-100\n"
                          "t one run model 0-40 in=9223372036854775807\n"
                          "t two run model 40-90 in=9223372036854775807\n");
        Corpus& corpus = builder.build();
        const auto assembly = assemble(corpus, builder.traceIds, {});
        QVERIFY(assembly);
        std::array<std::int64_t, 1> tokens{};
        assembly->traces.chunks().at(0)[TraceColumn::Tokens].read(0, tokens);
        QCOMPARE(tokens[0], std::numeric_limits<std::int64_t>::max());
    }

    void countsEachResponseOnce()
    {
        CorpusBuilder builder;
        addSpans(builder, "t run - agent 0-100 in=30 out=12\n"
                          "t one run model 0-40 in=10 out=5\n"
                          "t two run model 40-90 in=20 out=7 status=error\n"
                          "t tool run tool 90-95\n"
                          "u lone - tool 5-250\n");
        Corpus& corpus = builder.build();
        const auto assembly = assemble(corpus, builder.traceIds, {});
        QVERIFY(assembly);
        corpus.traces = assembly->traces;
        const std::vector<std::int64_t> flags(assembly->flags.begin(), assembly->flags.end());
        corpus.spans.set(0, SpanColumn::Flags, std::make_shared<Column>(encode(flags)));
        for (const SpanColumn column : summaryColumns())
            QVERIFY(corpus.spans.has(column));

        const auto sum = summarise(corpus, {});
        QVERIFY(sum);
        QCOMPARE(sum->traces, std::uint64_t{2});
        QCOMPARE(sum->spans, std::uint64_t{5});
        QCOMPARE(sum->count(SpanKind::ModelCall), std::uint64_t{2});
        QCOMPARE(sum->count(SpanKind::ToolCall), std::uint64_t{2});
        QCOMPARE(sum->errors, std::uint64_t{1});
        QCOMPARE(sum->usage[UsageClass::Input], 30);
        QCOMPARE(sum->usage[UsageClass::Output], 12);
        QCOMPARE(sum->usage[UsageClass::CacheRead], noTokens);
        QCOMPARE(sum->lastEnd, 250 * millisecond);
    }

    void anEmptyCorpusHasNoTimes()
    {
        const auto sum = summarise({}, {});
        QVERIFY(sum);
        QCOMPARE(sum->spans, std::uint64_t{0});
        QCOMPARE(sum->firstStart, noTime);
        QVERIFY(!sum->usage.recorded());
    }
};

QTEST_APPLESS_MAIN(TestSummary)
#include "tst_summary.moc"
