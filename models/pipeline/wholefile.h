// Writing a file so that it is whole or not there at all.
#pragma once

#include "result.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Beside its place first, under a name of its own, and then in place of what was there, whose rights it keeps; a link
/// stays a link. What is no plain file (a pipe, a device) is written to as it is. Error: Unreadable, with the reason.
Result<void> writeWhole(const std::string& path, std::string_view bytes);

/// An Error where a file that is to be written is one of those that are read: folders are looked into. Error: Usage.
Result<void> writesNoneOf(const std::vector<std::string>& read, const std::string& written);

} // namespace arcscope
