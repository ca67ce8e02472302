// Small pictures as inline SVG of a page.
#pragma once

#include "printedpage.h"

#include <string>

namespace arcscope
{

/// With the classes of chartStyle; all words escaped. Empty for an empty one.
std::string svgOf(const FlatChart& chart);

} // namespace arcscope
