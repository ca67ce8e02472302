// Numbers that states give to people: each with its check digits, and, where those are weak, a word before it.
#include "recognizer.h"
#include "scantext.h"

#include <initializer_list>
#include <utility>

namespace arcscope
{
namespace
{

int digit(char c)
{
    return c - '0';
}

/// Sum of digits by weights.
int weighted(std::string_view digits, std::initializer_list<int> weights)
{
    int sum = 0;
    std::size_t i = 0;
    for (const int weight : weights)
        sum += weight * digit(digits[i++]);
    return sum;
}

bool isDutch(std::string_view d) // burgerservicenummer: test of eleven
{
    return d.size() == 9 && weighted(d, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool isPolish(std::string_view d) // PESEL
{
    return d.size() == 11 && weighted(d, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

bool isBrazilian(std::string_view d) // CPF
{
    if (d.size() != 11 || d.find_first_not_of(d.front()) == std::string_view::npos)
        return false;
    const int first = weighted(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
    const int second = weighted(d, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
    return first == digit(d[9]) && second == digit(d[10]);
}

bool isIndian(std::string_view d) // Aadhaar: Verhoeff 1969
{
    static constexpr int multiply[10][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
                                             {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
                                             {4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
                                             {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
                                             {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
    static constexpr int permute[8][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
                                           {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                                           {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
                                           {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
    if (d.size() != 12 || d.front() < '2')
        return false;
    int check = 0;
    for (std::size_t i = 0; i < d.size(); ++i)
        check = multiply[check][permute[i % 8][digit(d[d.size() - 1 - i])]];
    return check == 0;
}

bool isGerman(std::string_view d) // Steuer-Identifikationsnummer: ISO 7064, mod 11,10
{
    if (d.size() != 11 || d.front() == '0')
        return false;
    int product = 10;
    for (std::size_t i = 0; i < 10; ++i) {
        const int sum = (digit(d[i]) + product) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(d[10]);
}

bool isSwiss(std::string_view d) // AHV number: EAN-13 of 756
{
    return d.size() == 13 && d.starts_with("756") && weighted(d, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

bool isFrench(std::string_view d) // numéro de sécurité sociale: 97 less the rest
{
    if (d.size() != 15 || (d.front() != '1' && d.front() != '2'))
        return false;
    long long number = 0;
    for (const char c : d.substr(0, 13))
        number = number * 10 + digit(c);
    return 97 - number % 97 == digit(d[13]) * 10 + digit(d[14]);
}

bool isCanadian(std::string_view d) // social insurance number
{
    return d.size() == 9 && d.front() != '0' && d.front() != '8' && passesLuhn(d);
}

bool isSwedish(std::string_view d) // personnummer, with or without century
{
    const std::string_view ten = d.size() == 12 ? d.substr(2) : d;
    if (ten.size() != 10)
        return false;
    const int month = digit(ten[2]) * 10 + digit(ten[3]);
    const int day = digit(ten[4]) * 10 + digit(ten[5]);
    return month >= 1 && month <= 12 && day >= 1 && day <= 91 && passesLuhn(ten);
}

bool isAustralian(std::string_view d) // tax file number
{
    return d.size() == 9 && weighted(d, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0;
}

bool isBritishHealth(std::string_view d) // NHS number
{
    if (d.size() != 10)
        return false;
    const int check = 11 - weighted(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    return check % 11 == digit(d[9]) && check != 10;
}

struct NumberKind {
    std::size_t length;
    bool (*check)(std::string_view digits);
    std::string_view grouped; ///< where it is written so, no word is needed; 'd' for a digit
    std::initializer_list<std::string_view> words;
};

const std::initializer_list<NumberKind>& numberKinds()
{
    static const std::initializer_list<NumberKind> kinds = {
        {11, isBrazilian, "ddd.ddd.ddd-dd", {"cpf"}},
        {13, isSwiss, "ddd.dddd.dddd.dd", {"ahv", "avs"}},
        {15, isFrench, "d dd dd dd ddd ddd dd", {"nir", "securite sociale", "sécurité sociale"}},
        {12, isIndian, "", {"aadhaar", "aadhar", "uid"}},
        {11, isGerman, "", {"steuer-id", "steuerid", "idnr", "steueridentifikationsnummer", "steuernummer"}},
        {11, isPolish, "", {"pesel"}},
        {9, isDutch, "", {"bsn", "burgerservicenummer", "sofinummer"}},
        {9, isCanadian, "", {"sin", "social insurance", "social insurance number"}},
        {9, isAustralian, "", {"tfn", "tax file number"}},
        {10, isSwedish, "dddddd-dddd", {"personnummer"}},
        {12, isSwedish, "dddddddd-dddd", {"personnummer"}},
        {10, isBritishHealth, "", {"nhs", "nhs number"}},
    };
    return kinds;
}

bool hasForm(std::string_view text, std::string_view form)
{
    if (form.empty() || text.size() != form.size())
        return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == 'd' ? !isAsciiDigit(text[i]) : text[i] != form[i])
            return false;
    }
    return true;
}

bool isNumber(std::string_view text, std::size_t from, std::size_t to)
{
    constexpr std::size_t reach = 60;
    const std::string_view written = text.substr(from, to - from);
    const std::string digits = digitsOf(written);
    for (const NumberKind& kind : numberKinds()) {
        if (digits.size() == kind.length && kind.check(digits) &&
            (hasForm(written, kind.grouped) || anyWordBefore(text, from, reach, kind.words)))
            return true;
    }
    return false;
}

void findNumbers(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isAsciiDigit(text[at]))
            continue;
        const std::size_t from = at;
        std::size_t count = 0;
        std::size_t to = at;
        for (; to < text.size(); ++to) {
            if (isAsciiDigit(text[to]))
                ++count;
            else if (std::string_view(" .-").find(text[to]) == std::string_view::npos ||
                     !isAsciiDigit(byteAt(text, to + 1)))
                break;
        }
        at = to;
        const bool apart =
            !isAsciiWord(byteBefore(text, from)) && byteBefore(text, from) != '-' && !isAsciiWord(byteAt(text, to));
        if (apart && count >= 9 && count <= 15 && isNumber(text, from, to))
            found.push_back({from, to});
    }
}

// With letters: their form is rare enough.

bool isSpanish(std::string_view id) // DNI and NIE: a letter by 23
{
    constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
    if (id.size() != 9)
        return false;
    int number = id[0] == 'X' ? 0 : id[0] == 'Y' ? 1 : id[0] == 'Z' ? 2 : isAsciiDigit(id[0]) ? digit(id[0]) : -1;
    for (std::size_t i = 1; i < 8 && number >= 0; ++i)
        number = isAsciiDigit(id[i]) ? number * 10 + digit(id[i]) : -1;
    return number >= 0 && id[8] == letters[static_cast<std::size_t>(number % 23)];
}

bool isItalian(std::string_view id) // codice fiscale
{
    if (id.size() != 16)
        return false;
    constexpr int odd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                           20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        const bool letter = i < 6 || i == 8 || i == 11 || i == 15;
        const bool fits = letter ? id[i] >= 'A' && id[i] <= 'Z' : isAsciiDigit(id[i]);
        if (!fits)
            return false;
        const int value = isAsciiDigit(id[i]) ? digit(id[i]) : id[i] - 'A';
        if (i < 15)
            sum += i % 2 == 0 ? odd[value] : value;
    }
    return sum % 26 == id[15] - 'A';
}

bool isBritish(std::string_view id) // national insurance number
{
    if (id.size() != 9)
        return false;
    for (std::size_t i = 2; i < 8; ++i) {
        if (!isAsciiDigit(id[i]))
            return false;
    }
    const auto among = [](char c, std::string_view set) { return set.find(c) != std::string_view::npos; };
    return id[0] >= 'A' && id[0] <= 'Z' && !among(id[0], "DFIQUV") && id[1] >= 'A' && id[1] <= 'Z' &&
           !among(id[1], "DFIOQUV") && among(id[8], "ABCD");
}

void findLettered(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t reach = 60;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isAsciiWord(text[at]))
            continue;
        std::size_t to = at;
        while (to < text.size() && isAsciiWord(text[to]))
            ++to;
        const std::string_view word = text.substr(at, to - at);
        if (isSpanish(word) || isItalian(word) ||
            (isBritish(word) &&
             anyWordBefore(text, at, reach, {"national insurance", "national insurance number", "nino", "ni number"})))
            found.push_back({at, to});
        at = to;
    }
}

void findIds(std::string_view text, std::vector<SensitiveRange>& found)
{
    std::vector<SensitiveRange> all;
    findNumbers(text, all);
    findLettered(text, all);
    appendApart(std::move(all), found);
}

} // namespace

Recognizer nationalIds()
{
    return {"national-id", "numbers that states give to people", "check digits, form or a word before it", true,
            findIds};
}

} // namespace arcscope
