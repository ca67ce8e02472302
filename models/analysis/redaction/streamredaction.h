// Redacting a recorded stream: values that came in several chunks, or that could be read only after something between
// was withdrawn.
#pragma once

#include "redactor.h"
#include "stream.h"

namespace arcscope
{

/// Shows the redactor every text that could be read.
void collectStream(const PackedStream& stream, Redactor& redactor);

/// The same events with the same times, offsets and lengths, without what the redactor knows.
PackedStream redactedStream(const PackedStream& stream, Redactor& redactor);

} // namespace arcscope
