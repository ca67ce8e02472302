// What the timeline says about a span or a place: tooltip, status line and screen reader share it.
#pragma once

#include "timelinelayout.h"

#include <QString>

namespace arcscope
{

/// Name, kind, status and duration in one line.
QString spanSummary(const TimelineData& data, Row row);

/// Exact times and where they come from, line by line.
QString spanDetails(const TimelineData& data, Row row, TickMode mode, Nanos origin);

/// "1 204 spans folded here, 3 failed: zoom in to see them", line by line.
QString foldDetails(const TimelineData& data, const Hit& hit, TickMode mode, Nanos origin);

/// Plain text as a tooltip, which would read trace text as HTML otherwise.
QString tooltipText(const QString& plain);

} // namespace arcscope
