// The name of the file that keeps notes beside a trace: no trace itself.
#pragma once

#include <string_view>

namespace arcscope
{

/// Appended to the name of the trace file or folder.
inline constexpr std::string_view notesFileSuffix = ".notes.arcscope";

} // namespace arcscope
