// One line of a timeline in pixels: boxes where spans are wide enough, cells and counted runs where they are not.
#pragma once

#include "timelinelayout.h"

namespace arcscope
{

/// Narrower spans are folded.
inline constexpr double minBoxWidth = 3;

/// Adds the boxes of a line and fills its `cells` (one for each pixel of the viewport). The boxes get x and width; y,
/// height and line are left to the caller. Returns how many spans and buckets were looked at.
std::uint64_t layOutLine(const TimelineData& data, std::uint32_t line, const TimeRange& range, std::span<Cell> cells,
                         std::vector<Box>& boxes);

/// Only the masses of the lines [first, end), wide spans too, summed as density() says. Returns the cost as above.
std::uint64_t sampleLines(const TimelineData& data, std::uint32_t first, std::uint32_t end, const TimeRange& range,
                          std::span<Cell> cells);

/// Indices [first, second) of the spans of a line that touch [range.start, range.end); of lines that overlap also those
/// in between that do not.
std::pair<std::uint32_t, std::uint32_t> touching(const TimelineData& data, std::uint32_t line, const TimeRange& range);

/// Whether one of the spans [first, end) has failed.
bool anyError(const TimelineData& data, const TimelineLine& line, std::uint32_t first, std::uint32_t end);

} // namespace arcscope
