// What is different about what a box was drawn around on the chart of a lens, worked out beside the GUI thread.
#pragma once

#include "foundarcs.h"
#include "lensrunner.h"

namespace arcscope
{

struct LensDifferenceAsk {
    LensAnswerPtr of;        ///< with a result
    std::vector<Row> among;  ///< spans of the whole chart, ascending
    std::vector<Row> chosen; ///< some of them, ascending
    ArcsPtr arcs;            ///< of the same state; null: spans are compared where arcs should be
};

/// As LensAnswer::result. A lens about whole pieces of work compares the task arcs of these spans, every other the
/// spans themselves; what the chart is drawn by is left out. A problem where nothing is on one of the sides.
LensAnswerPtr lensDifference(const OpenCorpus& open, const LensDifferenceAsk& ask, const Control& control);

} // namespace arcscope
