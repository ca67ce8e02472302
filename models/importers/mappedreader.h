// Reading a file by a mapping: JSON, JSON Lines or CSV, in memory that follows the record and not the file.
#pragma once

#include "format.h"
#include "mapping.h"

namespace arcscope
{

/// The name under which spans of mappings are stored, and by which their records are decoded.
inline constexpr std::string_view mappedFormatName = "mapped";

/// As ImportFormat::read.
Result<void> readMapped(ReadJob& job, const Mapping& mapping);

/// As ImportFormat::decode: what the rule says that the resource holds.
SpanContent decodeMapped(std::string_view record, std::string_view resource);

/// How many records are read at most, where only a look at the first is wanted; 0: all.
struct MappedLimit {
    std::uint64_t records = 0;
};
Result<void> readMapped(ReadJob& job, const Mapping& mapping, MappedLimit limit);

} // namespace arcscope
