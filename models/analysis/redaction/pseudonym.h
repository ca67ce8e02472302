// Placeholders for values that were taken out: the same for the same value under one key, and not to be turned back
// without it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

/// Whoever has it can test guesses: it is not written into what leaves.
struct PseudonymKey {
    std::array<std::uint64_t, 2> words{};

    static PseudonymKey random();
    static PseudonymKey of(std::string_view secret);
    bool operator==(const PseudonymKey&) const = default;
};

/// SipHash-2-4 (Aumasson and Bernstein 2012), a keyed function that is made for short texts.
std::uint64_t sipHash(const PseudonymKey& key, std::string_view text);

/// ASCII of exactly `width` bytes, so that offsets, counts and layout stay: "[email-k7q2m____]", "[k7q2m_]", "k7q2m".
/// Below five bytes different values may share one.
std::string placeholder(const PseudonymKey& key, std::string_view kind, std::string_view value, std::size_t width);

/// As many hexadecimal digits for digits: ids stay ids.
std::string otherDigits(const PseudonymKey& key, std::string_view digits);

/// Whether a text is a placeholder that tells its kind: it was taken out before.
bool isPlaceholder(std::string_view text);

} // namespace arcscope
