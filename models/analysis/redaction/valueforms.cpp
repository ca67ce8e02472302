#include "valueforms.h"

#include "jsonescape.h"
#include "personalfields.h"
#include "scantext.h"
#include "writtendates.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace arcscope
{
namespace
{

struct Marked {
    std::uint32_t letter;
    char base;
    std::uint32_t mark;
};
constexpr std::uint32_t grave = 0x300, acute = 0x301, hat = 0x302, tilde = 0x303, breve = 0x306, dot = 0x307,
                        dots = 0x308, ring = 0x30A, doubled = 0x30B, caron = 0x30C, cedilla = 0x327, hook = 0x328;

/// Latin-1 and the letters of Latin Extended-A that names have; capitals (small letters follow from them).
constexpr auto markedCapitals = std::to_array<Marked>(
    {{0xC0, 'A', grave},  {0xC1, 'A', acute},    {0xC2, 'A', hat},      {0xC3, 'A', tilde},  {0xC4, 'A', dots},
     {0xC5, 'A', ring},   {0xC7, 'C', cedilla},  {0xC8, 'E', grave},    {0xC9, 'E', acute},  {0xCA, 'E', hat},
     {0xCB, 'E', dots},   {0xCC, 'I', grave},    {0xCD, 'I', acute},    {0xCE, 'I', hat},    {0xCF, 'I', dots},
     {0xD1, 'N', tilde},  {0xD2, 'O', grave},    {0xD3, 'O', acute},    {0xD4, 'O', hat},    {0xD5, 'O', tilde},
     {0xD6, 'O', dots},   {0xD9, 'U', grave},    {0xDA, 'U', acute},    {0xDB, 'U', hat},    {0xDC, 'U', dots},
     {0xDD, 'Y', acute},  {0x102, 'A', breve},   {0x104, 'A', hook},    {0x106, 'C', acute}, {0x10C, 'C', caron},
     {0x10E, 'D', caron}, {0x116, 'E', dot},     {0x118, 'E', hook},    {0x11A, 'E', caron}, {0x11E, 'G', breve},
     {0x143, 'N', acute}, {0x147, 'N', caron},   {0x150, 'O', doubled}, {0x154, 'R', acute}, {0x158, 'R', caron},
     {0x15A, 'S', acute}, {0x15E, 'S', cedilla}, {0x160, 'S', caron},   {0x164, 'T', caron}, {0x16A, 'U', 0x304},
     {0x16E, 'U', ring},  {0x170, 'U', doubled}, {0x179, 'Z', acute},   {0x17B, 'Z', dot},   {0x17D, 'Z', caron}});

std::uint32_t smallOf(std::uint32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return code + 32;
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3AB && code != 0x3A2) ||
        (code >= 0x410 && code <= 0x42F))
        return code + 32;
    if (code >= 0x400 && code <= 0x40F)
        return code + 80;
    const bool evenFirst = (code >= 0x100 && code <= 0x12F) || (code >= 0x132 && code <= 0x137) ||
                           (code >= 0x14A && code <= 0x177) || (code >= 0x48A && code <= 0x4BF);
    const bool oddFirst = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E);
    return (evenFirst && code % 2 == 0) || (oddFirst && code % 2 == 1) ? code + 1 : code == 0x178 ? 0xFF : code;
}

std::uint32_t capitalOf(std::uint32_t code)
{
    for (const std::uint32_t before : {code - 32, code - 80, code - 1}) {
        if (before < code && smallOf(before) == code)
            return before;
    }
    return code == 0xFF ? 0x178 : code;
}

/// Calls `change` with each character, which appends what is to stand there; what is no UTF-8 stays.
template <typename Change>
std::string changed(std::string_view text, Change change)
{
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        const std::string_view bytes = text.substr(at, length);
        at += bytes.size();
        if (length > 2 || (length == 2 && bytes.size() < 2) || (length == 1 && lead >= 0x80)) {
            made += bytes; // no letters with cases or marks here
            continue;
        }
        change(length == 1 ? lead : (lead & 0x1FU) << 6 | (static_cast<unsigned char>(bytes[1]) & 0x3FU), made);
    }
    return made;
}

/// Letter, base and mark of a character; 0 for none.
Marked markedOf(std::uint32_t code)
{
    for (const Marked& one : markedCapitals) {
        if (one.letter == code)
            return one;
        if (smallOf(one.letter) == code && code != one.letter)
            return {code, lowerAscii(one.base), one.mark};
    }
    return {0, 0, 0};
}

bool isNamePart(std::string_view word)
{
    constexpr auto none = std::to_array<std::string_view>(
        {"mr",    "mrs",   "ms",    "miss",    "dr",      "prof", "sir",  "herr",    "frau",    "mme",    "team",
         "user",  "test",  "admin", "support", "service", "bank", "inc",  "ltd",     "gmbh",    "llc",    "the",
         "group", "agent", "guest", "account", "company", "corp", "demo", "example", "unknown", "system", "customer"});
    std::string plain = lowered(word);
    if (plain.ends_with('.') || plain.ends_with(','))
        plain.pop_back();
    return plain.size() >= 2 && saysSomething(word) && std::find(none.begin(), none.end(), plain) == none.end();
}

/// Numbers are written with different separators.
bool isNumberKind(std::string_view kind)
{
    return kind == "card" || kind == "phone" || kind == "ssn" || kind == "iban" || kind == "national-id" ||
           kind == "licence" || kind == "account";
}

} // namespace

std::string inCapitals(std::string_view text)
{
    return changed(text, [](std::uint32_t code, std::string& into) { appendUtf8(into, capitalOf(code)); });
}

std::string inSmallLetters(std::string_view text)
{
    return changed(text, [](std::uint32_t code, std::string& into) { appendUtf8(into, smallOf(code)); });
}

std::string decomposed(std::string_view text)
{
    return changed(text, [](std::uint32_t code, std::string& into) {
        const Marked marked = code < 0x80 ? Marked{0, 0, 0} : markedOf(code);
        if (marked.letter == 0) {
            appendUtf8(into, code);
            return;
        }
        into += marked.base;
        appendUtf8(into, marked.mark);
    });
}

std::string composed(std::string_view text)
{
    return changed(text, [](std::uint32_t code, std::string& into) {
        if (code >= 0x300 && code < 0x370 && !into.empty() && isAsciiLetter(into.back())) {
            const char base = into.back();
            for (const Marked& one : markedCapitals) {
                if (one.mark == code && one.base == upperAscii(base)) {
                    into.pop_back();
                    appendUtf8(into, base == one.base ? one.letter : smallOf(one.letter));
                    return;
                }
            }
        }
        appendUtf8(into, code);
    });
}

std::string withoutMarks(std::string_view text)
{
    struct Letter {
        std::uint32_t code;
        std::string_view plain;
    };
    constexpr auto others = std::to_array<Letter>({{0xDF, "ss"},
                                                   {0xC6, "Ae"},
                                                   {0xE6, "ae"},
                                                   {0xD8, "O"},
                                                   {0xF8, "o"},
                                                   {0x131, "i"},
                                                   {0x141, "L"},
                                                   {0x142, "l"},
                                                   {0x110, "D"},
                                                   {0x111, "d"}});
    return changed(composed(text), [&](std::uint32_t code, std::string& into) {
        const Marked marked = code < 0x80 ? Marked{0, 0, 0} : markedOf(code);
        const auto* const other =
            std::find_if(others.begin(), others.end(), [&](const Letter& one) { return one.code == code; });
        if (marked.letter != 0)
            into += marked.base;
        else if (other != others.end())
            into += other->plain;
        else
            appendUtf8(into, code);
    });
}

std::string nationalNumber(std::string_view phone)
{
    constexpr std::size_t longestCode = 3;
    const std::size_t code = phone.starts_with('+') ? phone.find_first_of(" -./(", 1) : std::string_view::npos;
    if (code > 1 + longestCode) // or there is none
        return {};
    const std::size_t rest = phone.find_first_of("0123456789", code);
    if (rest == std::string_view::npos)
        return {};
    const bool prefixed = phone.substr(1, code - 1) != "1" && phone[rest] != '0';
    return (prefixed ? "0" : "") + std::string(phone.substr(rest));
}

std::vector<std::string> partsOfName(std::string_view name)
{
    constexpr std::size_t most = 4;
    std::vector<std::string> words;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t from = std::min(name.find_first_not_of(' ', at), name.size());
        const std::size_t to = std::min(name.find(' ', from), name.size());
        if (from < to)
            words.emplace_back(name.substr(from, to - from));
        at = to;
    }
    if (words.size() < 2 || words.size() > most)
        return {};
    std::vector<std::string> parts;
    for (std::string& word : words) {
        if (word.ends_with('.') || word.ends_with(','))
            word.pop_back();
        const std::string first = word.substr(0, word.size() > 1 && isUtf8Byte(word.front()) ? 2 : 1);
        const bool letters = word.find_first_of("0123456789@/\\_:=<>{}()[]\"") == std::string::npos;
        if (!letters || inSmallLetters(first) == first)
            return {}; // "Bank of America", an address, a number: no name
        if (isNamePart(word))
            parts.push_back(word);
    }
    return parts;
}

std::vector<std::string> joinedNames(std::string_view name)
{
    const std::vector<std::string> parts = partsOfName(name);
    if (parts.size() < 2)
        return {};
    std::vector<std::string> joined;
    std::string capitals;
    for (const std::string& part : parts)
        capitals += part;
    joined.push_back(std::move(capitals));
    for (const std::string_view between : {"", "-", "_", ".", " "}) {
        std::string& one = joined.emplace_back();
        for (const std::string& part : parts)
            one.append(one.empty() ? std::string_view() : between).append(inSmallLetters(part));
    }
    return joined;
}

std::vector<std::string> writtenForms(std::string_view value, std::string_view kind, bool exact)
{
    std::vector<std::string> forms{std::string(value)};
    const auto add = [&](std::string form) {
        if (std::find(forms.begin(), forms.end(), form) == forms.end())
            forms.push_back(std::move(form));
    };
    constexpr std::size_t longest = 300;
    if (value.size() > longest)
        return forms;
    const bool plain = std::none_of(value.begin(), value.end(), isUtf8Byte);
    if (exact || !plain)
        add(inCapitals(value));
    if (kind == "name" || kind == "subject") {
        for (std::string& joined : joinedNames(value))
            add(std::move(joined));
        for (std::size_t i = 0, all = plain ? 0 : forms.size(); i < all; ++i)
            add(withoutMarks(forms[i]));
    }
    if (!plain) {
        if (!exact)
            add(inSmallLetters(value));
        for (std::size_t i = 0, all = forms.size(); i < all; ++i) {
            add(decomposed(forms[i]));
            add(composed(forms[i]));
        }
    }
    if (kind == "birth") {
        for (std::string& date : otherDates(value))
            add(std::move(date));
    }
    const auto addBare = [&](std::string_view number) {
        std::string bare;
        std::copy_if(number.begin(), number.end(), std::back_inserter(bare),
                     [](char c) { return isAsciiDigit(c) || isAsciiLetter(c); });
        constexpr std::size_t leastDigits = 7;
        if (bare.size() >= leastDigits)
            add(std::move(bare));
    };
    if (isNumberKind(kind))
        addBare(value);
    if (const std::string national = kind == "phone" ? nationalNumber(value) : std::string();
        digitsOf(national).size() >= 8) {
        add(national);
        addBare(national);
    }
    return forms;
}

} // namespace arcscope
