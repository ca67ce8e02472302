// The settings of detectors that a user keeps: one small file, which holds for every search.
#pragma once

#include "detectorsettings.h"

#include <string>

namespace arcscope
{

/// $XDG_CONFIG_HOME/arcscope/detectors.conf, or below ~/.config; empty where neither is known.
std::string settingsFile();

/// What readSettings() reads in that file; nothing is changed where it does not exist. Error: Usage or Unreadable, with
/// the path.
Result<DetectorSettings> storedSettings(const std::string& path);

} // namespace arcscope
