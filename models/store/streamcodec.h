// Packed streams as bytes: several in one BLOB, each with the row of its span.
#pragma once

#include "ids.h"
#include "stream.h"

#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// Appends one stream to a group.
void appendStream(std::string& group, Row span, const PackedStream& stream);

/// Looks for the streams of a span in a group; several are joined in order. Nothing where there is none or the bytes
/// are damaged.
std::optional<PackedStream> findStream(std::string_view group, Row span);

} // namespace arcscope
