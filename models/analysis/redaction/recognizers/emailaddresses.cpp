// E-mail addresses (RFC 5322's usual form, international ones of RFC 6531, too).
#include "domainnames.h"
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

constexpr bool isLocalByte(char c)
{
    return isAsciiWord(c) || isUtf8Byte(c) || c == '.' || c == '+' || c == '-' || c == '%' || c == '\'' || c == '!' ||
           c == '#' || c == '~';
}

void findAddresses(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::size_t longestLocal = 64;
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t from = at;
        const std::size_t floor = found.empty() ? 0 : found.back().to;
        while (from > floor && at - from < longestLocal && isLocalByte(text[from - 1]))
            --from;
        while (from < at && (!(isAsciiWord(text[from]) || isUtf8Byte(text[from])) ||
                             (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80))
            ++from;
        const std::size_t to = domainEnd(text, at + 1);
        const bool remote = text.substr(from, at - from) == "git" && byteAt(text, to) == ':'; // git@host:path
        const bool local = from < at && text[at - 1] != '.' && !remote;
        if (!local || to == at + 1 || !isPublicDomain(text.substr(at + 1, to - at - 1), true))
            continue;
        found.push_back({from, to});
        at = to - 1;
    }
}

} // namespace

Recognizer emailAddresses()
{
    return {"email", "e-mail addresses", "form, known top-level domain", true, findAddresses};
}

} // namespace arcscope
