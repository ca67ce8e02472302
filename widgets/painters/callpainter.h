// Paints the bars, joins and retries of tool calls. Nothing here looks at a trace.
#pragma once

#include "calllanes.h"
#include "timelinepainter.h"

#include <QStringList>

#include <functional>

namespace arcscope
{

struct CallMarks {
    std::uint32_t selected = LaneRow::none;
    std::uint32_t hovered = LaneRow::none;
    std::function<bool(std::uint32_t row)> dimmed;   ///< what a filter does not match; may be empty
    std::function<QString(std::uint32_t row)> label; ///< written on a bar that is wide enough; may be empty
};

/// The lanes from (0, 0) to the size of the viewport.
void paintCalls(QPainter& painter, const CallScene& scene, const CallLanes& lanes, const CallRows& rows,
                const CallMarks& marks, const TimelineStyle& style);
/// Above the lanes; y from 0 to `height`.
void paintCallAxis(QPainter& painter, const CallScene& scene, int height, const TimelineStyle& style);
/// What the bars of a scene mean, in lines of its width; nothing is drawn with a null painter. Returns the height.
int paintCallLegend(QPainter* painter, const CallScene& scene, const CallLanes& lanes, const TimelineStyle& style);

} // namespace arcscope
