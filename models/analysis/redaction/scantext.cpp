#include "scantext.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace arcscope
{

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), lowerAscii);
    return lower;
}

bool anyWordBefore(std::string_view text, std::size_t at, std::size_t reach,
                   std::initializer_list<std::string_view> words)
{
    std::size_t from = at > reach ? at - reach : 0;
    const std::string_view stretch = text.substr(from, at - from);
    if (const std::size_t line = stretch.rfind('\n'); line != std::string_view::npos)
        from += line + 1;
    const std::string lower = lowered(text.substr(from, at - from));
    for (const std::string_view word : words) {
        for (std::size_t found = lower.find(word); found != std::string::npos; found = lower.find(word, found + 1)) {
            const bool cut = found == 0 && from > 0 && isAsciiLetter(text[from - 1]);
            if (!cut && !isAsciiLetter(byteBefore(lower, found)) && !isAsciiLetter(byteAt(lower, found + word.size())))
                return true;
        }
    }
    return false;
}

std::string digitsOf(std::string_view text)
{
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), isAsciiDigit);
    return digits;
}

bool passesLuhn(std::string_view digits)
{
    int sum = 0;
    bool twice = false;
    for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
        const int digit = digits[i] - '0';
        sum += twice ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
    }
    return !digits.empty() && sum % 10 == 0;
}

double entropyOf(std::string_view text)
{
    std::array<std::size_t, 256> counts{};
    for (const char c : text)
        ++counts[static_cast<unsigned char>(c)];
    double bits = 0;
    for (const std::size_t count : counts) {
        if (count == 0)
            continue;
        const double share = static_cast<double>(count) / static_cast<double>(text.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

} // namespace arcscope
