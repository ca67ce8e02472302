#include "htmltext.h"

#include "finding.h"
#include "jsontext.h"

#include <cstdint>

namespace arcscope
{
namespace
{

/// The character at a place of valid UTF-8; `length` its bytes.
std::uint32_t characterAt(std::string_view text, std::size_t at, std::size_t& length)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    return code;
}

bool isHidden(std::uint32_t code)
{
    const bool control = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0);
    const bool direction = code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
                           (code >= 0x2066 && code <= 0x2069);
    const bool invisible = code == 0x00AD || code == 0x200B || code == 0x2060 || code == 0xFEFF ||
                           (code >= 0xE0000 && code <= 0xE007F) || code == 0x2028 || code == 0x2029;
    return control || direction || invisible;
}

std::string numberOf(std::uint32_t code)
{
    std::string digits;
    for (int shift = code > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
        digits += "0123456789ABCDEF"[code >> shift & 15];
    return "⟦U+" + digits + "⟧";
}

} // namespace

std::string htmlText(std::string_view text)
{
    const std::string valid = isUtf8(text) ? std::string(text) : repairedUtf8(text);
    std::string html;
    for (std::size_t at = 0, length = 1; at < valid.size(); at += length) {
        const std::uint32_t code = characterAt(valid, at, length);
        switch (code) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        case '\r':
            break;
        default:
            html += isHidden(code) ? numberOf(code) : valid.substr(at, length);
        }
    }
    return html;
}

std::string htmlExcerpt(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
        return htmlText(text);
    const std::string cut = quoted(text, most);
    return htmlText(cut) + " <span class=\"cut\">… " + std::to_string(text.size() - cut.size()) +
           " bytes left out</span>";
}

} // namespace arcscope
