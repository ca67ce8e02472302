// The theme of high contrast, on black and on white: for eyes that need more than the usual difference.
#pragma once

#include "theme.h"

namespace arcscope
{

/// Texts and inks at least 7:1 on canvas and stripe, fills and lines at least 4.5:1, also where colours are seen
/// differently. Roles keep their shapes, glyphs and words.
const Theme& contrastTheme(bool dark);
/// One of contrastTheme(), and not darkTheme() or lightTheme().
bool isContrast(const Theme& theme);
bool isContrast(const QPalette& palette);

} // namespace arcscope
