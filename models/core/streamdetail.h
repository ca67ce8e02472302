// Members of the flat JSON object that a stream event carries as its detail.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// The value of a member of a JSON object as it is written, a string without its quotes and still escaped; empty where
/// there is none, or where the text is no JSON object. Of several of one name the first. One pass, no allocation.
std::string_view detailValue(std::string_view json, std::string_view key);

/// A member that is an integer, written as a number or as a string.
std::optional<std::int64_t> detailInteger(std::string_view json, std::string_view key);

} // namespace arcscope
