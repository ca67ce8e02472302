// What the shapes and colours of a scene mean, in the room that the lanes leave free.
#pragma once

#include "timelinepainter.h"

namespace arcscope
{

/// Rows of swatches at the bottom of the viewport, for the kinds and marks that the scene has. Nothing is drawn where
/// the lanes need the room. Gives the pixel row where the legend begins: the viewport's height where there is none.
int paintLegend(QPainter& painter, const Scene& scene, const TimelineStyle& style);

/// The room below the lanes with which it is drawn; 0 where it never is.
int legendHeight(const Scene& scene, const TimelineStyle& style);

} // namespace arcscope
