// Attributes in ordinary JSON objects, flat or nested.
#pragma once

#include "content.h"
#include "jsonvalue.h"

#include <string>
#include <vector>

namespace arcscope
{

/// Appends the members of an object. Nested objects, and lists of objects, get dotted keys
/// ("llm.input_messages.0.message"); a value that a dialect reads as a whole, and lists of scalars, stay JSON.
void appendFlatAttributes(const std::string& prefix, const JsonValue& object, std::vector<Attribute>& into);

} // namespace arcscope
