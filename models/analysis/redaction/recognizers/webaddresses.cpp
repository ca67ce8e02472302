// Addresses of web pages and names of domains. Seldom personal: only where they are asked for.
#include "domainnames.h"
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

constexpr bool isPathByte(char c)
{
    return c > ' ' && c != '"' && c != '<' && c != '>' && c != '\\' && c != '^' && c != '`' && c != '{' && c != '}' &&
           c != '|' && c != '\x7f';
}

std::size_t pathEnd(std::string_view text, std::size_t at)
{
    const std::size_t from = at;
    int open = 0;
    for (; at < text.size() && isPathByte(text[at]); ++at) {
        if (text[at] == '(')
            ++open;
        else if (text[at] == ')' && --open < 0)
            break;
    }
    while (at > from && std::string_view(".,;:!?'*").find(text[at - 1]) != std::string_view::npos)
        --at;
    return at;
}

void findAddresses(std::string_view text, std::vector<SensitiveRange>& found)
{
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
        std::size_t from = dot;
        const std::size_t floor = found.empty() ? 0 : found.back().to;
        while (from > floor && isDomainByte(text[from - 1]))
            --from;
        const std::size_t host = from;
        const bool scheme = host >= 3 && text.substr(host - 3, 3) == "://";
        if (scheme) {
            from -= 3;
            while (from > floor && (isAsciiLetter(text[from - 1]) || isAsciiDigit(text[from - 1])))
                --from;
        }
        const char before = byteBefore(text, host);
        const std::size_t end = domainEnd(text, host);
        if (end <= dot || (!scheme && (before == '@' || before == '/' || before == '.' || before == '\\')))
            continue;
        if (!isPublicDomain(text.substr(host, end - host), scheme)) {
            dot = end > dot ? end - 1 : dot;
            continue;
        }
        std::size_t to = end;
        if (byteAt(text, to) == ':' && isAsciiDigit(byteAt(text, to + 1))) {
            for (++to; isAsciiDigit(byteAt(text, to));)
                ++to;
        }
        if (byteAt(text, to) == '/' || byteAt(text, to) == '?' || byteAt(text, to) == '#')
            to = pathEnd(text, to);
        found.push_back({from, to});
        dot = to - 1;
    }
}

} // namespace

Recognizer webAddresses()
{
    return {"web", "web addresses and domains", "known top-level domain", false, findAddresses};
}

} // namespace arcscope
