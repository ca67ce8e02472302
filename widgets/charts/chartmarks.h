// What is painted over a chart of Qt: intervals, marks of changes, limits, heat maps, lanes, steps, trees, selection.
#pragma once

#include "chartpieces.h"

#include <QPainter>

namespace arcscope
{

struct ChartMarks {
    int selected = -1; ///< indices of pieces
    int hovered = -1;
    bool focused = false;
    QRectF box; ///< empty: none
};

/// In pixels of the chart.
void paintChartMarks(QPainter& painter, const LensChart& chart, const MadeChart& made,
                     const std::vector<ChartPiece>& pieces, const ChartMarks& marks, const Theme& theme,
                     const QFont& font);

} // namespace arcscope
