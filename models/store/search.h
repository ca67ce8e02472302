// Full text search: a parallel scan over the packed records, always there, without an index.
#pragma once

#include "control.h"
#include "ids.h"
#include "result.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// How a text may be spelled inside JSON records: as it is, escaped once (in a string), and escaped twice (in JSON
/// inside a string), each once; non-ASCII letters also as \uXXXX. Lower case (ASCII).
std::vector<std::string> searchSpellings(std::string_view text);

/// The rows (ascending) whose record contains the text, ASCII case ignored. About 2 GB/s of records with two threads.
/// Error: Cancelled, Store.
Result<std::vector<Row>> searchRecords(const std::string& workspace, std::string_view text, const Control& control);

} // namespace arcscope
