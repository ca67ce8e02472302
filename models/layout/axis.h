// Where a time lies on a screen, and how zooming and moving changes what is seen: free functions without state.
#pragma once

#include "times.h"

#include <cstdint>

namespace arcscope
{

/// One step of an axis that has order but no time (TimelineData::ordinal): a span that contains nothing is this long.
inline constexpr Nanos orderStep = 1'000;

/// end - start without overflow; 0 where the range is not recorded or ends before it starts.
std::uint64_t lengthOf(const TimeRange& range);

/// a + b, kept inside what a recorded time can be.
Nanos saturatingAdd(Nanos a, Nanos b);

/// Pixel of a time, 0 at range.start and `width` at range.end; outside of these for times outside of the range. A range
/// without length is taken as one nanosecond long.
double xOf(Nanos time, const TimeRange& range, int width);

/// Time at a pixel: the inverse of xOf, rounded to the nearest nanosecond. A width below 1 gives range.start.
Nanos timeAt(double x, const TimeRange& range, int width);

/// The shortest range worth seeing: a nanosecond is never wider than 16 pixels.
Nanos shortestRange(int width);

/// `range` no shorter than shortestRange(width), no longer than `bounds` with a margin of a twentieth on either side,
/// and shifted so that it does not leave that margin. Bounds that are not recorded do not limit.
TimeRange limited(const TimeRange& range, const TimeRange& bounds, int width);

/// `range` scaled by `factor` (below 1: closer) so that the time `fixed` keeps its pixel, then limited().
TimeRange zoomed(const TimeRange& range, Nanos fixed, double factor, const TimeRange& bounds, int width);

/// `range` moved by `pixels` (positive: later), then limited().
TimeRange panned(const TimeRange& range, double pixels, const TimeRange& bounds, int width);

/// `range` with the same length around `time`, then limited().
TimeRange centred(const TimeRange& range, Nanos time, const TimeRange& bounds, int width);

/// The range that shows `shown` with a tenth of it as margin on either side, limited(). A moment is shown in a
/// thousandth of `bounds`.
TimeRange fitting(const TimeRange& shown, const TimeRange& bounds, int width);

} // namespace arcscope
