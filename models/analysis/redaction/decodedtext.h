// What a text may hide: the same bytes in other notations, read back, with the place that each byte came from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A text, or a stretch of one, read as one notation or several one in the other. bytes[i] came from
/// [from[i], to[i]) of the text that was looked at; both do not go down, and are empty where nobody asked for them.
struct DecodedText {
    std::string bytes;
    std::vector<std::size_t> from;
    std::vector<std::size_t> to;
    std::string way;    ///< "base64", "URL, base64"
    bool whole = false; ///< a reading of all of it: neighbours are neighbours; else one of a run of digits
};

/// Calls `visit` for every reading that differs from the text: escapes of JSON and C ("\u0041", "\x41", "\101"), URL
/// (RFC 3986; "+" as a space, too), character references of HTML, quoted-printable, invisible characters and wide forms
/// between or for others, UTF-16 of Latin-1, base64 in both alphabets at each of its offsets, hexadecimal; and of those
/// that hold text again, `depth` deep. Runs of digits shorter than `shortestRun` are left alone. O(n) for each
/// notation.
void eachDecoding(std::string_view text, int depth, std::size_t shortestRun,
                  const std::function<void(const DecodedText& reading)>& visit, bool withPlaces = true);

} // namespace arcscope
