// The painted parts of the arcs view for screen readers: bars of outcomes, steps of the enlarged arc.
#pragma once

namespace arcscope
{

/// Makes the screen reader find them for every ArcBars and ArcCanvas.
void installArcAccessibles();

} // namespace arcscope
