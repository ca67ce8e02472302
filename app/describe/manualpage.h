// The manual page of the command line.
#pragma once

#include "completions.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// `page` is troff with the man macros; @VERSION@, @SYNOPSIS@, @WINDOW@ (options) and @COMMANDS@ in it are filled in.
std::string manualPage(std::string page, std::string_view version, const CommandTable& table);

} // namespace arcscope
