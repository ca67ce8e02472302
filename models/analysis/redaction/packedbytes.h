// Packed data: how it begins, and what a part of it says unpacked. What unpacks it is given, this layer knows no
// library.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// Bytes of packed data (gzip, zlib, zstd, a member of a zip archive) unpacked; nothing for anything else.
using UnpackBytes = std::function<std::optional<std::string>(std::string_view bytes)>;

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

/// Whether eachHeld() may say something, by the first four bytes.
bool beginsHolding(std::string_view bytes);

/// Calls `visit` with what bytes hold that begin packed or as a picture: all of what was packed, each member of a zip
/// archive; each text that a PNG (its third edition), JPEG (Exif 2.32, XMP, comments) or WebP says of itself, as
/// UTF-8. Pixels are left alone. Nothing for other bytes.
void eachHeld(std::string_view bytes, const UnpackBytes& unpack,
              const std::function<void(std::string_view held)>& visit);

/// Whether digits in a text that has other notations, too, may begin so: a filter.
bool mayHidePacked(std::string_view text);

/// The same of each run of digits of base64 and hexadecimal in a text. `from`, `to`: bytes of the run, from where it
/// begins so.
void eachHeldInDigits(std::string_view text, const UnpackBytes& unpack,
                      const std::function<void(std::string_view held, std::size_t from, std::size_t to)>& visit);

} // namespace arcscope
