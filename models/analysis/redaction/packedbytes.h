// The first bytes of packed data.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace arcscope
{

/// Where gzip, zstd, zlib (with the usual levels) and members of zip begin.
inline constexpr auto packedMagics = std::to_array<std::string_view>({{"\x1f\x8b\x08", 3},
                                                                      {"\x28\xb5\x2f\xfd", 4},
                                                                      {"\x78\x9c", 2},
                                                                      {"\x78\xda", 2},
                                                                      {"\x78\x01", 2},
                                                                      {"\x78\x5e", 2},
                                                                      {"PK\x03\x04", 4}});

inline bool beginsPacked(std::string_view bytes)
{
    return std::any_of(packedMagics.begin(), packedMagics.end(),
                       [&](std::string_view magic) { return bytes.starts_with(magic); });
}

} // namespace arcscope
