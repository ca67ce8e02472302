// The mappings of a user: one file each in a folder of their own, found without being asked for.
#pragma once

#include "result.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// $XDG_DATA_HOME/arcscope/mappings, or below ~/.local/share; empty where neither is known.
std::string userMappingFolder();

/// Saves a mapping as NAME.json, the name being its own; what was there by that name is replaced. The folder is made
/// where it does not exist. Gives the path. Error: the text is no mapping, or the file cannot be written.
Result<std::string> saveMapping(const std::string& folder, std::string_view text);

/// Whether a mapping of that name is saved there.
bool isMappingSaved(const std::string& folder, std::string_view name);

} // namespace arcscope
