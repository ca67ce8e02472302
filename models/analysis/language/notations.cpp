#include "notations.h"

#include "proselines.h"
#include "typedvalues.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope::notations
{
namespace
{

constexpr double exactly = 1e-9;
constexpr std::size_t channels = 3;

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// "#rrggbb", "#rgb"; longer ones have an alpha value.
std::optional<Colour> hashColour(std::string_view text)
{
    if (!text.starts_with('#'))
        return std::nullopt;
    std::size_t end = 1;
    bool letter = false;
    while (end < text.size() && digitOf(text[end]) >= 0) {
        letter = letter || digitOf(text[end]) > 9;
        ++end;
    }
    const std::size_t count = end - 1;
    if ((end < text.size() && prose::isWordByte(text[end])) ||
        !(count == 6 || count == 8 || ((count == 3 || count == 4) && letter)))
        return std::nullopt;
    Colour colour{"#", end};
    for (const char c : prose::lower(text.substr(1, count > 4 ? 6 : channels)))
        colour.text += count > 4 ? std::string(1, c) : std::string(2, c);
    return colour;
}

/// The three channels, 0 to 255 each, with signs between and around them.
std::optional<Colour> channelColour(std::string_view text, std::size_t from)
{
    constexpr std::string_view between = " ,(\t";
    std::array<int, channels> values{};
    std::size_t at = from;
    for (int& value : values) {
        while (at < text.size() && between.find(text[at]) != std::string_view::npos)
            ++at;
        const auto read = std::from_chars(text.data() + at, text.data() + std::min(text.size(), at + 4), value);
        if (read.ec != std::errc() || value < 0 || value > 255)
            return std::nullopt;
        at = static_cast<std::size_t>(read.ptr - text.data());
    }
    constexpr std::string_view digits = "0123456789abcdef";
    Colour colour{"#", at};
    for (const int value : values) {
        colour.text += digits[static_cast<std::size_t>(value / 16)];
        colour.text += digits[static_cast<std::size_t>(value % 16)];
    }
    return colour;
}

bool nearlyEqual(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

/// The value that is the whole text; nothing where there is more or less.
std::optional<TypedValue> wholeValue(std::string_view text)
{
    const std::vector<SentenceWord> words = sentenceWords(text);
    const std::vector<TypedValue> values = typedValues(words);
    return values.size() == 1 && values[0].first == 0 && values[0].end == words.size() ? std::optional(values[0])
                                                                                       : std::nullopt;
}

} // namespace

std::optional<Colour> colourAt(std::string_view text)
{
    if (text.starts_with('#'))
        return hashColour(text);
    const std::string name = prose::lower(text.substr(0, 4));
    if (!name.starts_with("rgb"))
        return std::nullopt;
    return channelColour(text, name == "rgba" ? 4 : channels);
}

std::optional<Colour> colourAt(std::span<const SentenceWord> words, std::size_t at)
{
    const SentenceWord& first = words[at];
    if (first.kind == WordKind::Identifier) {
        auto colour = colourAt(first.lower);
        if (colour)
            colour->size = 1;
        return colour;
    }
    if (first.lower != "rgb" && first.lower != "rgba")
        return std::nullopt;
    constexpr std::size_t mostWords = 8;
    std::string all = first.lower;
    for (std::size_t i = at + 1; i < std::min(words.size(), at + mostWords); ++i) {
        if (words[i].kind != WordKind::Number && words[i].lower != "," && words[i].lower != "(")
            break;
        all += ' ' + words[i].lower;
        if (auto colour = colourAt(all)) {
            const bool closed = i + 1 < words.size() && words[i + 1].lower == ")";
            colour->size = i + 1 - at + (closed ? 1 : 0);
            return colour;
        }
    }
    return std::nullopt;
}

std::optional<double> hexadecimal(std::string_view text)
{
    constexpr std::size_t mostDigits = 13; // a double holds them all
    if (text.size() < 3 || text.size() > 2 + mostDigits || text[0] != '0' || (text[1] | 0x20) != 'x')
        return std::nullopt;
    double number = 0;
    for (const char c : text.substr(2)) {
        if (digitOf(c) < 0)
            return std::nullopt;
        number = number * 16 + digitOf(c);
    }
    return number;
}

bool isShareOf(double percent, double share, double tolerance)
{
    return share > 0 && share <= 1 && nearlyEqual(percent, 100 * share, tolerance);
}

bool areBytes(double a, double b, double tolerance)
{
    constexpr int mostPowers = 4; // up to terabytes
    double factor = 1;
    for (int power = 0; power <= mostPowers; ++power, factor *= 1.024) {
        if (nearlyEqual(a * factor, b, tolerance) || nearlyEqual(a, b * factor, tolerance))
            return true;
    }
    return false;
}

bool sameScalar(std::string_view a, std::string_view b)
{
    if (prose::lower(prose::trimmed(a)) == prose::lower(prose::trimmed(b)))
        return true;
    const auto left = wholeValue(a);
    const auto right = left ? wholeValue(b) : std::nullopt;
    return left && right && left->bound == right->bound && left->unit == right->unit && agree(*left, *right, exactly);
}

} // namespace arcscope::notations
