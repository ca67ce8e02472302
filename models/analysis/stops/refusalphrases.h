// Refusals in languages that the model of refusal.h does not read, by phrases that leave no doubt.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace arcscope
{

struct RefusalPhrase {
    std::string_view language; ///< "German"
    std::int64_t from = 0;     ///< bytes of the sentence that has it
    std::int64_t to = 0;
};

/// Looks at the first sentence, and at the second one behind an apology. German, French, Spanish, Portuguese, Italian,
/// Dutch, Russian, Chinese, Japanese and Korean. Nothing where no phrase stands there, or the sentence goes on with
/// what can be done instead: that says nothing of whether the text declines. O(n) of the first 2,000 bytes.
std::optional<RefusalPhrase> refusalPhrase(std::string_view text);

} // namespace arcscope
