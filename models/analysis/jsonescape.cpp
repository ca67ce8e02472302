#include "jsonescape.h"

#include <algorithm>
#include <optional>

namespace arcscope
{

namespace
{

constexpr std::size_t unicodeEscape = 6; // \uXXXX

/// The code of the \uXXXX at `at`, if all of it is there.
std::optional<std::uint32_t> unicodeAt(std::string_view text, std::size_t at)
{
    if (at + unicodeEscape > text.size() || text[at] != '\\' || text[at + 1] != 'u')
        return std::nullopt;
    std::uint32_t code = 0;
    for (std::size_t i = at + 2; i < at + unicodeEscape; ++i) {
        const int digit = hexValue(text[i]);
        if (digit < 0)
            return std::nullopt;
        code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    return code;
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/// The size of `text` without a UTF-8 sequence that has begun at its end and is not whole.
std::size_t wholeUtf8(std::string_view text)
{
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0u) == 0x80u)
            continue;
        const std::size_t needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return needs > back ? text.size() - back : text.size();
    }
    return text.size();
}

/// Appends the escape at `at`; its size, or 0 where it is cut off, as a high surrogate is that `mayGoOn`.
std::size_t appendEscape(std::string& out, std::string_view text, std::size_t at, LoneSurrogates lone, bool mayGoOn)
{
    if (at + 1 >= text.size())
        return 0;
    if (text[at + 1] != 'u') {
        out += simpleEscape(text[at + 1]);
        return 2;
    }
    const auto code = unicodeAt(text, at);
    if (!code)
        return 0;
    if (isHighSurrogate(*code)) {
        const std::string_view rest = text.substr(at + unicodeEscape);
        const auto low = unicodeAt(text, at + unicodeEscape);
        if (low && isLowSurrogate(*low)) {
            appendUtf8(out, 0x10000 + ((*code - 0xD800) << 10u) + (*low - 0xDC00));
            return 2 * unicodeEscape;
        }
        const bool beginsEscape = rest.empty() || (rest[0] == '\\' && (rest.size() < 2 || rest[1] == 'u'));
        if (mayGoOn && rest.size() < unicodeEscape && beginsEscape)
            return 0;
    }
    const bool surrogate = isHighSurrogate(*code) || isLowSurrogate(*code);
    appendUtf8(out, surrogate && lone == LoneSurrogates::Replace ? 0xFFFD : *code);
    return unicodeEscape;
}

std::string unescape(std::string_view text, LoneSurrogates lone, bool mayGoOn)
{
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t escape = std::min(text.find('\\', at), text.size());
        out += text.substr(at, escape - at);
        at = escape;
        if (at == text.size())
            break;
        const std::size_t size = appendEscape(out, text, at, lone, mayGoOn);
        if (size == 0)
            break;
        at += size;
    }
    return out;
}

} // namespace

void appendUtf8(std::string& text, std::uint32_t code)
{
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0u | (code >> 6u));
        add(0x80u | (code & 0x3Fu));
    } else if (code < 0x10000) {
        add(0xE0u | (code >> 12u));
        add(0x80u | ((code >> 6u) & 0x3Fu));
        add(0x80u | (code & 0x3Fu));
    } else {
        add(0xF0u | (code >> 18u));
        add(0x80u | ((code >> 12u) & 0x3Fu));
        add(0x80u | ((code >> 6u) & 0x3Fu));
        add(0x80u | (code & 0x3Fu));
    }
}

std::string unescapeJson(std::string_view inside, LoneSurrogates lone)
{
    return unescape(inside, lone, false);
}

std::string unescapeJsonPrefix(std::string_view inside)
{
    return unescape(inside.substr(0, wholeUtf8(inside)), LoneSurrogates::Replace, true);
}

} // namespace arcscope
