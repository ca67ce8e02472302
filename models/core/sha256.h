// SHA-256 (FIPS 180-4): the digest by which people and other tools tell a file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

class Sha256
{
public:
    void add(std::string_view bytes);
    /// 64 digits of all that was added; nothing may be added behind it.
    std::string hex();

private:
    void block(const unsigned char* bytes);

    std::array<std::uint32_t, 8> m_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> m_held{};
    std::size_t m_heldBytes = 0;
    std::uint64_t m_bytes = 0;
};

std::string sha256Of(std::string_view bytes);

} // namespace arcscope
