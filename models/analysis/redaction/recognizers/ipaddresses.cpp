// Addresses of the Internet Protocol, versions 4 and 6 (RFC 4291); not those that mean nobody (loopback, unspecified).
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

/// The end of a.b.c.d, or 0.
std::size_t dottedEnd(std::string_view text, std::size_t at)
{
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (byteAt(text, at) != '.')
                return 0;
            ++at;
        }
        int value = 0;
        int digits = 0;
        for (; isAsciiDigit(byteAt(text, at)) && digits < 4; ++digits)
            value = value * 10 + (text[at++] - '0');
        if (digits == 0 || digits > 3 || value > 255 ||
            (digits > 1 && text[at - static_cast<std::size_t>(digits)] == '0'))
            return 0;
    }
    return at;
}

bool isNobody(std::string_view address)
{
    return address.starts_with("127.") || address.starts_with("0.") || address == "255.255.255.255";
}

constexpr bool isHex(char c)
{
    return isAsciiDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The end of an address of version 6, or 0.
std::size_t groupedEnd(std::string_view text, std::size_t at)
{
    int groups = 0;
    int digitsSeen = 0;
    bool longGroup = false;
    bool gap = false;
    while (at < text.size()) {
        if (text.substr(at).starts_with("::")) {
            if (gap)
                return 0;
            gap = true;
            at += 2;
            if (!isHex(byteAt(text, at)))
                break;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isHex(text[end]) && end - at < 5) {
            digitsSeen += isAsciiDigit(text[end]) ? 1 : 0;
            ++end;
        }
        if (end == at || end - at > 4)
            return 0;
        if (groups <= 6 && byteAt(text, end) == '.') {
            if (const std::size_t dotted = dottedEnd(text, at); dotted > 0 && (gap || groups == 6))
                return dotted;
        }
        ++groups;
        longGroup = longGroup || end - at >= 3;
        at = end;
        if (byteAt(text, at) == ':' && isHex(byteAt(text, at + 1)))
            ++at;
        else if (!text.substr(at).starts_with("::"))
            break;
    }
    // "1::4" is a slice of an array.
    const bool whole = gap ? groups >= (longGroup ? 2 : 4) && groups <= 7 : groups == 8;
    return whole && digitsSeen > 0 ? at : 0;
}

void findAddresses(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (!isHex(c) && c != ':')
            continue;
        const char before = byteBefore(text, at);
        if (isAsciiWord(before) || before == ':' || before == '.' || isUtf8Byte(before))
            continue;
        const std::size_t dotted = isAsciiDigit(c) ? dottedEnd(text, at) : 0;
        const std::size_t to = dotted > 0 ? dotted : groupedEnd(text, at);
        if (dotted > 0) {
            const char after = byteAt(text, to);
            const bool goesOn = isAsciiWord(after) || (after == '.' && isAsciiDigit(byteAt(text, to + 1))) ||
                                (after == '-' && isAsciiWord(byteAt(text, to + 1)));
            const bool version = anyWordBefore(text, at, 12, {"version", "v", "ver", "release", "chrome", "section"}) ||
                                 (before == '/' && isAsciiWord(byteBefore(text, at - 1))) || before == '-';
            if (!goesOn && !version && !isNobody(text.substr(at, to - at)))
                found.push_back({at, to});
        } else if (to > 0) {
            const char after = byteAt(text, to);
            if (!isAsciiWord(after) && after != ':')
                found.push_back({at, to});
        }
        if (to > at)
            at = to - 1;
    }
}

} // namespace

Recognizer ipAddresses()
{
    return {"ip", "IP addresses", "form and ranges", true, findAddresses};
}

} // namespace arcscope
