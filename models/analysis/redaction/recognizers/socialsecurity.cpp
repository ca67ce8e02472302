// Social security numbers of the United States: area, group and serial as they are given out; without hyphens only
// behind a word that says so.
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

bool isGivenOut(std::string_view digits)
{
    const std::string_view area = digits.substr(0, 3);
    return area != "000" && area != "666" && area.front() != '9' && digits.substr(3, 2) != "00" &&
           digits.substr(5) != "0000";
}

/// The end of ddd?dd?dddd with one separator, or nine digits; 0 where there is none.
std::size_t numberEnd(std::string_view text, std::size_t at)
{
    std::size_t to = at;
    const auto digits = [&](int count) {
        for (; count > 0 && isAsciiDigit(byteAt(text, to)); --count)
            ++to;
        return count == 0;
    };
    if (!digits(3))
        return 0;
    const char separator = byteAt(text, to);
    const bool apart = separator == '-' || separator == ' ' || separator == '.';
    to += apart ? 1 : 0;
    if (!digits(2) || (apart && byteAt(text, to) != separator))
        return 0;
    to += apart ? 1 : 0;
    return digits(4) ? to : 0;
}

void findNumbers(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t reach = 60;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isAsciiDigit(text[at]))
            continue;
        const char before = byteBefore(text, at);
        const std::size_t to = isAsciiWord(before) || before == '-' || before == '.' || before == '+' || before == '/'
                                   ? 0
                                   : numberEnd(text, at);
        const char after = byteAt(text, to);
        const bool joined = isAsciiWord(after) || ((after == '-' || after == '.') && isAsciiWord(byteAt(text, to + 1)));
        const bool told =
            to > 0 && !joined && isGivenOut(digitsOf(text.substr(at, to - at))) &&
            (text[at + 3] == '-' ||
             anyWordBefore(text, at, reach, {"ssn", "social security", "social security number", "ssns"}));
        if (told)
            found.push_back({at, to});
        while (isAsciiDigit(byteAt(text, at + 1)))
            ++at;
    }
}

} // namespace

Recognizer socialSecurity()
{
    return {"ssn", "US social security numbers", "ranges that are given out", true, findNumbers};
}

} // namespace arcscope
