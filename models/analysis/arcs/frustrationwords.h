// Words and phrases that tell of frustration in what people type to an assistant: a list of our own.
#pragma once

#include <span>
#include <string_view>

namespace arcscope
{

struct FrustrationWord {
    std::string_view phrase; ///< lower case, one space between words; ' for all apostrophes
    double weight = 0;       ///< 1: hints at it, 4: says it outright
};

std::span<const FrustrationWord> frustrationWords();

/// "very", "so", "completely": what makes the next word count more; above 0. "a bit", "slightly": below 0; 0: neither.
double boostOf(std::string_view word);

} // namespace arcscope
