// Random numbers without the distributions of the standard library, which differ from one library to the next.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace arcscope::bench
{

/// A 64-bit counter stepped by the golden ratio and mixed; any state is a good one.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15u;
        std::uint64_t mixed = m_state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
        return mixed ^ (mixed >> 31);
    }

    /// 0 … limit - 1; the bias is below 2^-32 * limit.
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32); }

    bool oneIn(std::uint32_t n) { return below(n) == 0; }

    /// [0, 1)
    double fraction() { return static_cast<double>(next() >> 11) * 0x1p-53; }

    /// A length with a long tail: half of all lie below `median`, `sigma` is the spread of the logarithm.
    std::uint32_t longTailed(double median, double sigma, std::uint32_t most)
    {
        // The sum of twelve uniform numbers is normal enough and needs no function that rounds differently elsewhere.
        double normal = -6;
        for (int i = 0; i < 6; ++i) {
            const std::uint64_t bits = next();
            normal += static_cast<double>(bits >> 32) * 0x1p-32 + static_cast<double>(bits & 0xffffffffu) * 0x1p-32;
        }
        const double length = median * std::exp(sigma * normal);
        return length < most ? static_cast<std::uint32_t>(length) : most;
    }

private:
    std::uint64_t m_state;
};

} // namespace arcscope::bench
