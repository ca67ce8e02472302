// What models say that they have done, and which tools can do it.
#pragma once

#include "traceclaims.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace arcscope
{

/// What an act does; several in one set.
enum class ActClass : std::uint8_t { Cancel, Refund, Book, Send, Change, Add, Remove, Make, Transfer, Pay, Count };
using ActClasses = std::uint32_t;

std::string_view name(ActClass act); ///< "cancel", "refund", …

/// What a tool of that name may do: by the words in it, also in other forms. Nullopt: it only reads ("get_user",
/// "searchFlights"). All classes where the name says nothing ("bash", "run_code").
std::optional<ActClasses> actsOfTool(std::string_view tool);

/// "I have cancelled your order", "The ticket has been sent".
struct ActionClaim {
    ActClass act = ActClass::Cancel;
    bool own = false;        ///< "I have …": else it does not say who
    std::uint16_t verb = 0;  ///< its token
    std::uint16_t first = 0; ///< the token where it begins
};

/// The first one in a sentence that states it: no question, condition, denial or plan.
std::optional<ActionClaim> actionClaim(const ClaimSentence& claim);

/// "All 41 tests pass", "the build succeeded": what is said to have gone well, as the token of its noun.
std::optional<std::uint16_t> outcomeClaim(const ClaimSentence& claim);
/// Whether a tool's name has the word, also in another form: "run_tests" has "test".
bool isNamedFor(std::string_view tool, const WordFacts& word);

} // namespace arcscope
