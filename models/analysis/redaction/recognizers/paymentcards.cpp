// Numbers of payment cards (ISO/IEC 7812): Luhn, and first digits and length of a scheme.
#include "recognizer.h"
#include "scantext.h"

#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

struct Scheme {
    unsigned from; ///< of the first four digits
    unsigned to;
    std::size_t least;
    std::size_t most;
};

constexpr auto schemes = std::to_array<Scheme>({
    {4000, 4999, 16, 16}, // Visa; 13 and 19 digits below
    {5100, 5599, 16, 16}, // Mastercard
    {2221, 2720, 16, 16},
    {3400, 3499, 15, 15}, // American Express
    {3700, 3799, 15, 15},
    {3000, 3059, 14, 14}, // Diners
    {3095, 3095, 14, 14},
    {3600, 3699, 14, 14},
    {3800, 3999, 14, 14},
    {6011, 6011, 16, 16}, // Discover
    {6440, 6599, 16, 16},
    {3528, 3589, 16, 16}, // JCB
    {6200, 6299, 16, 16}, // UnionPay
    {2200, 2204, 16, 16}, // Mir
});

/// Lengths and first digits that many other numbers have, too: only behind a word.
constexpr auto doubtful = std::to_array<Scheme>({
    {4000, 4999, 13, 19},
    {5000, 5099, 12, 19}, // Maestro
    {5600, 5899, 12, 19},
    {6000, 6999, 12, 19},
    {3000, 3999, 14, 19},
    {1800, 1800, 15, 15},
    {2131, 2131, 15, 15},
});

template <typename Schemes>
bool isAmong(const Schemes& among, std::string_view digits)
{
    unsigned first = 0;
    std::from_chars(digits.data(), digits.data() + 4, first);
    for (const Scheme& scheme : among) {
        if (first >= scheme.from && first <= scheme.to && digits.size() >= scheme.least && digits.size() <= scheme.most)
            return true;
    }
    return false;
}

bool isCard(std::string_view text, std::size_t from, std::string_view digits)
{
    constexpr std::size_t reach = 60;
    if (digits.size() < 12 || digits.size() > 19 || !passesLuhn(digits) ||
        digits.find_first_not_of(digits.front()) == std::string_view::npos)
        return false;
    return isAmong(schemes, digits) ||
           (isAmong(doubtful, digits) &&
            anyWordBefore(text, from, reach,
                          {"card", "cards", "visa", "maestro", "mastercard", "amex", "diners", "cc", "pan", "karte",
                           "tarjeta", "carte", "kreditkarte", "debit", "credit"}));
}

void findCards(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!isAsciiDigit(text[at]))
            continue;
        const char before = byteBefore(text, at);
        const std::size_t from = at;
        std::string digits;
        char separator = '\0';
        std::size_t to = at;
        std::size_t card = 0; // its end
        for (; to < text.size() && digits.size() < 20 && card == 0; ++to) {
            const char c = text[to];
            if (isAsciiDigit(c)) {
                digits += c;
                continue;
            }
            if (!isAsciiWord(c) && c != '.' && c != ',' && isCard(text, from, digits))
                card = to; // what follows is another number
            else if ((c != ' ' && c != '-') || (separator != '\0' && c != separator) ||
                     !isAsciiDigit(byteAt(text, to + 1)))
                break;
            separator = c;
        }
        if (card == 0 && digits.size() < 20) {
            const char after = byteAt(text, to);
            const bool joined =
                isAsciiWord(after) || ((after == '.' || after == ',') && isAsciiDigit(byteAt(text, to + 1)));
            card = !joined && isCard(text, from, digits) ? to : 0;
        }
        if (card > 0 && !isAsciiWord(before) && before != '.')
            found.push_back({from, card});
        at = card > 0 ? card : to; // digits that hang together are one number
    }
}

} // namespace

Recognizer paymentCards()
{
    return {"card", "numbers of payment cards", "Luhn, first digits and length of a scheme", true, findCards};
}

} // namespace arcscope
