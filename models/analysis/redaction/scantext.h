// Small steps that scanners of text share: classes of bytes, edges of words, words that stand before a place.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace arcscope
{

constexpr bool isAsciiDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool isAsciiWord(char c)
{
    return isAsciiDigit(c) || isAsciiLetter(c) || c == '_';
}
constexpr bool isUtf8Byte(char c) ///< part of a character that is no ASCII
{
    return static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char upperAscii(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// The byte at a place, 0 outside of the text.
constexpr char byteAt(std::string_view text, std::size_t at)
{
    return at < text.size() ? text[at] : '\0';
}
/// The byte before a place, 0 at the start.
constexpr char byteBefore(std::string_view text, std::size_t at)
{
    return at > 0 && at <= text.size() ? text[at - 1] : '\0';
}
/// Neither a letter nor a digit nor part of another script goes on over the edge.
constexpr bool isWordEdge(std::string_view text, std::size_t at)
{
    const char left = byteBefore(text, at);
    const char right = byteAt(text, at);
    return !(isAsciiWord(left) || isUtf8Byte(left)) || !(isAsciiWord(right) || isUtf8Byte(right));
}

std::string lowered(std::string_view text);

/// Whether one of `words` (lower case) stands, as whole words, in the `reach` bytes before `at` of the same line.
bool anyWordBefore(std::string_view text, std::size_t at, std::size_t reach,
                   std::initializer_list<std::string_view> words);

/// Only its digits.
std::string digitsOf(std::string_view text);

/// Luhn's check (ISO/IEC 7812-1) over digits.
bool passesLuhn(std::string_view digits);

/// Bits a byte by the frequencies of its own bytes (Shannon); 0 for nothing.
double entropyOf(std::string_view text);

} // namespace arcscope
