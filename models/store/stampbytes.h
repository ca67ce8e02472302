// Stamps as columns of a workspace have them.
#pragma once

#include "contentdigest.h"

#include <array>
#include <cstddef>
#include <span>

namespace arcscope
{

using StampBytes = std::array<std::byte, sizeof(DigestValue)>;

/// Little endian.
inline StampBytes stampBytes(const DigestValue& stamp)
{
    StampBytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(stamp[i / 8] >> (8 * (i % 8)) & 0xffU);
    return bytes;
}

inline DigestValue stampOfBytes(std::span<const std::byte, sizeof(DigestValue)> bytes)
{
    DigestValue stamp{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        stamp[i / 8] |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * (i % 8));
    return stamp;
}

} // namespace arcscope
