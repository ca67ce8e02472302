// What makes arguments and results comparable: one number for all ways in which one JSON value can be written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace arcscope
{

/// Longer texts are compared byte by byte.
inline constexpr std::size_t longestCanonical = std::size_t(1) << 20;

/// Equal for JSON values that are equal by RFC 8785 (members in any order, numbers by value, escapes, white space), but
/// integers beyond 2^53 are not rounded: they are mostly ids. A document written into a JSON string is that document.
/// Of what is no JSON equal for equal bytes, white space at both ends apart. 0 only where there is nothing else.
/// O(bytes · log(members of an object)), no deeper than the document is allowed to be.
std::uint64_t canonicalKey(std::string_view text);

} // namespace arcscope
