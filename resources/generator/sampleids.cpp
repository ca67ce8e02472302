#include "sampleids.h"

namespace arcscope::samples
{

namespace
{

std::string hexOf(std::uint64_t number)
{
    std::string hex(16, '0');
    for (std::size_t place = hex.size(); place-- > 0; number >>= 4)
        hex[place] = "0123456789abcdef"[number & 15];
    return hex;
}

std::string labelled(std::string_view kind, std::string_view label)
{
    std::string text(kind);
    text += label;
    return text;
}

} // namespace

std::uint64_t mixed(std::string_view label)
{
    std::uint64_t state = 0x51ed270b7f4a7c15u;
    for (const char c : label) {
        state ^= static_cast<unsigned char>(c);
        state *= 0xff51afd7ed558ccdu;
        state ^= state >> 29;
    }
    state *= 0xc4ceb9fe1a85ec53u;
    return state ^ (state >> 32);
}

std::string traceIdOf(std::string_view label)
{
    return hexOf(mixed(labelled("trace high ", label))) + hexOf(mixed(labelled("trace low ", label)));
}

std::string spanIdOf(std::string_view label)
{
    return hexOf(mixed(labelled("span ", label)));
}

std::string uuidOf(std::string_view label)
{
    std::string hex = hexOf(mixed(labelled("uuid high ", label))) + hexOf(mixed(labelled("uuid low ", label)));
    hex[12] = '4';
    hex[16] = "89ab"[mixed(labelled("uuid variant ", label)) & 3];
    for (const std::size_t place : {20u, 16u, 12u, 8u})
        hex.insert(place, 1, '-');
    return hex;
}

std::string vendorIdOf(std::string_view prefix, std::string_view label)
{
    static constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
    std::string id(prefix);
    std::uint64_t high = mixed(labelled("vendor high ", label));
    std::uint64_t low = mixed(labelled("vendor low ", label));
    for (int i = 0; i < 11; ++i, high /= letters.size(), low /= letters.size()) {
        id += letters[high % letters.size()];
        id += letters[low % letters.size()];
    }
    return id;
}

std::int64_t between(std::string_view label, std::int64_t least, std::int64_t most)
{
    const std::uint64_t range = static_cast<std::uint64_t>(most - least) + 1;
    return least + static_cast<std::int64_t>(mixed(label) % range);
}

} // namespace arcscope::samples
