// Completions of the command line for shells.
#pragma once

#include "command.h"

#include <span>
#include <string>

namespace arcscope
{

/// What is to be described: the sub-commands, and the options of a window.
struct CommandTable {
    std::span<const Command> commands;
    std::span<const OptionSpec> window;
};

/// A script that bash sources. Needs no other completion code.
std::string bashCompletion(const CommandTable& table);
/// The file _arcscope of a folder of zsh's fpath.
std::string zshCompletion(const CommandTable& table);
/// The file arcscope.fish of a folder of fish's completions.
std::string fishCompletion(const CommandTable& table);

} // namespace arcscope
