// Time for lenses: spans by hour, day or week, and what changed when.
#pragma once

#include "lens.h"
#include "lensgroups.h"

namespace arcscope
{

struct TimeBin {
    Nanos start = noTime;
    std::string name; ///< "2026-03-11 14:00", "2026-03-11", "week of 2026-03-09"; UTC
    std::vector<Row> rows;
};

struct TimeBins {
    std::vector<TimeBin> bins; ///< in order; those without a row lie between others, too
    Nanos unit = 0;            ///< of each: minute, five minutes, …, hour, day, week
    std::uint64_t untimed = 0; ///< rows without a recorded start, in no bin
};

inline constexpr std::size_t mostBins = 60;

/// The shortest of the units from `least` on that needs at most mostBins; weeks (from Monday) in any case, of very
/// long times those with rows only. UTC.
TimeBins timeBins(const Corpus& corpus, const std::vector<Row>& rows, Nanos least);

inline constexpr Nanos oneMinute = 60 * second;
inline constexpr Nanos oneHour = 3'600 * second;
inline constexpr Nanos oneDay = 24 * oneHour;

/// The hour (0 to 23) and the day of the week (0: Monday), UTC.
int hourOf(Nanos time);
int weekdayOf(Nanos time);
std::string_view weekdayName(int weekday); ///< "Mon"

/// What changed within the time of these spans, as marks of an axis; the first `most`.
std::vector<LensMarker> markersAmong(const LensInput& input, const std::vector<Row>& spans, std::size_t most = 20);

} // namespace arcscope
