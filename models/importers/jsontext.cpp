#include "jsontext.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <simdjson.h>

namespace arcscope
{
namespace
{

constexpr std::uint32_t replacement = 0xFFFD;
constexpr double exactIntegers = 9007199254740992.0; // 2^53

void appendUtf8(std::uint32_t code, std::string& into)
{
    const auto byte = [&into](std::uint32_t value) { into += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | code >> 6U);
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | code >> 12U);
        byte(0x80U | (code >> 6U & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | code >> 18U);
        byte(0x80U | (code >> 12U & 0x3FU));
        byte(0x80U | (code >> 6U & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

/// The number behind "\u", where four hexadecimal digits are.
std::optional<std::uint32_t> codeUnit(std::string_view text)
{
    constexpr std::size_t digits = 4;
    std::uint32_t value = 0;
    if (text.size() < digits)
        return {};
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value, 16);
    if (error != std::errc() || end != text.data() + digits)
        return {};
    return value;
}

/// Appends what begins with the "\u" at the front of `text`; says how many bytes that is.
std::size_t appendUnicode(std::string_view text, std::string& into, EscapeDamage& damage)
{
    constexpr std::size_t length = 6;
    const auto unit = codeUnit(text.substr(2));
    if (!unit) {
        into += "\\u";
        damage = EscapeDamage::NoEscape;
        return 2;
    }
    if (*unit < 0xD800 || *unit > 0xDFFF) {
        appendUtf8(*unit, into);
        return length;
    }
    const std::string_view next = text.substr(length);
    const auto low = next.starts_with("\\u") ? codeUnit(next.substr(2)) : std::nullopt;
    if (*unit >= 0xDC00 || !low || *low < 0xDC00 || *low > 0xDFFF) {
        appendUtf8(replacement, into);
        damage = std::max(damage, EscapeDamage::HalfPair);
        return length;
    }
    appendUtf8(0x10000U + ((*unit - 0xD800U) << 10U) + (*low - 0xDC00U), into);
    return 2 * length;
}

/// Bytes of the valid UTF-8 sequence at the front; 0 where there is none.
std::size_t sequenceLength(std::string_view text)
{
    const auto at = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = at(0);
    if (first < 0x80)
        return 1;
    const auto follows = [&at](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    if (first >= 0xC2 && first <= 0xDF && follows(1))
        return 2;
    if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
        const bool overlong = first == 0xE0 && at(1) < 0xA0;
        const bool surrogate = first == 0xED && at(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
        const bool outside = (first == 0xF0 && at(1) < 0x90) || (first == 0xF4 && at(1) > 0x8F);
        return outside ? 0 : 4;
    }
    return 0;
}

} // namespace

EscapeDamage unescapeJson(std::string_view content, std::string& into)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    EscapeDamage damage = EscapeDamage::None;
    while (true) {
        const std::size_t slash = content.find('\\');
        into += content.substr(0, slash);
        if (slash == std::string_view::npos)
            return damage;
        content.remove_prefix(slash);
        const char letter = content.size() > 1 ? content[1] : '\0';
        const std::size_t which = letter != '\0' ? letters.find(letter) : std::string_view::npos;
        if (which != std::string_view::npos) {
            into += meanings[which];
            content.remove_prefix(2);
        } else if (letter == 'u') {
            content.remove_prefix(appendUnicode(content, into, damage));
        } else {
            into += '\\';
            damage = EscapeDamage::NoEscape;
            content.remove_prefix(1);
        }
    }
}

std::string unescapedJson(std::string_view content)
{
    std::string text;
    text.reserve(content.size());
    unescapeJson(content, text);
    return text;
}

bool isUtf8(std::string_view text)
{
    return simdjson::validate_utf8(text.data(), text.size());
}

std::string repairedUtf8(std::string_view text)
{
    std::string repaired;
    repaired.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        if (length > 0)
            repaired += text.substr(0, length);
        else
            appendUtf8(replacement, repaired);
        text.remove_prefix(length > 0 ? length : 1);
    }
    return repaired;
}

namespace
{

constexpr std::size_t mostDigits = 19; // of which any fit into 64 bits

/// Eight digits, the first in the lowest byte, as a number; nothing where one is no digit.
std::optional<std::uint64_t> eightDigits(std::uint64_t text)
{
    constexpr std::uint64_t zeros = 0x3030303030303030U;
    constexpr std::uint64_t highHalves = 0xF0F0F0F0F0F0F0F0U;
    constexpr std::uint64_t six = 0x0606060606060606U; // takes what stands behind '9' out of the digits' half
    if ((text & highHalves) != zeros || ((text + six) & highHalves) != zeros)
        return {};
    const std::uint64_t digits = text - zeros;
    const std::uint64_t pairs = digits * 10 + (digits >> 8U); // in every other byte
    constexpr std::uint64_t everyFourth = 0x000000FF000000FFU;
    const std::uint64_t first = (pairs & everyFourth) * (100 + (std::uint64_t{1'000'000} << 32U));
    const std::uint64_t second = (pairs >> 16U & everyFourth) * (1 + (std::uint64_t{10'000} << 32U));
    return (first + second) >> 32U;
}

/// Appends the digits that begin at `at` to `value`, mostDigits at most together; where they end.
const char* readDigits(const char* at, const char* end, std::uint64_t& value)
{
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 8; at += 8) {
            std::uint64_t text = 0;
            std::memcpy(&text, at, sizeof text);
            const auto eight = eightDigits(text);
            if (!eight)
                break;
            value = value * 100'000'000 + *eight;
        }
    }
    for (; at < end && *at >= '0' && *at <= '9'; ++at)
        value = value * 10 + static_cast<std::uint64_t>(*at - '0');
    return at;
}

} // namespace

std::optional<std::int64_t> readInteger(std::string_view text)
{
    if (!text.empty() && text.size() <= mostDigits) {
        std::uint64_t plain = 0;
        const char* const behind = text.data() + text.size();
        if (readDigits(text.data(), behind, plain) == behind &&
            plain <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return static_cast<std::int64_t>(plain);
    }
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end && !text.empty())
        return value;
    if (error == std::errc::result_out_of_range || text.find_first_of(".eE") == std::string_view::npos)
        return {};
    const auto number = readNumber(text);
    if (!number || std::abs(*number) > exactIntegers || std::trunc(*number) != *number)
        return {};
    return static_cast<std::int64_t>(*number);
}

namespace
{

/// Plain digits with at most one point, where every place of them counts and the sum is far from the largest number;
/// nothing for all else, which readScaled() reads more slowly.
std::optional<std::int64_t> scaledDigits(std::string_view digits, std::int64_t parts)
{
    constexpr std::uint64_t largest = 9'000'000'000'000'000'000U;
    if (digits.empty() || digits.size() > mostDigits + 1 || digits.front() == '.')
        return {};
    const char* const end = digits.data() + digits.size();
    std::uint64_t value = 0;
    auto factor = static_cast<std::uint64_t>(parts);
    const char* at = readDigits(digits.data(), end, value);
    if (at == end && digits.size() > mostDigits)
        return {};
    if (at < end && *at++ != '.')
        return {};
    for (; at < end; ++at) {
        if (*at < '0' || *at > '9' || factor % 10 != 0)
            return {};
        factor /= 10;
        value = value * 10 + static_cast<std::uint64_t>(*at - '0');
    }
    std::uint64_t scaled = 0;
    if (__builtin_mul_overflow(value, factor, &scaled) || scaled > largest)
        return {};
    return static_cast<std::int64_t>(scaled);
}

} // namespace

std::optional<std::int64_t> readScaled(std::string_view text, std::int64_t parts)
{
    if (const auto scaled = scaledDigits(text, parts))
        return scaled;
    const std::int64_t most = std::numeric_limits<std::int64_t>::max() / parts - 1;
    const bool negative = text.starts_with('-');
    const std::string_view digits = text.substr(negative ? 1 : 0);
    const auto isDigit = [&](std::size_t at) { return at < digits.size() && digits[at] >= '0' && digits[at] <= '9'; };
    std::int64_t whole = 0;
    std::size_t at = 0;
    for (; isDigit(at); ++at) {
        if (whole > (most - 9) / 10)
            return {};
        whole = whole * 10 + (digits[at] - '0');
    }
    const bool begun = at > 0;
    std::int64_t scaled = whole * parts;
    if (begun && at < digits.size() && digits[at] == '.') {
        std::int64_t place = parts;
        bool rounded = false;
        for (++at; isDigit(at); ++at) {
            if (place > 1) {
                place /= 10;
                scaled += (digits[at] - '0') * place;
            } else if (!rounded) {
                scaled += digits[at] >= '5' ? 1 : 0;
                rounded = true;
            }
        }
    }
    if (begun && at == digits.size())
        return negative ? -scaled : scaled;
    const auto real = readNumber(text); // with an exponent
    if (!real || !std::isfinite(*real) || std::abs(*real) > static_cast<double>(most))
        return {};
    return std::llround(*real * static_cast<double>(parts));
}

std::optional<double> readNumber(std::string_view text)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity")
        return infinity;
    if (text == "-Infinity")
        return -infinity;
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits.front() < '0' || digits.front() > '9')
        return {};
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end)
        return {};
    return value;
}

} // namespace arcscope
