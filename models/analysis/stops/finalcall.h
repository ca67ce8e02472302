// Calls of tools that are the answer: their arguments are what the run around them gives back, and no tool runs.
#pragma once

#include "content.h"

#include <string_view>

namespace arcscope
{

/// Every text in the arguments (JSON) stands in what a span gave back, as it is or within JSON. False where they hold
/// too little text to tell: less than 20 bytes.
bool isGivenBack(std::string_view arguments, const SpanContent& by);

} // namespace arcscope
