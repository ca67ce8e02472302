// What the record of a span of an Inspect log says when it is looked at.
#pragma once

#include "content.h"

#include <string_view>

namespace arcscope
{

/// Of an event, a message, a score, a sample, or a log.
SpanContent inspectContent(std::string_view record, std::string_view resource);

} // namespace arcscope
