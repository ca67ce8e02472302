// What the picture of a stream shows, in words: names of lanes and phases, and what is under the pointer.
#pragma once

#include "streamlayout.h"

#include <QString>

namespace arcscope
{

/// What is drawn in a lane: "text", "reasoning", "tool search", with its choice where there are several.
QString laneName(const StreamTimeline& timeline, std::uint32_t lane);

/// "waiting", "reasoning", … with its length and how that is known.
QString phaseText(const StreamPhase& phase);

/// Where the playhead stands: its time, and the event that was the last one then: "+1.2 s  ·  event 3 of 8, chunk “a”".
QString placeText(const StreamTimeline& timeline, Nanos place, std::uint32_t event);

/// What lies under a point, in device pixels of the scene; `reach`: how far beside a line or a mark still counts. Empty
/// where there is nothing. Trace text in it is safe for one line.
QString textAt(const StreamTimeline& timeline, const StreamScene& scene, int x, int y, int reach);

} // namespace arcscope
