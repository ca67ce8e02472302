#include "blockscan.h"

#if defined(__SSE2__)
#include <emmintrin.h>

namespace arcscope
{
namespace
{

struct Sse2Block {
    static BlockMasks masks(const char* data)
    {
        BlockMasks all;
        const __m128i bit = _mm_set1_epi8(0x20);
        for (unsigned part = 0; part < 4; ++part) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data) + part);
            const __m128i braces = _mm_or_si128(bytes, bit);
            const auto equal = [part](__m128i in, char byte) {
                const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(in, _mm_set1_epi8(byte))));
                return std::uint64_t(found) << (16U * part);
            };
            all.quote |= equal(bytes, '"');
            all.backslash |= equal(bytes, '\\');
            all.newline |= equal(bytes, '\n');
            all.open |= equal(braces, '{');
            all.close |= equal(braces, '}');
        }
        return all;
    }

    static std::uint64_t prefixXor(std::uint64_t bits)
    {
        for (unsigned shift = 1; shift < 64; shift *= 2)
            bits ^= bits << shift;
        return bits;
    }
};

} // namespace

ScanKernel sse2ScanKernel()
{
    return &scanBlocks<Sse2Block>;
}

} // namespace arcscope
#else
namespace arcscope
{

ScanKernel sse2ScanKernel()
{
    return nullptr;
}

} // namespace arcscope
#endif
