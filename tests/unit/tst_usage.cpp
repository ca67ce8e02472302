// layers: core
#include "usage.h"

#include <QTest>
#include <limits>

using namespace arcscope;

namespace
{

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Usage usageOf(std::initializer_list<std::pair<UsageClass, std::int64_t>> tokens)
{
    Usage usage;
    for (const auto& [usageClass, count] : tokens)
        usage[usageClass] = count;
    return usage;
}

} // namespace

class TestUsage : public QObject
{
    Q_OBJECT

private slots:
    void silenceIsNotZero()
    {
        const Usage silent;
        QVERIFY(!silent.recorded());
        QCOMPARE(silent.total(), std::int64_t(0));
        QVERIFY(!(silent + silent).recorded());
        const Usage zero = usageOf({{UsageClass::Output, 0}});
        QVERIFY(zero.recorded());
        QVERIFY((silent + zero) == zero);
        QVERIFY(normalise({}, UsageDialect::Inclusive).usage == silent);
    }

    void classesAreAddedOneByOne()
    {
        const Usage sum = usageOf({{UsageClass::Input, 3}, {UsageClass::Output, 4}}) +
                          usageOf({{UsageClass::Output, 5}, {UsageClass::Reasoning, 6}});
        QVERIFY(sum == usageOf({{UsageClass::Input, 3}, {UsageClass::Output, 9}, {UsageClass::Reasoning, 6}}));
        QCOMPARE(sum.total(), std::int64_t(18));
    }

    void wholesGiveUpTheirParts()
    {
        RawUsage raw;
        raw.input = 1000;
        raw.output = 300;
        raw.cacheRead = 600;
        raw.audioInput = 50;
        raw.reasoning = 120;
        raw.predictionAccepted = 10;
        raw.predictionRejected = 20;
        const NormalisedUsage result = normalise(raw, UsageDialect::Inclusive);
        QVERIFY(result.usage == usageOf({{UsageClass::Input, 350},
                                         {UsageClass::CacheRead, 600},
                                         {UsageClass::AudioInput, 50},
                                         {UsageClass::Output, 150},
                                         {UsageClass::Reasoning, 120},
                                         {UsageClass::PredictionAccepted, 10},
                                         {UsageClass::PredictionRejected, 20}}));
        QVERIFY(!result.contradictory);
        QVERIFY(result.dialect == UsageDialect::Inclusive);
        QCOMPARE(result.usage.total(), std::int64_t(1300));
    }

    void eachDialectSubtractsWhatItContains_data()
    {
        QTest::addColumn<int>("dialect");
        QTest::addColumn<qint64>("input");
        QTest::addColumn<qint64>("output");
        const auto row = [](UsageDialect dialect, qint64 input, qint64 output) {
            QTest::newRow(name(dialect).data()) << static_cast<int>(dialect) << input << output;
        };
        row(UsageDialect::Inclusive, 1000 - 600 - 100, 300 - 120);
        row(UsageDialect::CacheSeparate, 1000, 300 - 120);
        row(UsageDialect::ReasoningApart, 1000 - 600 - 100, 300);
        row(UsageDialect::Disjoint, 1000, 300);
    }

    void eachDialectSubtractsWhatItContains()
    {
        QFETCH(int, dialect);
        QFETCH(qint64, input);
        QFETCH(qint64, output);
        RawUsage raw;
        raw.input = 1000;
        raw.output = 300;
        raw.cacheRead = 600;
        raw.cacheWrite = 100;
        raw.cacheWriteLong = 40;
        raw.reasoning = 120;
        const Usage usage = normalise(raw, static_cast<UsageDialect>(dialect)).usage;
        QCOMPARE(qint64(usage[UsageClass::Input]), input);
        QCOMPARE(qint64(usage[UsageClass::Output]), output);
        QCOMPARE(usage[UsageClass::CacheWrite], std::int64_t(60));
        QCOMPARE(usage[UsageClass::CacheWriteLong], std::int64_t(40));
        QCOMPARE(usage[UsageClass::Reasoning], std::int64_t(120));
    }

    void aCacheLargerThanItsInputLiesOutsideIt()
    {
        RawUsage raw;
        raw.input = 12;
        raw.cacheRead = 9000;
        const NormalisedUsage result = normalise(raw, UsageDialect::Inclusive);
        QVERIFY(result.dialect == UsageDialect::CacheSeparate);
        QVERIFY(!result.contradictory);
        QVERIFY(result.usage == usageOf({{UsageClass::Input, 12}, {UsageClass::CacheRead, 9000}}));
    }

    void aPartLargerThanItsWholeIsKeptAndSaid()
    {
        RawUsage raw;
        raw.output = 100;
        raw.reasoning = 130;
        const NormalisedUsage result = normalise(raw, UsageDialect::Inclusive);
        QVERIFY(result.contradictory);
        QVERIFY(result.usage == usageOf({{UsageClass::Output, 0}, {UsageClass::Reasoning, 130}}));
    }

    void negativeCountsAreNotRecorded()
    {
        RawUsage raw;
        raw.input = -5;
        raw.output = 7;
        QVERIFY(normalise(raw, UsageDialect::Inclusive).usage == usageOf({{UsageClass::Output, 7}}));
    }

    void countsWithoutEndStayInRange()
    {
        RawUsage raw;
        for (std::int64_t* count :
             {&raw.input, &raw.output, &raw.cacheRead, &raw.cacheWrite, &raw.reasoning, &raw.predictionAccepted,
              &raw.predictionRejected, &raw.audioInput, &raw.audioOutput})
            *count = largest;
        for (const UsageDialect dialect : {UsageDialect::Inclusive, UsageDialect::CacheSeparate,
                                           UsageDialect::ReasoningApart, UsageDialect::Disjoint}) {
            const Usage usage = normalise(raw, dialect).usage;
            QCOMPARE((usage + usage)[UsageClass::CacheRead], largest);
            QCOMPARE(usage.total(), largest);
        }
    }
};

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
