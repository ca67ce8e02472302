// Paints a StreamScene: phases, lanes of text and drafts, exposure, stalls, marks and the strip of gaps.
#pragma once

#include "labelcache.h"
#include "streamlayout.h"
#include "theme.h"
#include "timelinepainter.h"

#include <QPainter>

namespace arcscope
{

/// Heights and room for labels, by the font.
void setSizes(StreamViewport& view, const TimelineStyle& style);

/// Everything but axis, names of lanes and playhead; the scene's origin at 0, 0.
void paintStream(QPainter& painter, const StreamScene& scene, const StreamTimeline& timeline,
                 const TimelineStyle& style);

/// Ticks and their labels; y from 0 to `height`.
void paintStreamAxis(QPainter& painter, const StreamScene& scene, int height, const TimelineStyle& style);

/// Names of the rows, in the rows of the scene; x from 0 to `width`.
void paintStreamHeaders(QPainter& painter, const StreamScene& scene, const StreamTimeline& timeline, int width,
                        const TimelineStyle& style);

} // namespace arcscope
