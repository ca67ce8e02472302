// The marks of a time axis: round steps from nanoseconds to days, and how they are written.
#pragma once

#include "times.h"

#include <string>
#include <vector>

namespace arcscope
{

/// What the numbers on the axis count.
enum class TickMode : std::uint8_t {
    SinceOrigin, ///< "+1.5 s" since a reference: the start of the data, or a span chosen by the user
    Absolute,    ///< "12:03:04.500", UTC
    Ordinal,     ///< "#12": order only, no time is recorded
};

struct Tick {
    Nanos time = 0;
    int x = 0;         ///< pixel
    std::string label; ///< empty for a minor tick
};

struct TickScale {
    std::vector<Tick> ticks; ///< by time, minor and major
    Nanos step = 0;          ///< between labels
    /// What every label has to be added to, written once beside the axis; empty where the labels are complete.
    std::string base;
};

/// The smallest step of 1, 2 or 5 times a power of ten below a second, and of round parts of minutes, hours and days
/// above, that leaves at least `pixels` between labels.
Nanos tickStep(const TimeRange& range, int width, int pixels);

/// Ticks of the visible range; empty for a width below 1. `pixels` is the room of a label of 15 characters; where
/// labels are shorter they stand closer, down to two thirds of it. `origin` matters for TickMode::SinceOrigin and
/// Ordinal; noTime: range.start.
TickScale ticks(const TimeRange& range, int width, int pixels, TickMode mode, Nanos origin);

/// A point in time as the axis would write it, in full: "+12.345678901 s", an ISO time, or "#12".
std::string pointText(Nanos time, TickMode mode, Nanos origin);

} // namespace arcscope
