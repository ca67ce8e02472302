// Ways to write bytes in a text: one escape of each notation at a place, and the digits of base64.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace arcscope
{

/// The length of what stands for other bytes at `at`, which are appended to `bytes`; 0 for none. `at` is inside.
using NotationStep = std::size_t (*)(std::string_view text, std::size_t at, std::string& bytes);

/// Escapes of JSON, C, Python and JavaScript: "\n", "\"", "\u0041" with pairs of surrogates, "\x41", "\101", "\u{41}",
/// "\U00000041".
std::size_t escapeAt(std::string_view text, std::size_t at, std::string& bytes);
/// RFC 3986: "%41".
std::size_t percentAt(std::string_view text, std::size_t at, std::string& bytes);
/// The same, and "+" as a space (forms of HTML).
std::size_t formPercentAt(std::string_view text, std::size_t at, std::string& bytes);
/// Character references of HTML: "&#64;", "&#x40;", "&amp;".
std::size_t referenceAt(std::string_view text, std::size_t at, std::string& bytes);

/// Quoted-printable of mail (RFC 2045): "=40", with nothing at the end of a line; and words of its headers (RFC 2047):
/// "=?UTF-8?Q?J=C3=B6rg_M=2E?=", whose charset is taken for UTF-8.
std::size_t quotedAt(std::string_view text, std::size_t at, std::string& bytes);

/// Characters that nobody sees, which stand for nothing: of width zero, of direction, soft hyphens.
std::size_t invisibleAt(std::string_view text, std::size_t at, std::string& bytes);
/// Wide forms of ASCII (U+FF01 to U+FF5E), and the mark of byte order inside of a text.
std::size_t fullWidthAt(std::string_view text, std::size_t at, std::string& bytes);

/// UTF-16 of Latin-1 in either order, as UTF-8. A byte beyond ASCII only beside others that are written so.
std::size_t wideAt(std::string_view text, std::size_t at, std::string& bytes);

/// A notation in which neighbours stay neighbours.
struct TextNotation {
    const char* name;
    std::string_view triggers; ///< bytes that an escape can begin with; a text without the first has none
    NotationStep step;
};
inline constexpr TextNotation textNotations[] = {
    {"escapes", "\\", escapeAt},           {"URL", "%", percentAt},
    {"URL", "+%", formPercentAt},          {"HTML", "&", referenceAt},
    {"quoted-printable", "=", quotedAt},   {"invisible characters", "\xE2", invisibleAt},
    {"soft hyphens", "\xC2", invisibleAt}, {"full width", "\xEF", fullWidthAt}};

/// RFC 4648, both alphabets; -1 for what is no digit.
constexpr int base64Value(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

/// Digits of base64, one behind the other.
struct DigitRun {
    std::size_t from = 0;
    std::size_t to = 0; ///< the same as `from`: there is none
};
/// The next run of at least so many at or behind a place that no run goes over. Looks at few bytes where words are
/// shorter.
DigitRun nextDigits(std::string_view text, std::size_t at, std::size_t shortest);

/// Bytes of another notation that may be text.
bool isText(std::string_view bytes);

/// Calls `visit` with the texts between bytes that are none: what a file says of who made it.
void eachTextIn(std::string_view bytes, const std::function<void(std::string_view text)>& visit);

/// Eight bytes of text in a row, zeros (UTF-16) aside: what was decoded may hide something again.
bool hasText(std::string_view bytes);

} // namespace arcscope
