// Days and hours of points in time, in UTC.
#pragma once

#include "times.h"

namespace arcscope
{

inline constexpr Nanos hourLength = 3'600 * second;
inline constexpr Nanos dayLength = 24 * hourLength;

/// Days since 1970-01-01; the time has to be recorded.
constexpr std::int64_t dayOf(Nanos time)
{
    return time / dayLength - (time % dayLength < 0 ? 1 : 0);
}
/// 0 to 23
constexpr std::int64_t hourOfDay(Nanos time)
{
    return (time - dayOf(time) * dayLength) / hourLength;
}
/// 0 Monday to 6 Sunday
constexpr std::int64_t weekdayOf(std::int64_t day)
{
    return ((day + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
}
/// The Monday that the day's week begins with.
constexpr std::int64_t weekOf(std::int64_t day)
{
    return day - weekdayOf(day);
}

} // namespace arcscope
