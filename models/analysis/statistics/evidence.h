// How far a comparison may be believed, in four words.
#pragma once

#include <cstdint>
#include <string_view>

namespace arcscope
{

/// What a comparison lets one say.
enum class Evidence : std::uint8_t {
    TooFew,     ///< there is too little to compare
    None,       ///< no evidence of a difference: which is not evidence of none
    Weak,       ///< it differs by itself, but so many were looked at that one may do so by chance
    Difference, ///< also when all that were looked at are taken into account
};
/// "too few", "no evidence of a difference", "may differ", "differs"
std::string_view name(Evidence evidence);

} // namespace arcscope
