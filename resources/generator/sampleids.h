// Ids and small random choices that depend on nothing but a label, so that a change in one story leaves all others
// alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope::samples
{

std::uint64_t mixed(std::string_view label);

/// 32 and 16 lower-case hex digits.
std::string traceIdOf(std::string_view label);
std::string spanIdOf(std::string_view label);

/// 8-4-4-4-12 hex digits, version 4.
std::string uuidOf(std::string_view label);

/// `prefix` and 22 letters and digits, as vendors write their request ids.
std::string vendorIdOf(std::string_view prefix, std::string_view label);

/// A number from `least` to `most`, both included.
std::int64_t between(std::string_view label, std::int64_t least, std::int64_t most);

} // namespace arcscope::samples
