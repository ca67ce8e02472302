// Light, dark, of high contrast, or as the system has it.
#pragma once

#include "settings.h"

#include <optional>

namespace arcscope
{

/// Sets palette and style of the application. `systemDark` is what the desktop prefers; nothing where it does not say:
/// then the system's palette is taken as it is. `systemContrast`: it asks for more contrast.
void applyAppearance(Appearance appearance, std::optional<bool> systemDark, bool systemContrast = false);

} // namespace arcscope
