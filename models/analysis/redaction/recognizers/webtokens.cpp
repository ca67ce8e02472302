// JSON Web Tokens (RFC 7519): three pieces of base64url, the first two of which begin like JSON objects.
#include "recognizer.h"
#include "scantext.h"

namespace arcscope
{
namespace
{

constexpr bool isTokenByte(char c)
{
    return isAsciiWord(c) || c == '-';
}

std::size_t pieceEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isTokenByte(text[at]))
        ++at;
    return at;
}

void findTokens(std::string_view text, std::vector<SensitiveRange>& found)
{
    constexpr std::string_view object = "ey"; // base64 of {" and of { with what follows
    constexpr std::size_t shortest = 10;
    for (std::size_t at = text.find(object); at != std::string_view::npos; at = text.find(object, at + 1)) {
        if (isTokenByte(byteBefore(text, at)))
            continue;
        const std::size_t header = pieceEnd(text, at);
        if (header - at < shortest || byteAt(text, header) != '.' || !text.substr(header + 1).starts_with(object))
            continue;
        const std::size_t claims = pieceEnd(text, header + 1);
        if (claims - header < shortest)
            continue;
        const std::size_t to = byteAt(text, claims) == '.' ? pieceEnd(text, claims + 1) : claims;
        found.push_back({at, to});
        at = to - 1;
    }
}

} // namespace

Recognizer webTokens()
{
    return {"jwt", "JSON Web Tokens", "three pieces of base64url, JSON objects first", true, findTokens};
}

} // namespace arcscope
