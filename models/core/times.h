// Time: integer nanoseconds since the Unix epoch, read and written exactly.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// Nanoseconds, a point (since 1970-01-01T00:00:00Z, may be negative) or a length. Good for 1677-09-21 to 2262-04-11.
using Nanos = std::int64_t;

/// "Not recorded": no point in time and no length is this value.
inline constexpr Nanos noTime = std::numeric_limits<Nanos>::min();

inline constexpr Nanos microsecond = 1'000;
inline constexpr Nanos millisecond = 1'000'000;
inline constexpr Nanos second = 1'000'000'000;

struct TimeRange {
    Nanos start = noTime;
    Nanos end = noTime;

    bool recorded() const { return start != noTime && end != noTime; }
    Nanos length() const { return recorded() ? end - start : 0; }
    bool contains(Nanos t) const { return recorded() && t >= start && t < end; }
    bool operator==(const TimeRange&) const = default;
};

/// A point in time read from ISO 8601 / RFC 3339.
struct IsoTime {
    Nanos time = noTime;
    bool zoneGiven = true; ///< false: no zone in the text, UTC assumed; the reader reports it once per file
};

/// "2026-01-02T03:04:05.678901234Z", with 0 to 9 fraction digits (more are cut), 'T' or ' ', "Z", "+hh:mm", "+hhmm",
/// "+hh" or no zone. Nothing for text in any other form, for a date that does not exist, or out of the range of Nanos.
std::optional<IsoTime> parseIsoTime(std::string_view text);

/// "2026-01-02T03:04:05.678901234Z": always UTC, trailing zeros of the fraction in groups of three are cut; empty for
/// noTime.
std::string isoText(Nanos time);

/// A length for people: "0", "812 ns", "3.42 ms", "1.50 s", "2 min 03 s", "5 h 02 min", with a minus sign where
/// negative.
std::string durationText(Nanos length);

} // namespace arcscope
