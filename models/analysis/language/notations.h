// One value in several notations: colours, hexadecimal numbers, shares and percentages, sizes in powers of 1,000 or
// 1,024. What agree() (typedvalues.h) and the evidence for values (valueevidence.h) know of them is here.
#pragma once

#include "sentencewords.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace arcscope::notations
{

/// A colour as "#rrggbb"; `size` are the words, or bytes, that it takes.
struct Colour {
    std::string text;
    std::size_t size = 0;
};

/// "#rrggbb", "#rgb" (with a letter: else it may be the number of something), "rgb(108, 108, 108)", "RGB 108,108,108",
/// where the text begins with it, in any case. An alpha value behind it is left out.
std::optional<Colour> colourAt(std::string_view text);
/// The same in words of a sentence from `at` on.
std::optional<Colour> colourAt(std::span<const SentenceWord> words, std::size_t at);

/// "0x1f", of at most 13 digits: 31. The whole text.
std::optional<double> hexadecimal(std::string_view text);

/// 25 % and 0.25.
bool isShareOf(double percent, double share, double tolerance);
/// Counts of bytes that may be one in powers of 1,000 and of 1,024: "1.5 GB" for 1,536 MB.
bool areBytes(double a, double b, double tolerance);

/// Two scalars as a document writes them: the same text but for case, or one value each that agrees: "1,200" and
/// "1200", "2024-05-06" and "May 6, 2024", "25%" and "0.25".
bool sameScalar(std::string_view a, std::string_view b);

} // namespace arcscope::notations
