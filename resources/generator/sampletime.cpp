#include "sampletime.h"

#include <cstdio>

namespace arcscope::samples
{

std::string isoDay(Time time)
{
    char text[40];
    std::snprintf(text, sizeof text, "2026-03-%02d", static_cast<int>(9 + (time - weekStart) / days));
    return text;
}

std::string isoMilliseconds(Time time)
{
    const Time ofDay = (time - weekStart) % days;
    char text[80];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(ofDay / hours),
                  static_cast<int>(ofDay / minutes % 60), static_cast<int>(ofDay / seconds % 60),
                  static_cast<int>(ofDay / ms % 1000));
    return isoDay(time) + text;
}

} // namespace arcscope::samples
