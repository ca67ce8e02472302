// Paints ribbons of task arcs: stretches, steps, what bends back, pauses and ends. Nothing here looks at a trace.
#pragma once

#include "arcribbon.h"
#include "timelinepainter.h"

#include <QString>

#include <functional>
#include <optional>
#include <span>

namespace arcscope
{

struct RibbonMarks {
    std::uint32_t selected = RibbonPiece::none; ///< step of the first ribbon
    std::uint32_t hovered = RibbonPiece::none;
    bool labels = false; ///< names of steps and lengths of pauses, where there is room
    /// Of a stretch of a ribbon; may be empty.
    std::function<QString(std::uint32_t lane, std::uint32_t stretch)> stretchName;
    std::function<QString(ArcStep step)> stepName; ///< may be empty
};

/// Everything from (0, 0); `ground` is what lies below.
void paintRibbons(QPainter& painter, const RibbonScene& scene, std::span<const ArcRibbon> ribbons,
                  const RibbonMarks& marks, const QColor& ground, const TimelineStyle& style);

/// The sign of a step in a square.
void paintStep(QPainter& painter, const QRect& rect, ArcStep step, ArcSource source, const QColor& ground,
               const Theme& theme);
ColourRole roleOf(ArcStep step);

} // namespace arcscope
