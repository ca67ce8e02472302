// Values that are split over strings of one field, and the strings over several spans: half in one message, half in the
// next.
#pragma once

#include "redactor.h"

#include <string>

namespace arcscope
{

/// Strikes the parts of what the redactor knows in JSON, one value or several with white space between, that nothing is
/// left in but what is split so; also where the strings are JSON themselves. Ids, times and counts of spans stay. How
/// many values were struck. O(n).
std::size_t strikeSplit(std::string& json, Redactor& redactor);

} // namespace arcscope
