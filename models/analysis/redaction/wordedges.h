// Where words end in texts of any script.
#pragma once

#include <cstddef>
#include <string_view>

namespace arcscope
{

/// Whether a word goes on over this place: letters or digits on both sides. Scripts that write words without spaces
/// between (Han, kana, Hangul with its particles, Thai, Lao, Khmer, Burmese) say nothing about that: no word goes on
/// there. Quotes, dashes and signs of any script end a word.
bool wordGoesOn(std::string_view text, std::size_t at);

/// The same, but letters of any script go on.
bool lettersGoOn(std::string_view text, std::size_t at);

} // namespace arcscope
