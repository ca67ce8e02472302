// Where each value of a chart lies: what keys, mouse and screen readers go by.
#pragma once

#include "chartmaking.h"

#include <QRectF>

#include <vector>

namespace arcscope
{

/// A point of a series, or a node of a tree (whose series is -1).
struct ChartPiece {
    int series = -1;
    int point = -1;
    QRectF rect; ///< in pixels of the chart; empty: it has no value to show
};

/// In the order of series and points.
std::vector<ChartPiece> chartPieces(const LensChart& chart, const MadeChart& made);

/// Position of values of the axes in pixels of the chart.
QPointF chartPosition(const LensChart& chart, const MadeChart& made, double x, double y);

/// What is said of a value: "gpt-4o, 2026-11-02: 12 % (8 to 17 %), n 120".
QString pieceText(const LensChart& chart, const ChartPiece& piece);
/// Its spans; empty where the lens gives none.
const std::vector<Row>& pieceSpans(const LensChart& chart, const ChartPiece& piece);

} // namespace arcscope
