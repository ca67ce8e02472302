// layers: core analysis
#include "distribution.h"

#include <QTest>

#include <cmath>

using namespace arcscope;

namespace
{

std::vector<DistributedValue> valuesOf(const std::vector<double>& numbers)
{
    std::vector<DistributedValue> values;
    for (const double number : numbers)
        values.push_back({number, static_cast<std::uint32_t>(values.size()), Provenance::Measured});
    return values;
}

} // namespace

class TestDistribution : public QObject
{
    Q_OBJECT

private slots:
    void bucketsAreAsWritten()
    {
        const BucketBounds bounds = boundsOf(bucketOf(0.26, BucketScale::Logarithmic), BucketScale::Logarithmic);
        QCOMPARE(bounds.from, 0.25);
        QCOMPARE(bounds.to, 0.315);
        QCOMPARE(bucketOf(1, BucketScale::Logarithmic), 0);
        QCOMPARE(bucketOf(10, BucketScale::Logarithmic), 10);
        QCOMPARE(bucketOf(0, BucketScale::Logarithmic), zeroBucket);
        QCOMPARE(boundsOf(zeroBucket, BucketScale::Logarithmic).to, 0.0);
        QCOMPARE(bucketOf(0, BucketScale::Shares), 0);
        QCOMPARE(bucketOf(0.35, BucketScale::Shares), 7);
        QCOMPARE(bucketOf(1, BucketScale::Shares), 19);
        QCOMPARE(boundsOf(19, BucketScale::Shares).to, 1.0);
    }

    void everyValueLiesInItsBucket()
    {
        for (int bucket = -95; bucket < 95; ++bucket) {
            const BucketBounds bounds = boundsOf(bucket, BucketScale::Logarithmic);
            QVERIFY(bounds.from < bounds.to);
            QCOMPARE(boundsOf(bucket + 1, BucketScale::Logarithmic).from, bounds.to);
            QCOMPARE(bucketOf(bounds.from, BucketScale::Logarithmic), bucket);
            QCOMPARE(bucketOf(std::nextafter(bounds.to, 0), BucketScale::Logarithmic), bucket);
        }
        QVERIFY(bucketOf(1e300, BucketScale::Logarithmic) > 0);
        QCOMPARE(bucketOf(1e-300, BucketScale::Logarithmic), zeroBucket);
    }

    void quantilesAreValuesThatOccur()
    {
        std::vector<double> numbers;
        for (int i = 100; i >= 1; --i)
            numbers.push_back(i);
        const Distribution made = distributionOf(valuesOf(numbers), 3, BucketScale::Logarithmic);
        QCOMPARE(made.count, std::size_t(100));
        QCOMPARE(made.notRecorded, std::size_t(3));
        QCOMPARE(made.min, 1.0);
        QCOMPARE(made.p50, 50.0);
        QCOMPARE(made.p90, 90.0);
        QCOMPARE(made.p99, 99.0);
        QCOMPARE(made.max, 100.0);
        const Distribution one = distributionOf(valuesOf({7}), 0, BucketScale::Logarithmic);
        QCOMPARE(one.p50, 7.0);
        QCOMPARE(one.p99, 7.0);
        QCOMPARE(distributionOf({}, 5, BucketScale::Shares).notRecorded, std::size_t(5));
    }

    void bucketsKeepWhatIsInThem()
    {
        std::vector<DistributedValue> values = valuesOf({3.0, 0.0, 2.6, 0.0, 40.0, 2.5});
        values[0].source = Provenance::Declared;
        const Distribution made = distributionOf(values, 0, BucketScale::Logarithmic);
        QCOMPARE(made.buckets.size(), std::size_t(3));
        QCOMPARE(made.buckets[0].number, zeroBucket);
        QCOMPARE(made.buckets[0].indices, (std::vector<std::uint32_t>{1, 3}));
        QCOMPARE(made.buckets[1].indices, (std::vector<std::uint32_t>{5, 2, 0}));
        QCOMPARE(made.buckets[1].bySource[std::size_t(Provenance::Declared)], 1u);
        QCOMPARE(made.buckets[1].bySource[std::size_t(Provenance::Measured)], 2u);
        QCOMPARE(made.bySource[std::size_t(Provenance::Measured)], 5u);
    }
};

QTEST_APPLESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
