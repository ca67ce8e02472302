// Light, dark, or as the system has it.
#pragma once

#include "settings.h"

#include <optional>

namespace arcscope
{

/// Sets the palette of the application. `systemDark` is what the desktop prefers; nothing where it does not say: then
/// the system's palette is taken as it is.
void applyAppearance(Appearance appearance, std::optional<bool> systemDark);

} // namespace arcscope
