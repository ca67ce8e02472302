// Reading the values of filter terms, and what to suggest where they cannot be read.
#pragma once

#include "filter.h"

namespace arcscope
{

/// Fills in node.number from node.text by the type of node.field. Nothing, or why the value or the operator is wrong.
std::optional<std::string> readValue(FilterNode& node);

/// ": did you mean “model”?" for a field name that is nearly one, else the list of what there is.
std::string nearestField(std::string_view written);

} // namespace arcscope
