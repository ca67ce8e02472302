// TextSketch: sixteen bytes that tell how alike two texts are, for aligning steps; what differs they do not tell.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace arcscope
{

/// MinHash over words and pairs of words (Broder 1997), one byte for each of 16 hash functions: the share of equal
/// bytes estimates the share of words that both texts have. The case of ASCII letters does not count.
struct TextSketch {
    std::array<std::uint64_t, 2> bytes{}; ///< all 0: a text without words

    bool operator==(const TextSketch&) const = default;
};

/// Of at most the first 64 KB. O(bytes).
TextSketch textSketch(std::string_view text);

/// Equal bytes, 0 to 16. O(1).
inline int alike(const TextSketch& a, const TextSketch& b)
{
    constexpr std::uint64_t low = 0x7f7f7f7f7f7f7f7fU;
    constexpr std::uint64_t ones = 0x0101010101010101U;
    const auto equalBytes = [](std::uint64_t x, std::uint64_t y) {
        const std::uint64_t other = x ^ y;
        const std::uint64_t zeros = ~(((other & low) + low) | other | low); // the high bit of each byte that is 0
        return static_cast<int>(((zeros >> 7U) * ones) >> 56U);
    };
    return equalBytes(a.bytes[0], b.bytes[0]) + equalBytes(a.bytes[1], b.bytes[1]);
}

} // namespace arcscope
