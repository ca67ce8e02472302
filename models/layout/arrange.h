// Assigns spans to lines: as many lines as run at once, first free line first.
#pragma once

#include "placedspans.h"

namespace arcscope
{

/// Fills everything of `data` but corpus, trace, ordinal, untimed, links and the labels of lanes. `data.lanes` holds as
/// many lanes as the spans name. A band gets at most `maxLines` lines, and then one density line. False where stopped.
bool arrange(const PlacedSpans& spans, std::uint32_t maxLines, const Control& control, TimelineData& data);

} // namespace arcscope
