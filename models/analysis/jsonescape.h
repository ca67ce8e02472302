// The text that the inside of a JSON string stands for, also where the string is cut off.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

enum class LoneSurrogates : std::uint8_t {
    Replace, ///< U+FFFD: the result is valid UTF-8
    Keep,    ///< three bytes each (WTF-8), so that different keys stay different
};

/// `inside` is what stands between the quotes of a valid JSON string. What is no JSON string gives some text. O(n).
std::string unescapeJson(std::string_view inside, LoneSurrogates lone = LoneSurrogates::Replace);
/// The same for any beginning of it: an escape, a surrogate pair or a UTF-8 sequence that is cut off at the end is left
/// out, so that nothing has to be taken back as it grows.
std::string unescapeJsonPrefix(std::string_view inside);

/// Appends a code point below 0x110000 as UTF-8; a surrogate as three bytes.
void appendUtf8(std::string& text, std::uint32_t code);

/// The value of a hexadecimal digit, or -1.
constexpr int hexValue(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

constexpr bool isHighSurrogate(std::uint32_t code)
{
    return code >= 0xD800 && code < 0xDC00;
}

constexpr bool isLowSurrogate(std::uint32_t code)
{
    return code >= 0xDC00 && code < 0xE000;
}

} // namespace arcscope
