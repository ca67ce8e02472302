// The loop that all scan kernels share, over blocks of 64 bytes turned into bit masks; included by one source per
// instruction set, hence without anything that could be shared between them.
#pragma once

#include "valuescan.h"

#include <cstring>

namespace arcscope
{
namespace
{

constexpr std::size_t blockBytes = 64;

/// One bit for each byte of a block, the first byte in the lowest bit.
struct BlockMasks {
    std::uint64_t quote = 0;
    std::uint64_t backslash = 0;
    std::uint64_t newline = 0;
    std::uint64_t open = 0;  // { and [
    std::uint64_t close = 0; // } and ]
};

/// The bytes behind a backslash that is not itself escaped. `carry` goes from block to block.
inline std::uint64_t escapedBytes(std::uint64_t backslash, std::uint64_t& carry)
{
    if (backslash == 0) {
        const std::uint64_t first = carry;
        carry = 0;
        return first;
    }
    constexpr std::uint64_t even = 0x5555555555555555U;
    const std::uint64_t first = carry;
    const std::uint64_t runs = backslash & ~first;
    const std::uint64_t starts = runs & ~(runs << 1U);
    // Adding the start of a run to it carries into the byte behind it. A run of odd length, whose end has the other
    // parity than its start, escapes that byte.
    const std::uint64_t behindEven = (runs + (starts & even)) & ~runs & ~even;
    const std::uint64_t oddStarts = runs + (starts & ~even);
    const std::uint64_t behindOdd = oddStarts & ~runs & even;
    carry = oddStarts < runs ? 1U : 0U;
    return behindEven | behindOdd | first;
}

/// Block::masks(data) makes the masks, Block::prefixXor(bits) the parity of the bits up to each bit.
template <typename Block>
ScanResult scanBlocks(ScanState& state, const char* data, std::size_t size)
{
    ScanState now = state;
    std::size_t at = 0;
    for (; at + blockBytes <= size; at += blockBytes) {
        const BlockMasks block = Block::masks(data + at);
        const std::uint64_t quotes = block.quote & ~escapedBytes(block.backslash, now.escaped);
        const std::uint64_t strings = Block::prefixXor(quotes) ^ now.inString;
        const std::uint64_t opens = block.open & ~strings;
        const std::uint64_t closes = block.close & ~strings;
        const std::uint64_t openers = block.open & (block.newline << 1U | now.afterNewline);
        const auto closeCount = static_cast<std::uint64_t>(__builtin_popcountll(closes));
        if (openers == 0 && now.depth > closeCount) {
            now.depth += static_cast<std::uint64_t>(__builtin_popcountll(opens)) - closeCount;
        } else {
            for (std::uint64_t rest = opens | closes | openers; rest != 0; rest &= rest - 1) {
                const std::uint64_t bit = rest & (~rest + 1);
                const auto index = static_cast<std::size_t>(__builtin_ctzll(bit));
                if ((openers & bit) != 0) {
                    state.depth = now.depth;
                    state.newlines =
                        now.newlines + static_cast<std::uint64_t>(__builtin_popcountll(block.newline & (bit - 1)));
                    state.inString = (strings & bit) != 0 ? ~std::uint64_t(0) : 0;
                    state.escaped = 0;
                    state.afterNewline = 0;
                    return {ScanStop::Opener, at + index};
                }
                if ((opens & bit) != 0) {
                    ++now.depth;
                } else if (--now.depth == 0) {
                    state = ScanState{};
                    state.newlines =
                        now.newlines + static_cast<std::uint64_t>(__builtin_popcountll(block.newline & (bit - 1)));
                    return {ScanStop::Closed, at + index + 1};
                }
            }
        }
        now.newlines += static_cast<std::uint64_t>(__builtin_popcountll(block.newline));
        now.inString = static_cast<std::uint64_t>(static_cast<std::int64_t>(strings) >> 63);
        now.afterNewline = block.newline >> 63U;
    }
    state = now;
    return {ScanStop::More, at};
}

} // namespace
} // namespace arcscope
