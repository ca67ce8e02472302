// International bank account numbers (ISO 13616): length of the country, and 97 divides (ISO 7064, mod 97-10).
#include "recognizer.h"
#include "scantext.h"

#include <array>

namespace arcscope
{
namespace
{

struct Country {
    std::string_view code;
    std::size_t length;
};

constexpr auto countries = std::to_array<Country>({
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
    {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27},
    {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27},
    {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22},
    {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32},
    {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19},
    {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24}, {"SC", 31},
    {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23},
    {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30},
});

bool dividesBy97(std::string_view iban)
{
    int rest = 0;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        const char c = iban[(i + 4) % iban.size()];
        rest = isAsciiDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    }
    return rest == 1;
}

/// The end of the number that begins here, or 0.
std::size_t numberEnd(std::string_view text, std::size_t at)
{
    const char code[] = {upperAscii(text[at]), upperAscii(byteAt(text, at + 1))};
    for (const Country& country : countries) {
        if (country.code != std::string_view(code, 2))
            continue;
        std::string iban;
        std::size_t to = at;
        while (to < text.size() && iban.size() < country.length) {
            const char c = text[to];
            if (isAsciiLetter(c) || isAsciiDigit(c))
                iban += upperAscii(c);
            else if ((c != ' ' && c != '-') || !isAsciiWord(byteAt(text, to + 1)))
                break;
            ++to;
        }
        const bool ends = !isAsciiWord(byteAt(text, to));
        return iban.size() == country.length && ends && dividesBy97(iban) ? to : 0;
    }
    return 0;
}

void findNumbers(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t at = 2; at + 10 < text.size(); ++at) {
        if (!isAsciiDigit(text[at]) || !isAsciiDigit(text[at + 1]) || !isAsciiLetter(text[at - 1]) ||
            !isAsciiLetter(text[at - 2]) || isAsciiWord(byteBefore(text, at - 2)))
            continue;
        if (const std::size_t to = numberEnd(text, at - 2); to > 0) {
            found.push_back({at - 2, to});
            at = to;
        }
    }
}

} // namespace

Recognizer bankAccounts()
{
    return {"iban", "international bank account numbers", "country, length, mod 97", true, findNumbers};
}

} // namespace arcscope
