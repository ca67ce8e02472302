// The marks of a time axis with folds.
#pragma once

#include "foldedaxis.h"
#include "ticks.h"

namespace arcscope
{

/// As TickMode::SinceOrigin: between the folds, and where no label would stand right behind a fold one that says how
/// late it is there. Steps are milliseconds or longer. `pixels` as for other axes.
TickScale ticks(const FoldedAxis& axis, int width, int pixels, Nanos origin);

} // namespace arcscope
