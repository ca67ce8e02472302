// Attributes as AnyValues of OTLP JSON.
#pragma once

#include "content.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// `{"intValue":"12"}`, `{"arrayValue":…}`, …; a value of a type that cannot be written as such is a string.
std::string otlpValue(const Attribute& attribute);

} // namespace arcscope
