#include "base64.h"

#include "jsonbytes.h"

#include <cstdint>

namespace arcscope
{
namespace
{

int digitOf(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

} // namespace

std::optional<std::string> base64Bytes(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int count = 0;
    bool ended = false;
    for (const char c : text) {
        if (isSpace(c))
            continue;
        if (c == '=') {
            ended = true;
            continue;
        }
        const int digit = digitOf(c);
        if (ended || digit < 0)
            return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xff);
        }
    }
    if (count == 6)
        return std::nullopt;
    return bytes;
}

} // namespace arcscope
