// Paints findings over a timeline: flags at their places, zig-zag lines between two places of one.
#pragma once

#include "findinglayout.h"
#include "timelinepainter.h"

namespace arcscope
{

/// A finding is a filled flag, what a person has to check an outlined one; a flag for several has two cloths.
void paintFindings(QPainter& painter, const FindingScene& findings, const TimelineStyle& style);

} // namespace arcscope
