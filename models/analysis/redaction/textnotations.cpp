#include "textnotations.h"

#include "jsonescape.h"
#include "scantext.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace arcscope
{
namespace
{

int hexNumber(std::string_view digits)
{
    int value = 0;
    for (const char c : digits) {
        if (hexValue(c) < 0)
            return -1;
        value = value * 16 + hexValue(c);
    }
    return digits.empty() ? -1 : value;
}

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

/// "=?charset?Q?text?=" of RFC 2047.
std::size_t headerWordAt(std::string_view text, std::size_t at, std::string& bytes)
{
    constexpr std::size_t longest = 256; // 75 by the RFC, which not everybody keeps to
    const std::string_view word = text.substr(at, longest);
    const std::size_t charset = word.find('?', 2);
    if (charset == std::string_view::npos || lowerAscii(byteAt(word, charset + 1)) != 'q' ||
        byteAt(word, charset + 2) != '?')
        return 0;
    const std::size_t end = word.find("?=", charset + 3);
    if (end == std::string_view::npos)
        return 0;
    for (std::size_t i = charset + 3; i < end; ++i) {
        const int value = word[i] == '=' && i + 3 <= end ? hexNumber(word.substr(i + 1, 2)) : -1;
        bytes += value >= 0 ? static_cast<char>(value) : word[i] == '_' ? ' ' : word[i];
        i += value >= 0 ? 2 : 0;
    }
    return end + 2;
}

} // namespace

std::size_t escapeAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] != '\\' || at + 1 >= text.size())
        return 0;
    const char c = text[at + 1];
    constexpr std::string_view letters = "ntrbf\"\\/'";
    constexpr std::string_view meanings = "\n\t\r\b\f\"\\/'";
    if (const std::size_t known = letters.find(c); known != std::string_view::npos) {
        bytes += meanings[known];
        return 2;
    }
    if (c == 'x' && at + 4 <= text.size()) {
        const int value = hexNumber(text.substr(at + 2, 2));
        if (value >= 0)
            bytes += static_cast<char>(value);
        return value >= 0 ? 4 : 0;
    }
    if (c >= '0' && c <= '3' && at + 4 <= text.size() && isOctal(text[at + 2]) && isOctal(text[at + 3])) {
        bytes += static_cast<char>((c - '0') * 64 + (text[at + 2] - '0') * 8 + (text[at + 3] - '0'));
        return 4;
    }
    if ((c != 'u' && c != 'U') || at + 6 > text.size())
        return 0;
    if (text[at + 2] == '{' || (c == 'U' && text.substr(at + 2, 3) == "000")) {
        const bool braces = text[at + 2] == '{';
        const std::size_t end = braces ? text.substr(at, 11).find('}') : 10;
        const std::size_t from = braces ? 3 : 2;
        const int code = end == std::string_view::npos || at + end > text.size()
                             ? -1
                             : hexNumber(text.substr(at + from, end - from));
        if (code < 0 || code >= 0x110000)
            return 0;
        appendUtf8(bytes, static_cast<std::uint32_t>(code));
        return end + (braces ? 1 : 0);
    }
    int code = hexNumber(text.substr(at + 2, 4));
    if (code < 0)
        return 0;
    std::size_t length = 6;
    if (isHighSurrogate(static_cast<std::uint32_t>(code)) && text.substr(at + 6).starts_with("\\u")) {
        const int low = hexNumber(text.substr(at + 8, 4));
        if (low >= 0 && isLowSurrogate(static_cast<std::uint32_t>(low))) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            length = 12;
        }
    }
    appendUtf8(bytes, static_cast<std::uint32_t>(code));
    return length;
}

std::size_t percentAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] != '%' || at + 3 > text.size())
        return 0;
    const int value = hexNumber(text.substr(at + 1, 2));
    if (value < 0)
        return 0;
    bytes += static_cast<char>(value);
    return 3;
}

std::size_t referenceAt(std::string_view text, std::size_t at, std::string& bytes)
{
    constexpr std::size_t longest = 12;
    if (text[at] != '&')
        return 0;
    const std::size_t end = text.substr(at, longest).find(';');
    if (end == std::string_view::npos || end < 3)
        return 0;
    const std::string_view name = text.substr(at + 1, end - 1);
    if (name.front() == '#') {
        const bool hex = name.size() > 2 && lowerAscii(name[1]) == 'x';
        const std::string_view digits = name.substr(hex ? 2 : 1);
        std::uint32_t code = 0;
        const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
        if (error != std::errc() || last != digits.data() + digits.size() || code >= 0x110000)
            return 0;
        appendUtf8(bytes, code);
        return end + 1;
    }
    struct Name {
        std::string_view name;
        char byte;
    };
    static constexpr auto names = std::to_array<Name>({
        {"amp", '&'},    {"lt", '<'},    {"gt", '>'},     {"quot", '"'},     {"apos", '\''},  {"commat", '@'},
        {"period", '.'}, {"colon", ':'}, {"sol", '/'},    {"plus", '+'},     {"lowbar", '_'}, {"num", '#'},
        {"equals", '='}, {"excl", '!'},  {"percnt", '%'}, {"dollar", '$'},   {"comma", ','},  {"nbsp", ' '},
        {"hyphen", '-'}, {"dash", '-'},  {"Tab", '\t'},   {"NewLine", '\n'}, {"lpar", '('},   {"rpar", ')'},
        {"semi", ';'},   {"quest", '?'}, {"ast", '*'},    {"bsol", '\\'},    {"grave", '`'},  {"Hat", '^'},
    });
    for (const Name& known : names) {
        if (known.name == name) {
            bytes += known.byte;
            return end + 1;
        }
    }
    return 0;
}

std::size_t formPercentAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] == '+') {
        bytes += ' ';
        return 1;
    }
    return percentAt(text, at, bytes);
}

std::size_t quotedAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (text[at] != '=' || at + 1 >= text.size())
        return 0;
    const std::string_view rest = text.substr(at + 1);
    if (rest.front() == '?')
        return headerWordAt(text, at, bytes);
    if (rest.front() == '\n' || rest.starts_with("\r\n"))
        return rest.front() == '\n' ? 2 : 3;
    const int value = rest.size() < 2 ? -1 : hexNumber(rest.substr(0, 2));
    if (value < 0)
        return 0;
    bytes += static_cast<char>(value);
    return 3;
}

std::size_t invisibleAt(std::string_view text, std::size_t at, std::string& /*bytes*/)
{
    const auto last = static_cast<unsigned char>(byteAt(text, at + 2));
    const std::string_view two = text.substr(at, 2);
    if (two == "\xC2\xAD") // soft hyphen
        return 2;
    const bool general = two == "\xE2\x80" && ((last >= 0x8B && last <= 0x8F) || (last >= 0xAA && last <= 0xAE));
    const bool joiners = two == "\xE2\x81" && ((last >= 0xA0 && last <= 0xA4) || (last >= 0xA6 && last <= 0xA9));
    return general || joiners ? 3 : 0;
}

std::size_t fullWidthAt(std::string_view text, std::size_t at, std::string& bytes)
{
    const auto last = static_cast<unsigned char>(byteAt(text, at + 2));
    const std::string_view two = text.substr(at, 2);
    if (two == "\xEF\xBC" && last >= 0x81 && last <= 0xBF)
        bytes += static_cast<char>(last - 0x81 + '!');
    else if (two == "\xEF\xBD" && last >= 0x80 && last <= 0x9E)
        bytes += static_cast<char>(last - 0x80 + '`');
    else if (two != "\xEF\xBB" || last != 0xBF) // no width at all
        return 0;
    return 3;
}

std::size_t wideAt(std::string_view text, std::size_t at, std::string& bytes)
{
    if (at + 1 >= text.size() || (text[at] != '\0' && text[at + 1] != '\0'))
        return text[at] == '\0' ? 1 : 0;
    const bool lowFirst = text[at + 1] == '\0';
    const auto code = static_cast<unsigned char>(lowFirst ? text[at] : text[at + 1]);
    const std::size_t zero = lowFirst ? at + 1 : at;
    const bool beside = (zero >= 2 && text[zero - 2] == '\0') || (zero + 2 < text.size() && text[zero + 2] == '\0');
    if (code >= 0x80 && !beside)
        return lowFirst ? 0 : 1;
    if (code != 0)
        appendUtf8(bytes, code);
    return 2;
}

DigitRun nextDigits(std::string_view text, std::size_t at, std::size_t shortest)
{
    static const auto digits = [] {
        std::array<bool, 256> table{};
        for (int c = 0; c < 256; ++c)
            table[static_cast<std::size_t>(c)] = base64Value(static_cast<char>(c)) >= 0;
        return table;
    }();
    const auto isDigit = [&](std::size_t place) { return digits[static_cast<unsigned char>(text[place])]; };
    while (at + shortest <= text.size()) {
        std::size_t from = at + shortest; // behind the last place that is no digit
        while (from > at && isDigit(from - 1))
            --from;
        if (from > at) {
            at = from;
            continue;
        }
        std::size_t to = at + shortest;
        while (to < text.size() && isDigit(to))
            ++to;
        return {at, to};
    }
    return {};
}

bool isText(std::string_view bytes)
{
    return std::none_of(bytes.begin(), bytes.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\n' && c != '\r' && c != '\t') || code == 0x7f || code >= 0xf8;
    });
}

void eachTextIn(std::string_view bytes, const std::function<void(std::string_view text)>& visit)
{
    constexpr std::size_t shortest = 12; // noise is seldom so long
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const std::size_t from = at;
        while (at < bytes.size() && bytes[at] >= 0x20 && bytes[at] < 0x7f)
            ++at;
        if (at - from >= shortest)
            visit(bytes.substr(from, at - from));
    }
}

bool hasText(std::string_view bytes)
{
    int row = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const bool twoBytes =
            isUtf8Byte(c) && i > 0 && i + 1 < bytes.size() && bytes[i - 1] == '\0' && bytes[i + 1] == '\0';
        if (c == '\0' || (twoBytes && row > 0)) // UTF-16
            continue;
        row = c >= ' ' && c < '\x7f' ? row + 1 : 0;
        if (row == 8)
            return true;
    }
    return false;
}

} // namespace arcscope
