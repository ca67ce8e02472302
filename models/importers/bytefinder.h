// ByteFinder: where one byte comes next, for texts that are full of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace arcscope
{

/// Looks at 64 bytes at a time and remembers what it saw in them: memchr() costs more to begin with than the few dozen
/// bytes from one escape to the next.
class ByteFinder
{
public:
    ByteFinder(std::string_view text, char byte)
        : m_end(text.data() + text.size())
        , m_byte(byte)
    {
    }

    /// The first at `from` or behind it, or the end of the text. `from` lies in the text and does not go back.
    const char* next(const char* from)
    {
        while (true) {
            if (m_block && from < m_block + blockBytes) {
                const std::uint64_t rest = m_found >> (from - m_block);
                if (rest != 0)
                    return from + __builtin_ctzll(rest);
                from = m_block + blockBytes;
            }
            if (static_cast<std::size_t>(m_end - from) < blockBytes)
                return nextByByte(from);
            m_block = from;
            m_found = masked(from);
        }
    }

private:
    static constexpr std::size_t blockBytes = 64;

    const char* nextByByte(const char* from) const
    {
        const auto* const found =
            static_cast<const char*>(std::memchr(from, m_byte, static_cast<std::size_t>(m_end - from)));
        return found ? found : m_end;
    }

    /// A bit for each byte of the block, the first in the lowest.
    std::uint64_t masked(const char* block) const
    {
        std::uint64_t found = 0;
#if defined(__SSE2__)
        const __m128i wanted = _mm_set1_epi8(m_byte);
        for (unsigned part = 0; part < 4; ++part) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + part);
            found |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)))}
                     << (16 * part);
        }
#else
        for (std::size_t i = 0; i < blockBytes; ++i)
            found |= std::uint64_t{block[i] == m_byte} << i;
#endif
        return found;
    }

    const char* m_end;
    char m_byte;
    const char* m_block = nullptr; ///< the block that m_found tells of
    std::uint64_t m_found = 0;
};

} // namespace arcscope
