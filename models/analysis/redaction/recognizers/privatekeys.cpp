// Private keys in PEM (RFC 7468), also where their line ends are written as escapes, and where the end is cut off.
#include "recognizer.h"

#include <algorithm>

namespace arcscope
{
namespace
{

void findKeys(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::string_view begin = "-----BEGIN ";
    constexpr std::string_view end = "-----END ";
    constexpr std::size_t longestLabel = 40;
    constexpr std::size_t longestKey = 20'000;
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
        const std::string_view label = text.substr(at + begin.size(), longestLabel);
        const std::size_t closed = label.find("-----");
        if (closed == std::string_view::npos || label.substr(0, closed).find("PRIVATE KEY") == std::string_view::npos)
            continue;
        std::size_t to = text.find(end, at);
        if (to == std::string_view::npos || to - at > longestKey)
            to = std::min(text.size(), at + longestKey);
        else
            to = std::min(text.size(), to + end.size() + closed + 5);
        while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80)
            ++to;
        found.push_back({at, to});
        at = to - 1;
    }
}

} // namespace

Recognizer privateKeys()
{
    return {"private-key", "private keys", "PEM label", true, findKeys};
}

} // namespace arcscope
