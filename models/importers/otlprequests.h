// The reading of OTLP requests in JSON: spans with their resource and scope, log records joined, the rest counted.
#pragma once

#include "format.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace arcscope
{

/// Where in its file lies what begins at this byte of the JSON; asked in the order of the bytes.
using OtlpPlaces = std::function<std::uint64_t(std::uint64_t byte)>;

/// Reads requests to the end of the input. `format`: as stored with the spans. `places`: for JSON that was made of
/// something else; without it the input's own bytes count.
Result<void> readOtlpRequests(ReadJob& job, std::string_view format, const OtlpPlaces& places = {});

} // namespace arcscope
