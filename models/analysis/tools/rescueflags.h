// Rescues that a source writes down itself: attributes and events that tell of retries, fallbacks and repairs.
#pragma once

#include "rescues.h"

namespace arcscope
{

/// Of one span; places have its row and no text.
std::vector<Rescue> flaggedRescues(const SpanContent& content, Row row, Nanos end);

} // namespace arcscope
