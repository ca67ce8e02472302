// A record that was read from OTLP, as it leaves again.
#pragma once

#include "otlpspanjson.h"
#include "stream.h"

#include <string>
#include <string_view>

namespace arcscope
{

/// `record`: a span, log records that tell of it behind it, or a log record alone; `resource`: the text of
/// SpanText::Resource. Byte for byte, but for line feeds between values, which are spaces.
OtlpSpanJson recordedOtlp(std::string_view record, std::string_view resource);

/// Puts the texts of changed events into the recorded ones. Events that say the same get the same.
void changeChunks(const PackedStream& before, const PackedStream& after, std::string& record);

} // namespace arcscope
