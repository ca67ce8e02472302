// How far the clock of a service is from the clock that times are shown by.
#pragma once

#include "stringtable.h"
#include "times.h"

#include <vector>

namespace arcscope
{

struct ClockOffset {
    StringId service;
    Nanos offset = 0; ///< added to what the service recorded

    bool operator==(const ClockOffset&) const = default;
};

/// Services that are not named keep their times.
using ClockOffsets = std::vector<ClockOffset>;

inline Nanos offsetOf(const ClockOffsets& clocks, StringId service)
{
    for (const ClockOffset& clock : clocks) {
        if (clock.service == service)
            return clock.offset;
    }
    return 0;
}

} // namespace arcscope
