// Intervals for means and ratios of sums by resampling: cost for each arc, cost for each resolved arc.
#pragma once

#include "proportions.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace arcscope
{

/// Sums over independent units (arcs; whatever belongs together is one unit), kept so that they can be resampled in
/// bounded time and memory: up to `groups` units each by itself, further ones added to a group that a hash of their
/// number picks. Sums of random groups vary as those of their units do (random groups: Wolter, Introduction to Variance
/// Estimation, ch. 2), so a million units are resampled as 512; the width of the interval is then itself uncertain by
/// about a thirtieth.
class RatioSample
{
public:
    static constexpr std::size_t groups = 512;

    /// The next unit. Both must be finite and not negative; a mean is a ratio where `under` is always 1.
    void add(double over, double under);

    std::uint64_t units() const { return m_units; }
    std::uint64_t unitsUnder() const { return m_unitsUnder; } ///< in which `under` was not 0
    double over() const { return m_over; }
    double under() const { return m_under; }

private:
    friend class RatioReplicates;
    struct Sums {
        double over = 0;
        double under = 0;
    };
    std::vector<Sums> m_sums;
    std::uint64_t m_units = 0;
    std::uint64_t m_unitsUnder = 0;
    double m_over = 0;
    double m_under = 0;
};

/// Units, and units that count below the line, under which no interval is given.
inline constexpr std::uint64_t leastResampledUnits = 10;
inline constexpr std::uint64_t leastResampledUnder = 5;

/// over / under of all units, with a bootstrap-t interval of its logarithm (Efron and Tibshirani, An Introduction to
/// the Bootstrap, 12.5; Hall 1988): sums of costs are skewed, and percentile intervals miss too often then. 999
/// replicates by Poisson weights (Hanley and MacGibbon 2006; Chamandy et al. 2012), which are the same numbers every
/// time and everywhere, so the same data give the same interval. Nothing where `under` is 0; no interval where there
/// are too few units. O(999 groups).
struct RatioEstimate {
    double value = 0;
    std::optional<Interval> interval;

    bool operator==(const RatioEstimate&) const = default;
};
std::optional<RatioEstimate> ratioOf(const RatioSample& sample, double confidence = 0.95);

/// The second ratio divided by the first, by the same means. Nothing where one is not known, or the first is 0.
std::optional<RatioEstimate> ratioChange(const RatioSample& first, const RatioSample& second, double confidence = 0.95);

} // namespace arcscope
