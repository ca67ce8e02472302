// A sample of many values, so that what is done to it takes a bounded time.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace arcscope
{

/// Values a side at most where two samples are compared by their ranks.
inline constexpr std::size_t mostRanked = 50'000;

/// All of the values, or `most` of them drawn at random: the same ones every time.
template <typename Value>
std::vector<double> drawnSample(std::span<const Value> values, std::size_t most = mostRanked)
{
    std::vector<double> all;
    all.reserve(values.size());
    for (const Value value : values)
        all.push_back(static_cast<double>(value));
    if (all.size() <= most)
        return all;
    std::uint64_t state = 0x9e3779b97f4a7c15u;
    for (std::size_t i = 0; i < most; ++i) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        std::swap(all[i], all[i + (state >> 33U) % (all.size() - i)]);
    }
    all.resize(most);
    return all;
}

} // namespace arcscope
