// The name of the file that keeps notes beside a trace: no trace itself.
#pragma once

#include <string>
#include <string_view>

namespace arcscope
{

/// Appended to the name of the trace file or folder.
inline constexpr std::string_view notesFileSuffix = ".notes.arcscope";

/// Where the notes on a file or folder are, or will be: beside it. Where its folder cannot be written to and has no
/// notes yet, in `notesFolder()`, under the name and a digest of the absolute path. `path` is absolute, without a slash
/// at its end. Nothing is made: who writes makes the folder.
std::string notesFileOf(const std::string& path);

/// $XDG_DATA_HOME/arcscope/notes, by default below ~/.local/share; empty where there is no home.
std::string notesFolder();

} // namespace arcscope
