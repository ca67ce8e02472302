#include "ids.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr int badDigit = -1;

constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return badDigit;
}

constexpr int base64Digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    if (c == '/' || c == '_')
        return 63;
    return badDigit;
}

/// hexDigit() of every byte.
constexpr auto hexDigits = [] {
    std::array<std::int8_t, 256> digits{};
    for (int byte = 0; byte < 256; ++byte)
        digits[static_cast<std::size_t>(byte)] = static_cast<std::int8_t>(hexDigit(static_cast<char>(byte)));
    return digits;
}();

/// Reads exactly `text.size()` hex digits, 16 at most.
bool readHex(std::string_view text, std::uint64_t& value)
{
    value = 0;
    int bad = 0;
    for (const char c : text) {
        const int digit = hexDigits[static_cast<std::uint8_t>(c)];
        bad |= digit;
        value = value << 4 | static_cast<std::uint64_t>(digit & 15);
    }
    return bad >= 0;
}

bool readBase64(std::string_view text, std::size_t bytes, Id& id)
{
    std::array<std::uint8_t, 18> decoded{};
    std::size_t count = 0;
    std::uint32_t bits = 0;
    int pending = 0;
    for (const char c : text) {
        if (c == '=')
            break;
        const int digit = base64Digit(c);
        if (digit == badDigit)
            return false;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        pending += 6;
        if (pending >= 8) {
            pending -= 8;
            if (count == decoded.size())
                return false;
            decoded[count++] = static_cast<std::uint8_t>(bits >> pending);
        }
    }
    if (count != bytes)
        return false;
    std::uint64_t halves[2] = {0, 0};
    for (std::size_t i = 0; i < bytes; ++i)
        halves[bytes == 8 ? 1 : i / 8] = halves[bytes == 8 ? 1 : i / 8] << 8 | decoded[i];
    id = {halves[0], halves[1], bytes == 8 ? IdForm::Hex64 : IdForm::Hex128};
    return true;
}

bool readUuid(std::string_view text, Id& id)
{
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        return false;
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::uint64_t c = 0;
    std::uint64_t d = 0;
    std::uint64_t e = 0;
    if (!readHex(text.substr(0, 8), a) || !readHex(text.substr(9, 4), b) || !readHex(text.substr(14, 4), c) ||
        !readHex(text.substr(19, 4), d) || !readHex(text.substr(24, 12), e))
        return false;
    id = {a << 32 | b << 16 | c, d << 48 | e, IdForm::Uuid};
    return true;
}

void appendHex(std::string& out, std::uint64_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[value >> shift & 15];
}

} // namespace

Id parseId(std::string_view text)
{
    if (text.empty())
        return {};
    Id id;
    std::string_view digits = text;
    if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        digits.remove_prefix(2);
    const bool read = (digits.size() == 16 && readHex(digits, id.low) && (id.form = IdForm::Hex64, true)) ||
                      (digits.size() == 32 && readHex(digits.substr(0, 16), id.high) &&
                       readHex(digits.substr(16), id.low) && (id.form = IdForm::Hex128, true)) ||
                      readUuid(text, id) || (text.size() == 24 && text.ends_with("==") && readBase64(text, 16, id)) ||
                      (text.size() == 12 && text.ends_with('=') && !text.ends_with("==") && readBase64(text, 8, id));
    if (!read)
        return {0, 0, IdForm::Text};
    if (id.high == 0 && id.low == 0)
        return {};
    return id;
}

std::string idText(const Id& id, std::string_view interned)
{
    std::string out;
    switch (id.form) {
    case IdForm::None:
        break;
    case IdForm::Hex64:
        appendHex(out, id.low, 16);
        break;
    case IdForm::Hex128:
        appendHex(out, id.high, 16);
        appendHex(out, id.low, 16);
        break;
    case IdForm::Uuid:
        appendHex(out, id.high >> 32, 8);
        out += '-';
        appendHex(out, id.high >> 16 & 0xffff, 4);
        out += '-';
        appendHex(out, id.high & 0xffff, 4);
        out += '-';
        appendHex(out, id.low >> 48, 4);
        out += '-';
        appendHex(out, id.low & 0xffffffffffff, 12);
        break;
    case IdForm::Text:
        out = interned;
        break;
    }
    return out;
}

std::uint64_t hashOf(const Id& id)
{
    std::uint64_t x = id.low ^ (id.high * 0x9e3779b97f4a7c15u) ^ (static_cast<std::uint64_t>(id.form) << 61);
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

std::uint64_t hashOf(std::string_view text)
{
    if (text.empty())
        return 0;
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    hash = hashOf(Id{0, hash, IdForm::None});
    return hash == 0 ? 1 : hash;
}

} // namespace arcscope
