// Times of the sample week, Monday 9 to Sunday 15 March 2026, UTC.
#pragma once

#include <cstdint>
#include <string>

namespace arcscope::samples
{

using Time = std::int64_t; ///< ns since 1970, or a length in ns

inline constexpr Time ms = 1'000'000;
inline constexpr Time seconds = 1'000 * ms;
inline constexpr Time minutes = 60 * seconds;
inline constexpr Time hours = 60 * minutes;
inline constexpr Time days = 24 * hours;

enum Day { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };

/// 2026-03-09T00:00:00Z
inline constexpr Time weekStart = 1'773'014'400 * seconds;

constexpr Time at(Day day, int hour, int minute, int second = 0)
{
    return weekStart + day * days + hour * hours + minute * minutes + second * seconds;
}

/// "2026-03-09T08:15:00.250Z"; times of the sample week only.
std::string isoMilliseconds(Time time);

/// "2026-03-09"
std::string isoDay(Time time);

} // namespace arcscope::samples
