// Trace files of any size for benchmarks: invented, and the same bytes for the same format, number and seed.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace arcscope::bench
{

struct FormatName {
    std::string_view name;
    std::string_view description;
};

/// The span formats describe the same spans for the same number and seed.
inline constexpr std::array<FormatName, 6> formatNames = {{
    {"otlp", "one OTLP/JSON document, 512 spans in each group of resourceSpans"},
    {"otlpl", "OTLP JSON lines as the collector's file exporter writes them, 512 spans a line"},
    {"oi", "OpenInference spans, one JSON object a line"},
    {"chrome", "one Chrome trace of complete events, messages in the arguments"},
    {"chromelean", "the same without messages"},
    {"events", "token events of 200 interleaved model streams with receive times, one JSON object a line"},
}};

/// Takes a piece of the file; false stops the generator (the disk is full, the reader is gone).
using Sink = std::function<bool(std::string_view)>;

/// Hands `records` spans (or events) to `sink` in pieces of about a megabyte. False where the sink stopped it, or no
/// format has this name.
bool generate(std::string_view format, std::uint64_t records, std::uint64_t seed, const Sink& sink);

} // namespace arcscope::bench
