#include "bootstrap.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>

namespace arcscope
{
namespace
{

constexpr std::size_t replicates = 999;
constexpr std::size_t lanes = 1'000; ///< one more than needed: compilers make vectors of loops over multiples of 8

std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// Poisson values of mean 1, by group and within by replicate.
const std::vector<std::uint8_t>& weights()
{
    static const std::vector<std::uint8_t> all = [] {
        // P(X <= k) as 53-bit numbers: no function that rounds differently elsewhere.
        constexpr std::array<double, 13> atMost{
            0.36787944117144233, 0.7357588823428847, 0.9196986029286058, 0.9810118431238463, 0.9963401531726563,
            0.9994058151824183,  0.999916758850712,  0.9999897508033253, 0.999998874797402,  0.9999998885745216,
            0.9999999899522336,  0.9999999991683892, 0.9999999999364022};
        std::vector<std::uint8_t> made(RatioSample::groups * lanes);
        for (std::size_t i = 0; i < made.size(); ++i) {
            const double chance = static_cast<double>(mixed(i) >> 11) * 0x1p-53;
            made[i] =
                static_cast<std::uint8_t>(std::upper_bound(atMost.begin(), atMost.end(), chance) - atMost.begin());
        }
        return made;
    }();
    return all;
}

/// The value below which this share lies, of those that can be compared.
double pointOf(std::vector<double>& values, double share)
{
    const double rank = std::round(share * static_cast<double>(values.size() + 1)) - 1;
    const auto at = static_cast<std::size_t>(std::clamp(rank, 0.0, static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

bool enoughUnits(const RatioSample& sample)
{
    return sample.units() >= leastResampledUnits && sample.unitsUnder() >= leastResampledUnder;
}

/// From the logarithm, its standard error and its studentised replicates.
Interval studentised(double value, double error, std::vector<double>& t, double confidence)
{
    const double tail = (1 - confidence) / 2;
    const double upper = pointOf(t, 1 - tail);
    const double lower = pointOf(t, tail);
    return {std::exp(value - upper * error), std::exp(value - lower * error)};
}

} // namespace

void RatioSample::add(double over, double under)
{
    assert(over >= 0 && under >= 0);
    if (m_units < groups)
        m_sums.push_back({over, under});
    else {
        Sums& sums = m_sums[mixed(m_units) % groups];
        sums.over += over;
        sums.under += under;
    }
    ++m_units;
    m_unitsUnder += under > 0;
    m_over += over;
    m_under += under;
}

/// The logarithm of a ratio and its standard error (by linearisation), of the sample and of each replicate of it.
class RatioReplicates
{
public:
    struct One {
        double logarithm = 0;
        double error = 0; ///< 0: it cannot be told
    };

    /// Needs sums that are not 0.
    explicit RatioReplicates(const RatioSample& sample)
    {
        const double count = static_cast<double>(sample.m_sums.size());
        const double ratio = sample.over() / sample.under();
        m_seen.logarithm = std::log(ratio);
        // Residuals from the ratio seen, both in units of their means, so that single precision is enough.
        const double unit = sample.under() / count;
        std::vector<Terms> terms;
        double squares = 0;
        for (const RatioSample::Sums& sums : sample.m_sums) {
            const double y = sums.under / unit;
            const double e = sums.over / (ratio * unit) - y;
            squares += e * e;
            terms.push_back({static_cast<float>(e), static_cast<float>(y)});
        }
        m_seen.error = std::sqrt(squares / (count * (count - 1)));
        if (m_seen.error < 1e-9) { // what is left of rounding is no variance
            m_seen.error = 0;
            return;
        }
        draw(terms, count);
    }

    const One& seen() const { return m_seen; }
    const std::vector<One>& drawn() const { return m_drawn; } ///< none where the error of the sample is 0

private:
    struct Terms {
        float residual;
        float under;
    };
    using Lane = std::array<float, lanes>;
    struct Sums {
        Lane residual{}, under{}, residual2{}, both{}, under2{};
    };

    void draw(const std::vector<Terms>& terms, double count)
    {
        const auto sums = std::make_unique<Sums>();
        const std::uint8_t* weight = weights().data();
        for (const auto& [e, y] : terms) {
            for (std::size_t i = 0; i < lanes; ++i) {
                const float w = weight[i];
                sums->residual[i] += w * e;
                sums->under[i] += w * y;
                sums->residual2[i] += w * (e * e);
                sums->both[i] += w * (e * y);
                sums->under2[i] += w * (y * y);
            }
            weight += lanes;
        }
        m_drawn.resize(replicates);
        for (std::size_t i = 0; i < replicates; ++i) {
            const double under = sums->under[i];
            const double off = sums->residual[i] / under; // by how much the ratio is larger, as a share
            if (!(under > 0) || !(off > -1))
                continue;
            const double squares = sums->residual2[i] - 2 * off * sums->both[i] + off * off * sums->under2[i];
            m_drawn[i].logarithm = m_seen.logarithm + std::log1p(off);
            if (squares > 1e-10 * count)
                m_drawn[i].error = std::sqrt(squares * count / (count - 1)) / (under * (1 + off));
        }
    }

    One m_seen;
    std::vector<One> m_drawn;
};

std::optional<RatioEstimate> ratioOf(const RatioSample& sample, double confidence)
{
    if (!(sample.under() > 0))
        return std::nullopt;
    RatioEstimate estimate;
    estimate.value = sample.over() / sample.under();
    if (!enoughUnits(sample))
        return estimate;
    if (!(sample.over() > 0)) {
        estimate.interval = Interval{0, 0};
        return estimate;
    }
    const RatioReplicates drawn(sample);
    std::vector<double> t;
    for (const RatioReplicates::One& one : drawn.drawn()) {
        if (one.error > 0)
            t.push_back((one.logarithm - drawn.seen().logarithm) / one.error);
    }
    if (t.empty())
        estimate.interval = Interval{estimate.value, estimate.value};
    else
        estimate.interval = studentised(drawn.seen().logarithm, drawn.seen().error, t, confidence);
    return estimate;
}

std::optional<RatioEstimate> ratioChange(const RatioSample& first, const RatioSample& second, double confidence)
{
    if (!(first.under() > 0) || !(second.under() > 0) || !(first.over() > 0))
        return std::nullopt;
    RatioEstimate estimate;
    estimate.value = second.over() / second.under() / (first.over() / first.under());
    if (!enoughUnits(first) || !enoughUnits(second) || !(second.over() > 0))
        return estimate;
    const RatioReplicates one(first);
    const RatioReplicates two(second);
    const double seen = two.seen().logarithm - one.seen().logarithm;
    std::vector<double> t;
    for (std::size_t i = 0; i < replicates; ++i) {
        // Backwards: the weights are the same for both, and the samples are not.
        const RatioReplicates::One a = one.drawn().empty() ? one.seen() : one.drawn()[i];
        const RatioReplicates::One b = two.drawn().empty() ? two.seen() : two.drawn()[replicates - 1 - i];
        const double error = std::hypot(a.error, b.error);
        if (error > 0)
            t.push_back((b.logarithm - a.logarithm - seen) / error);
    }
    if (t.empty())
        estimate.interval = Interval{estimate.value, estimate.value};
    else
        estimate.interval = studentised(seen, std::hypot(one.seen().error, two.seen().error), t, confidence);
    return estimate;
}

} // namespace arcscope
