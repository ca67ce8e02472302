// Base64 text as the bytes that it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// White space between the digits is passed over, padding may be missing, both alphabets are read. Nothing for anything
/// else.
std::optional<std::string> base64Bytes(std::string_view text);

} // namespace arcscope
