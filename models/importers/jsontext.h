// JSON text as it stands in files: escapes taken out, damaged UTF-8 repaired, numbers read exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// What is wrong with the escapes of a string.
enum class EscapeDamage : std::uint8_t {
    None,
    HalfPair, ///< half a surrogate pair
    NoEscape, ///< a backslash before something that JSON knows no escape for
};

/// Appends the text that a string's content (without its quotes) stands for. Total: half a surrogate pair becomes
/// U+FFFD, an escape that does not exist is kept as it is written.
/// Gives the gravest damage.
EscapeDamage unescapeJson(std::string_view content, std::string& into);
std::string unescapedJson(std::string_view content);

/// A copy in which every byte that is no part of valid UTF-8 is U+FFFD.
std::string repairedUtf8(std::string_view text);
bool isUtf8(std::string_view text);

/// A whole number exactly as written ("12", also "12.0" and "1e3" within 2^53); nothing where it does not fit.
std::optional<std::int64_t> readInteger(std::string_view text);
/// A number of units in the parts that a unit has, a power of ten: 1.5 with 1,000 parts is 1500. Exact as written,
/// rounded once; nothing where it does not fit.
std::optional<std::int64_t> readScaled(std::string_view text, std::int64_t parts);
/// A number, or "NaN", "Infinity", "-Infinity" as protobuf writes them.
std::optional<double> readNumber(std::string_view text);

} // namespace arcscope
