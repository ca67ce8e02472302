// Built with AVX2, PCLMUL, BMI and POPCNT allowed; called only where the processor has them.
#include "blockscan.h"

#if defined(__AVX2__) && defined(__PCLMUL__)
#include <immintrin.h>

namespace arcscope
{
namespace
{

struct Avx2Block {
    static std::uint64_t equal(__m256i low, __m256i high, char byte)
    {
        const __m256i wanted = _mm256_set1_epi8(byte);
        const auto first = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)));
        const auto second = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)));
        return first | std::uint64_t(second) << 32U;
    }

    static BlockMasks masks(const char* data)
    {
        const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data));
        const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + 32));
        // [ and { differ in one bit, as do ] and }.
        const __m256i bit = _mm256_set1_epi8(0x20);
        const __m256i lowBraces = _mm256_or_si256(low, bit);
        const __m256i highBraces = _mm256_or_si256(high, bit);
        return {equal(low, high, '"'), equal(low, high, '\\'), equal(low, high, '\n'),
                equal(lowBraces, highBraces, '{'), equal(lowBraces, highBraces, '}')};
    }

    static std::uint64_t prefixXor(std::uint64_t bits)
    {
        const __m128i value = _mm_set_epi64x(0, static_cast<long long>(bits));
        return static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_clmulepi64_si128(value, _mm_set1_epi8(-1), 0)));
    }
};

} // namespace

ScanKernel avx2ScanKernel()
{
    const bool supported = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
                           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    return supported ? &scanBlocks<Avx2Block> : nullptr;
}

} // namespace arcscope
#else
namespace arcscope
{

ScanKernel avx2ScanKernel()
{
    return nullptr;
}

} // namespace arcscope
#endif
