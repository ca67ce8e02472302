// What kind of OTLP a protobuf request carries, told from its first bytes alone.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace arcscope
{

enum class OtlpSignal : std::uint8_t {
    None,  ///< not a request: a field, type or length that none has
    Empty, ///< a request as far as it goes, with nothing in it
    Cut,   ///< a request as far as it is seen; more bytes may tell what it carries
    Traces,
    Logs,
    Metrics,
};

inline constexpr std::uint64_t unknownSize = std::numeric_limits<std::uint64_t>::max();

/// Follows the lists down to the first span, log record or metric. `size`: of the whole request, of which `bytes` is
/// the beginning. Strict, so that other bytes are hardly ever taken for a request. Total.
OtlpSignal otlpSignal(std::string_view bytes, std::uint64_t size);

} // namespace arcscope
