// layers: core analysis
#include "corpusbuilder.h"
#include "streamsample.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// One model call from 0 on, and its stream.
struct Call {
    SpanRecord span;
    CorpusBuilder builder;

    Call()
    {
        span.kind = SpanKind::ModelCall;
        span.start = 0;
        span.provenance.set(Fact::Start, Provenance::Measured);
    }
    StreamSample sample(const char* script)
    {
        builder.add(span, {});
        const Corpus corpus = builder.buildWith(sampleColumns());
        StreamSamples samples;
        addSample(samples, corpus, 0, *modelOf(script));
        return samples.all.at(0);
    }
};

std::optional<double> number(const StreamSample& sample, StreamMetric metric)
{
    const auto value = valueOf(sample, metric);
    return value ? std::optional<double>(value->value) : std::nullopt;
}

} // namespace

class TestStreamSample : public QObject
{
    Q_OBJECT

private slots:
    void timesOfAStream()
    {
        Call call;
        call.span.end = 9'000 * millisecond;
        const StreamSample sample = call.sample("100 start\n400 open reasoning 0\n400 chunk hm\n500 close\n"
                                                "500 open text 1\n800 chunk abcd\n1000 chunk efgh\n5000 chunk ij\n"
                                                "5100 stop end_turn\n5200 end");
        QCOMPARE(sample.firstToken, 400 * millisecond);
        QCOMPARE(sample.firstVisible, 800 * millisecond);
        QCOMPARE(sample.firstTokenSource, Provenance::Measured);
        QCOMPARE(sample.stalls, 1u);
        QCOMPARE(sample.longestStall, 4'000 * millisecond);
        QCOMPARE(sample.stalled, 4'000 * millisecond);
        QCOMPARE(sample.length, 9'000 * millisecond);
        QCOMPARE(sample.writing, 4'600 * millisecond);
        QCOMPARE(sample.shownBytes, std::uint64_t(12));
        QCOMPARE(sample.laterBytes, std::uint64_t(10));
        QCOMPARE(sample.ending, StreamEnding::Ended);
        QCOMPARE(number(sample, StreamMetric::FirstToken), std::optional<double>(0.4));
        QCOMPARE(number(sample, StreamMetric::Withdrawn), std::optional<double>(0));
        QCOMPARE(number(sample, StreamMetric::Acceptance), std::nullopt);
    }

    void theWaitBeforeTheFirstTokenIsNoStall()
    {
        Call call;
        const StreamSample sample = call.sample("60000 chunk ab\n60100 chunk cd\n60200 end");
        QCOMPARE(sample.firstToken, 60 * second);
        QCOMPARE(sample.stalls, 0u);
        QCOMPARE(sample.longestStall, Nanos(0));
    }

    void howAFirstTokenIsKnown()
    {
        Call declared;
        declared.span.firstToken = 700 * millisecond;
        StreamSample sample = declared.sample("- chunk ab\n- chunk cd");
        QCOMPARE(sample.firstToken, 700 * millisecond);
        QCOMPARE(sample.firstTokenSource, Provenance::Declared);
        QCOMPARE(number(sample, StreamMetric::LongestStall), std::nullopt);
        QCOMPARE(number(sample, StreamMetric::ByteSpeed), std::nullopt);

        Call inferred;
        inferred.span.provenance.set(Fact::Start, Provenance::Inferred);
        sample = inferred.sample("0 start\n300 chunk ab");
        QCOMPARE(sample.firstToken, 300 * millisecond);
        QCOMPARE(sample.firstTokenSource, Provenance::Inferred);

        Call answer; // a provider's first event came when the span began: the request was earlier
        QCOMPARE(answer.sample("0 start\n300 chunk ab").firstTokenSource, Provenance::Inferred);

        Call nothing; // its start was taken from its first token
        nothing.span.provenance.set(Fact::Start, Provenance::Inferred);
        sample = nothing.sample("0 chunk ab\n100 chunk cd");
        QCOMPARE(sample.firstToken, noTime);
        QCOMPARE(sample.firstTokenSource, Provenance::NotRecorded);

        Call early; // the clocks contradict each other
        early.span.start = second;
        QCOMPARE(early.sample("0 chunk ab").firstToken, noTime);
    }

    void speedIsOfTokensOrOfBytes()
    {
        Call counted;
        counted.span.usage[UsageClass::Input] = 100;
        counted.span.usage[UsageClass::CacheRead] = 900;
        counted.span.usage[UsageClass::Output] = 50;
        counted.span.usage[UsageClass::Reasoning] = 5'000; // never shown
        StreamSample sample = counted.sample("1000 chunk ab\n3000 chunk cdef");
        QCOMPARE(sample.inputTokens, std::int64_t(1'000));
        QCOMPARE(number(sample, StreamMetric::TokenSpeed), std::optional<double>(25));
        QCOMPARE(number(sample, StreamMetric::ByteSpeed), std::nullopt);

        Call shown;
        shown.span.usage[UsageClass::Output] = 50;
        shown.span.usage[UsageClass::Reasoning] = 150;
        sample = shown.sample("0 open reasoning 0\n1000 chunk ab\n3000 chunk cdef");
        QCOMPARE(number(sample, StreamMetric::TokenSpeed), std::optional<double>(100));

        Call silent;
        sample = silent.sample("1000 chunk ab\n3000 chunk cdef");
        QCOMPARE(number(sample, StreamMetric::TokenSpeed), std::nullopt);
        QCOMPARE(number(sample, StreamMetric::ByteSpeed), std::optional<double>(2));
        Call once; // nothing to measure
        QCOMPARE(number(once.sample("1000 chunk abcdef"), StreamMetric::ByteSpeed), std::nullopt);
    }

    void draftsAndWithdrawals()
    {
        Call call;
        const StreamSample sample =
            call.sample("0 draft@0 a abcd\n1 accept a 3\n2 draft@3 b efgh\n3 accept b 6\n4 retract 2 5 guardrail");
        QCOMPARE(sample.draftTokens, std::int64_t(8));
        QCOMPARE(sample.acceptedTokens, std::int64_t(6));
        QCOMPARE(number(sample, StreamMetric::Acceptance), std::optional<double>(0.75));
        QCOMPARE(sample.retractions, 3u);
        QCOMPARE(number(sample, StreamMetric::Withdrawn), std::optional<double>(5));
    }

    void howItEnded_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<bool>("spanEnds");
        QTest::addColumn<int>("ending");
        QTest::newRow("terminal event") << QByteArray("0 chunk a\n1 stop x\n2 end") << true << int(StreamEnding::Ended);
        QTest::newRow("stop word") << QByteArray("0 chunk a\n1 stop x") << true << int(StreamEnding::Stopped);
        QTest::newRow("error") << QByteArray("0 chunk a\n1 error x\n2 end") << true << int(StreamEnding::Failed);
        QTest::newRow("begun and cut") << QByteArray("0 start\n1 chunk a") << true << int(StreamEnding::BrokeOff);
        QTest::newRow("cut") << QByteArray("1 chunk a") << false << int(StreamEnding::BrokeOff);
        QTest::newRow("no ends") << QByteArray("1 chunk a") << true << int(StreamEnding::NotRecorded);
        QTest::newRow("nothing") << QByteArray() << true << int(StreamEnding::NotRecorded);
    }
    void howItEnded()
    {
        QFETCH(QByteArray, script);
        QFETCH(bool, spanEnds);
        QFETCH(int, ending);
        Call call;
        if (spanEnds)
            call.span.end = second;
        QCOMPARE(int(call.sample(script.constData()).ending), ending);
    }

    void surfacesAreKeptOnce()
    {
        CorpusBuilder builder;
        builder.add({}, {});
        const Corpus corpus = builder.buildWith(sampleColumns());
        const auto with = [&](const char* detail) {
            StreamWriter writer;
            StreamEvent event;
            event.kind = StreamEventKind::Start;
            event.detail = detail;
            writer.add(event);
            return StreamModel::of(writer.take());
        };
        StreamSamples samples;
        addSample(samples, corpus, 0, *with("{\"surface\":\"chat\"}"));
        addSample(samples, corpus, 0, *with("{\"id\":1}"));
        StreamSamples other;
        addSample(other, corpus, 0, *with("{\"surface\":\"code\"}"));
        addSample(other, corpus, 0, *with("{\"surface\":\"chat\"}"));
        samples.append(std::move(other));
        std::vector<std::string> names;
        for (const StreamSample& sample : samples.all)
            names.push_back(samples.surfaces[sample.surface]);
        QCOMPARE(names, (std::vector<std::string>{"chat", "", "code", "chat"}));
        QCOMPARE(samples.surfaces.size(), std::size_t(3));
    }

    void valuesForPeople()
    {
        QCOMPARE(metricText(StreamMetric::FirstToken, 1.25), std::string("1.25 s"));
        QCOMPARE(metricText(StreamMetric::LongestStall, 0), std::string("0"));
        QCOMPARE(metricText(StreamMetric::TokenSpeed, 9.994), std::string("9.99"));
        QCOMPARE(metricText(StreamMetric::TokenSpeed, 9.999), std::string("10.00"));
        QCOMPARE(metricText(StreamMetric::TokenSpeed, 41.26), std::string("41.3"));
        QCOMPARE(metricText(StreamMetric::ByteSpeed, 1234.5), std::string("1235"));
        QCOMPARE(metricText(StreamMetric::Acceptance, 0.784), std::string("78 %"));
        QCOMPARE(metricText(StreamMetric::Withdrawn, 12), std::string("12"));
    }

    void aStatedFirstTokenOfAModelCallCounts()
    {
        CorpusBuilder builder;
        SpanRecord span;
        span.kind = SpanKind::ModelCall;
        builder.add(span, {});
        span.firstToken = 5;
        builder.add(span, {});
        span.kind = SpanKind::Agent;
        builder.add(span, {});
        const Corpus& corpus = builder.build();
        QVERIFY(!statesFirstToken(corpus.spans, 0));
        QVERIFY(statesFirstToken(corpus.spans, 1));
        QVERIFY(!statesFirstToken(corpus.spans, 2));
    }
};

QTEST_APPLESS_MAIN(TestStreamSample)
#include "tst_streamsample.moc"
