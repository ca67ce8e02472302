// Paints steps of runs, their connectors, and the heads of their columns.
#pragma once

#include "foundreplay.h"
#include "linemarks.h"
#include "replaylayout.h"
#include "timelinepainter.h"

namespace arcscope
{

struct PaintedReplay {
    const ReplayReading& reading;
    const std::vector<ReplayLine>& lines;
    const ReplayScene& scene;
    LineMarks marks;
    int line = 20; ///< height
};

void paintReplay(QPainter& painter, const PaintedReplay& replay, const TimelineStyle& style);
void paintReplayHead(QPainter& painter, const QRect& rect, const ReplayReading& reading, std::size_t column,
                     const TimelineStyle& style);

/// "5 steps alike, 2 of them reworded: Enter shows them".
QString foldText(const ReplayLine& line);

/// Text with its marks for one column of a line: what differs from the base, of the base from the first candidate that
/// differs. `from`, `most`: bytes that are shown.
struct ShownQuote shownStep(const ReplayReading& reading, const ReplayLine& line, std::size_t column,
                            std::size_t from = 0, std::size_t most = ~std::size_t(0));

} // namespace arcscope
