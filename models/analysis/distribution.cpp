#include "distribution.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::array<double, 10> steps{1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8};
constexpr int perDecade = static_cast<int>(steps.size());
constexpr int shareBuckets = 20;

/// The lower bound of a bucket; a power of ten below 1 divides, so that 0.25 is the number as it is written.
double boundOf(int bucket)
{
    const int decade = bucket >= 0 ? bucket / perDecade : -((perDecade - 1 - bucket) / perDecade);
    const double step = steps[static_cast<std::size_t>(bucket - decade * perDecade)];
    return decade >= 0 ? step * std::pow(10.0, decade) : step / std::pow(10.0, -decade);
}

double quantile(const std::vector<DistributedValue>& sorted, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1].value;
}

} // namespace

int bucketOf(double value, BucketScale scale)
{
    if (scale == BucketScale::Shares)
        return std::clamp(static_cast<int>(std::floor(value * shareBuckets + 1e-9)), 0, shareBuckets - 1);
    if (!(value >= 1e-100))
        return zeroBucket;
    int bucket = static_cast<int>(std::floor(std::log10(std::min(value, 1e100)) * perDecade));
    while (boundOf(bucket + 1) <= value)
        ++bucket;
    while (boundOf(bucket) > value)
        --bucket;
    return bucket;
}

BucketBounds boundsOf(int bucket, BucketScale scale)
{
    if (scale == BucketScale::Shares)
        return {static_cast<double>(bucket) / shareBuckets, static_cast<double>(bucket + 1) / shareBuckets};
    if (bucket == zeroBucket)
        return {};
    return {boundOf(bucket), boundOf(bucket + 1)};
}

Distribution distributionOf(std::vector<DistributedValue> values, std::size_t notRecorded, BucketScale scale)
{
    Distribution made;
    made.scale = scale;
    made.count = values.size();
    made.notRecorded = notRecorded;
    if (values.empty())
        return made;
    std::sort(values.begin(), values.end(), [](const DistributedValue& a, const DistributedValue& b) {
        return a.value < b.value || (!(b.value < a.value) && a.index < b.index);
    });
    made.min = values.front().value;
    made.max = values.back().value;
    made.p50 = quantile(values, 0.5);
    made.p90 = quantile(values, 0.9);
    made.p99 = quantile(values, 0.99);
    for (const DistributedValue& each : values) {
        const int number = bucketOf(each.value, scale);
        if (made.buckets.empty() || made.buckets.back().number != number)
            made.buckets.push_back({number, {}, {}});
        made.buckets.back().indices.push_back(each.index);
        ++made.buckets.back().bySource[static_cast<std::size_t>(each.source)];
        ++made.bySource[static_cast<std::size_t>(each.source)];
    }
    return made;
}

} // namespace arcscope
