// Phone numbers: with a country's code (ITU-T E.164), in forms that little else has, or behind a word that says so.
#include "recognizer.h"
#include "scantext.h"

#include <string>

namespace arcscope
{
namespace
{

/// A stretch of digits, its separators, and how it is grouped.
struct Candidate {
    std::size_t from = 0;
    std::size_t to = 0;
    bool plus = false;
    bool bracket = false; ///< "(0123) …"
    std::size_t digits = 0;
    std::string groups; ///< lengths of groups of digits: "\3\3\4"
    std::string separators;
};

constexpr std::string_view separators = " -./()";

std::size_t extensionEnd(std::string_view text, std::size_t at)
{
    std::size_t to = at;
    if (byteAt(text, to) == ' ')
        ++to;
    const std::string_view rest = text.substr(to);
    for (const std::string_view word : {"ext. ", "ext.", "ext ", "x"}) {
        if (!rest.starts_with(word))
            continue;
        to += word.size();
        std::size_t digits = 0;
        while (isAsciiDigit(byteAt(text, to + digits)))
            ++digits;
        return digits > 0 && digits <= 6 && !isAsciiWord(byteAt(text, to + digits)) ? to + digits : at;
    }
    return at;
}

/// Reads what hangs together from a digit, plus or bracket on.
Candidate candidateAt(std::string_view text, std::size_t at)
{
    Candidate one;
    one.from = at;
    one.plus = text[at] == '+';
    std::size_t to = at + (one.plus ? 1 : 0);
    std::size_t end = at;
    char group = '\0';
    int apart = 0; // separators since the last digit
    for (; to < text.size(); ++to) {
        const char c = text[to];
        if (isAsciiDigit(c)) {
            ++group;
            ++one.digits;
            apart = 0;
            end = to + 1;
        } else if (separators.find(c) != std::string_view::npos && ++apart <= 2) {
            if (group != '\0')
                one.groups += group;
            group = '\0';
            one.separators += c;
            one.bracket = one.bracket || c == '(';
        } else {
            break;
        }
    }
    if (group != '\0')
        one.groups += group;
    one.to = end;
    for (; !one.separators.empty() && end < to; --to)
        one.separators.pop_back();
    return one;
}

/// Codes of countries by their first digits: where one is a code of its own, none of three begins with it.
bool hasCountryCode(std::string_view digits)
{
    constexpr std::string_view one = "17";
    constexpr std::string_view two =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 "
        "62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    constexpr std::string_view three = "21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99 ";
    const std::string_view first = digits.substr(0, 2);
    if (one.find(digits.front()) != std::string_view::npos)
        return digits.size() == 11;
    return (two.find(first) != std::string_view::npos || three.find(first) != std::string_view::npos) &&
           digits.size() >= 8 && digits.size() <= 15;
}

bool isDate(const Candidate& one, std::string_view written)
{
    if (one.groups.size() < 3 || one.plus || one.bracket)
        return false;
    const auto group = [&](std::size_t i) { return static_cast<int>(one.groups[i]); };
    const auto isYear = [](std::string_view digits) { return digits.starts_with("19") || digits.starts_with("20"); };
    if (group(0) == 4 && group(1) <= 2 && group(2) <= 2)
        return isYear(written.substr(0, 4));
    return group(0) <= 2 && group(1) <= 2 && (group(2) == 4 || group(2) == 2) && one.groups.size() <= 4;
}

/// 3-3-4 with hyphens or dots, brackets around the first, with or without 1 or 001: the North American plan.
bool isNorthAmerican(const Candidate& one)
{
    std::string_view groups = one.groups;
    if (groups.size() == 4 && (groups.front() == 1 || groups.front() == 3) && one.digits >= 11)
        groups.remove_prefix(1);
    if (groups != "\3\3\4")
        return false;
    std::size_t strong = 0;
    for (const char c : one.separators)
        strong += c == '-' || c == '.' || c == '(' ? 1U : 0U;
    return strong >= 1;
}

/// Alone on its line, as below a name.
bool isLine(std::string_view text, const Candidate& one)
{
    const char before = byteBefore(text, one.from);
    const char after = byteAt(text, one.to);
    return before == '\n' && (after == '\n' || after == '\r' || after == '\0');
}

/// Of seconds since 1970, of which traces are full.
bool mayBeTime(std::string_view digits)
{
    return (digits.size() == 10 || digits.size() == 13) && digits.front() == '1' && digits[1] >= '4' &&
           digits[1] <= '9';
}

bool isDecimal(const Candidate& one)
{
    return !one.plus && one.separators == ".";
}

/// "(0123) …": brackets around the first group and nothing else.
bool hasAreaInBrackets(const Candidate& one, std::string_view written)
{
    return one.bracket && written.front() == '(' && one.groups.size() >= 2 && one.groups.front() <= 5 &&
           written[1 + static_cast<std::size_t>(one.groups.front())] == ')';
}

bool isNamed(std::string_view text, const Candidate& one, std::string_view digits)
{
    constexpr std::size_t reach = 40;
    const bool strong = anyWordBefore(
        text, one.from, reach,
        {"phone", "phones",       "telephone", "tel",           "mobile",   "cellphone", "fax",      "whatsapp",
         "sms",   "phone number", "telefon",   "telefonnummer", "handy",    "téléphone", "teléfono", "telefono",
         "móvil", "celular",      "cellulare", "tlf",           "telefone", "hotline",   "text me",  "contact number"});
    if (strong)
        return !mayBeTime(digits);
    // Words that traces of tools are full of, too.
    return one.groups.size() >= 2 && anyWordBefore(text, one.from, reach,
                                                   {"cell", "call", "called", "dial", "ring", "portable",
                                                    "answering at", "reached at", "reach me at", "contact me at"});
}

bool isNumber(std::string_view text, const Candidate& one)
{
    const std::string_view written = text.substr(one.from, one.to - one.from);
    const std::string digits = digitsOf(written);
    if (one.digits < 7 || one.digits > 15 || isDate(one, written) || isDecimal(one) ||
        digits.find_first_not_of(digits.front()) == std::string::npos)
        return false;
    if (one.plus)
        return hasCountryCode(digits);
    if (isNorthAmerican(one))
        return true;
    if (written.starts_with("00") && one.groups.size() >= 2 && hasCountryCode(std::string_view(digits).substr(2)))
        return true;
    if (one.groups.size() >= 2 && digits.front() == '0' && one.digits >= 8 && isLine(text, one))
        return true;
    return hasAreaInBrackets(one, written) || isNamed(text, one, digits);
}

void findNumbers(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool opens = (c == '+' && isAsciiDigit(byteAt(text, at + 1))) ||
                           (c == '(' && (isAsciiDigit(byteAt(text, at + 1)) || byteAt(text, at + 1) == '+'));
        if (!isAsciiDigit(c) && !opens)
            continue;
        if (c == '(' && byteAt(text, at + 1) == '+')
            continue;
        Candidate one = candidateAt(text, at);
        const char before = byteBefore(text, at);
        const char after = byteAt(text, one.to);
        const std::size_t extended = extensionEnd(text, one.to);
        const bool joined =
            isAsciiWord(before) || isUtf8Byte(before) || before == '.' || before == '-' || before == '#' ||
            before == '$' || before == '=' || before == '/' ||
            (extended == one.to && (isAsciiWord(after) || after == '%' ||
                                    ((after == '-' || after == ':') && isAsciiWord(byteAt(text, one.to + 1)))));
        if (!joined && isNumber(text, one))
            found.push_back({one.from, extended});
        if (one.to > at)
            at = one.to - 1;
        while (isAsciiDigit(byteAt(text, at + 1)))
            ++at;
    }
}

} // namespace

Recognizer phoneNumbers()
{
    return {"phone", "phone numbers", "country code, form, or a word before it", true, findNumbers};
}

} // namespace arcscope
