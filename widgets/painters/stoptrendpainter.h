// Paints groups of calls as rows, each a bar in as many pieces as there are ends.
#pragma once

#include "linemarks.h"
#include "stopoverview.h"
#include "timelinepainter.h"

#include <QPainter>
#include <QRect>

#include <optional>
#include <vector>

namespace arcscope
{

/// Where everything lies, in logical pixels.
struct StopTrendLayout {
    int width = 0;
    int header = 0; ///< width of names and counts
    int count = 0;  ///< of it, width of the counts
    int legend = 0; ///< height above the rows
    int row = 0;    ///< height

    QRect barRect(int top) const;
    /// The pieces of a line that has calls, from the left; each at least a pixel wide.
    std::vector<std::pair<StopBucket, QRect>> pieces(const StopLine& line, int top) const;
};

StopTrendLayout layOut(const StopOverview& overview, int width, const QFontMetrics& metrics);

/// "not recorded" where it is not.
QString trendName(const StopLine& line);

/// Rows that lie in [0, height) when scrolled by `scroll`; the legend is not among them.
void paintStopTrend(QPainter& painter, const StopOverview& overview, const StopTrendLayout& layout, int scroll,
                    int height, const LineMarks& marks, const TimelineStyle& style);
/// Which colour and sign is which end; y from 0 to layout.legend.
void paintStopLegend(QPainter& painter, const StopOverview& overview, const StopTrendLayout& layout,
                     const TimelineStyle& style);

} // namespace arcscope
