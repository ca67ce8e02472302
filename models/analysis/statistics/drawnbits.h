// Random bits for resampling, by number: the same ones every time and everywhere.
#pragma once

#include <cstdint>

namespace arcscope
{

/// The bits of this number (Steele, Lea and Flood, SplitMix, OOPSLA 2014).
constexpr std::uint64_t drawnBits(std::uint64_t number)
{
    std::uint64_t x = (number + 1) * 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// 0 … limit - 1 of such bits; the bias is below 2^-32 * limit.
constexpr std::uint32_t drawnBelow(std::uint64_t bits, std::uint32_t limit)
{
    return static_cast<std::uint32_t>(((bits >> 32) * limit) >> 32);
}

} // namespace arcscope
