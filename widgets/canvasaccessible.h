// What is painted, for screen readers: each canvas is a list whose items are what can be seen of it.
#pragma once

namespace arcscope
{

/// Make the screen reader find them for every canvas of the kind; more than once is no harm.
void installTimelineAccessible(); ///< spans
void installStreamAccessible();   ///< events of a stream
void installCallAccessible();     ///< rows of tool calls
void installArcAccessibles();     ///< bars of outcomes, steps of the enlarged arc
void installChartAccessible();    ///< values of a chart

} // namespace arcscope
