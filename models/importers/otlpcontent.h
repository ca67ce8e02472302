// What a span or log record of OTLP JSON says.
#pragma once

#include "content.h"

#include <string_view>

namespace arcscope
{

class JsonValue;

/// `record` is a span or a log record as it stands in the file, `resource` an object with "resource" and "scope".
SpanContent otlpContent(std::string_view record, std::string_view resource);

/// Appends the attributes of [{key, value}] or of a flat map, whose nested objects get dotted keys.
void appendOtlpAttributes(const JsonValue& attributes, std::vector<Attribute>& into);

} // namespace arcscope
