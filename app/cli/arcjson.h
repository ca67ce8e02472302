// The figures of task arcs as JSON, for the command arcs.
#pragma once

#include "arcanswer.h"

#include <string>

namespace arcscope
{

/// One object: "totals" and "figures", and as far as they were asked for "groups", "comparison" and "differences".
std::string answerJson(const ArcAnswer& answer, const StringTable& strings);

} // namespace arcscope
