// Distribution: how many values are how large: its quantiles, and buckets that know which values are theirs.
#pragma once

#include "span.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace arcscope
{

/// Where buckets begin and end; the same for every distribution of a scale, so that theirs can be laid under each
/// other.
enum class BucketScale : std::uint8_t {
    Logarithmic, ///< ten to a decade: 1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8 times a power of ten; one more for 0
    Shares,      ///< twenty from 0 to 1
};

/// The bucket of a value by its number; that of 0, and of less, on a logarithmic scale is zeroBucket.
inline constexpr int zeroBucket = std::numeric_limits<int>::min();
int bucketOf(double value, BucketScale scale);

struct BucketBounds {
    double from = 0; ///< included
    double to = 0;   ///< not included, but for the last bucket of a share
};
BucketBounds boundsOf(int bucket, BucketScale scale);

/// A value and which one it is in a list of the caller's.
struct DistributedValue {
    double value = 0;
    std::uint32_t index = 0;
    Provenance source = Provenance::Measured;
};

inline constexpr std::size_t provenanceCount = 4;

struct Bucket {
    int number = 0;                     ///< see boundsOf()
    std::vector<std::uint32_t> indices; ///< of its values, by value, then by index
    std::array<std::uint32_t, provenanceCount> bySource{};
};

struct Distribution {
    BucketScale scale = BucketScale::Logarithmic;
    std::size_t count = 0;
    std::size_t notRecorded = 0;
    double min = 0; ///< this and the quantiles only where count > 0
    double p50 = 0; ///< nearest rank: values that occur
    double p90 = 0;
    double p99 = 0;
    double max = 0;
    std::array<std::uint32_t, provenanceCount> bySource{};
    std::vector<Bucket> buckets; ///< by number, without empty ones; that of zero comes first
};

/// O(n log n). Values must be numbers.
Distribution distributionOf(std::vector<DistributedValue> values, std::size_t notRecorded, BucketScale scale);

} // namespace arcscope
