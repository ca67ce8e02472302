#include "utf8pieces.h"

#include <cstddef>

namespace arcscope
{
namespace
{

/// Bytes of the sequence that this byte begins, 0 where it begins none.
std::size_t sequenceLength(unsigned char byte)
{
    if (byte < 0x80)
        return 1;
    if (byte >= 0xc2 && byte < 0xe0)
        return 2;
    if (byte >= 0xe0 && byte < 0xf0)
        return 3;
    return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

} // namespace

std::string cutIncompleteUtf8(std::string& bytes)
{
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte >= 0x80 && byte < 0xc0)
            continue;
        if (sequenceLength(byte) <= back)
            break;
        std::string rest = bytes.substr(bytes.size() - back);
        bytes.resize(bytes.size() - back);
        return rest;
    }
    return {};
}

} // namespace arcscope
