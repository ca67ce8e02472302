// What a start without a sub-command asks for: a window, and what it shows.
#pragma once

#include "options.h"
#include "result.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

struct WindowRequest {
    std::vector<std::string> paths; ///< as given; "file:" addresses as paths; "-" is standard input
    bool sample = false;
    bool follow = false;
    bool alignClocks = false;
    bool newInstance = false; ///< a window of its own, also where one is open
    bool noSession = false;   ///< what was open at the last end is not opened again
};

/// The options of a window, beside those of its toolkit (-platform, -style, …).
std::span<const OptionSpec> windowOptions();

/// Reads the arguments of a start without a sub-command. Error: Usage for an option that does not exist, and for what
/// is neither a command nor a path; NotFound where nothing that is named is there.
Result<WindowRequest> readWindowRequest(std::span<const std::string> arguments);

} // namespace arcscope
