#include "wordedges.h"

#include "scantext.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace arcscope
{
namespace
{

struct Block {
    std::uint32_t from;
    std::uint32_t to; ///< inclusive
};

/// Signs, spaces and symbols above ASCII (Unicode blocks and the signs of letters' blocks).
constexpr auto signs = std::to_array<Block>(
    {{0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},       {0xBB, 0xBF},       {0xD7, 0xD7},     {0xF7, 0xF7},
     {0x05BE, 0x05BE}, {0x05F3, 0x05F4}, {0x060C, 0x060C},   {0x061B, 0x061F},   {0x066A, 0x066D}, {0x06D4, 0x06D4},
     {0x0964, 0x0965}, {0x2000, 0x2BFF}, {0x2E00, 0x2E7F},   {0x3000, 0x3004},   {0x3008, 0x3020}, {0x3030, 0x3030},
     {0x30FB, 0x30FB}, {0xD800, 0xF8FF}, {0xFE00, 0xFE6F},   {0xFEFF, 0xFF0F},   {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40},
     {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}});
constexpr auto spaceless = std::to_array<Block>({{0x0E00, 0x0EFF},
                                                 {0x1000, 0x109F},
                                                 {0x1780, 0x17FF},
                                                 {0x3005, 0x3007},
                                                 {0x3031, 0x318F},
                                                 {0x31A0, 0x31FF},
                                                 {0x3400, 0x4DBF},
                                                 {0x4E00, 0x9FFF},
                                                 {0xA960, 0xA97F},
                                                 {0xAC00, 0xD7FF},
                                                 {0xF900, 0xFAFF},
                                                 {0xFF66, 0xFFDC},
                                                 {0x20000, 0x3FFFF}});

template <std::size_t Count>
bool isIn(const std::array<Block, Count>& blocks, std::uint32_t code)
{
    return std::any_of(blocks.begin(), blocks.end(),
                       [&](const Block& block) { return code >= block.from && code <= block.to; });
}

constexpr bool goesOnAsUtf8(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The character that begins at a place; 0 outside and for what is no UTF-8.
std::uint32_t characterAt(std::string_view text, std::size_t at)
{
    const auto lead = static_cast<unsigned char>(byteAt(text, at));
    if (lead < 0x80)
        return lead;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    std::uint32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!goesOnAsUtf8(byteAt(text, at + i)))
            return 0;
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    return length == 0 ? 0 : code;
}

std::uint32_t characterBefore(std::string_view text, std::size_t at)
{
    std::size_t from = at;
    while (from > 0 && at - from < 4 && goesOnAsUtf8(text[from - 1]))
        --from;
    return from > 0 ? characterAt(text, from - 1) : 0;
}

bool isLetter(std::uint32_t code)
{
    if (code < 0x80)
        return isAsciiLetter(static_cast<char>(code)) || isAsciiDigit(static_cast<char>(code));
    return !isIn(signs, code);
}

} // namespace

bool lettersGoOn(std::string_view text, std::size_t at)
{
    return isLetter(characterBefore(text, at)) && isLetter(characterAt(text, at));
}

bool wordGoesOn(std::string_view text, std::size_t at)
{
    return lettersGoOn(text, at) && !isIn(spaceless, characterBefore(text, at)) &&
           !isIn(spaceless, characterAt(text, at));
}

} // namespace arcscope
