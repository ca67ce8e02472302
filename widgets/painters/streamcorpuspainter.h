// Paints groups of streams as rows: their values as a histogram on one axis, with marks for quantiles.
#pragma once

#include "linemarks.h"
#include "streamcorpus.h"
#include "timelinepainter.h"

#include <QPainter>
#include <QRect>

#include <vector>

namespace arcscope
{

/// Where everything of an overview lies, in logical pixels. Rows are of one height; buckets of one width.
struct StreamCorpusLayout {
    int width = 0;
    int header = 0; ///< width of the names
    int axis = 0;   ///< height of the axis above the rows
    int row = 0;    ///< height
    int zero = 0;   ///< width of the bucket of 0 with the gap behind it; 0: there is none
    double bucket = 1;
    int first = 0; ///< number of the leftmost bucket
    int buckets = 0;

    int left(int number) const; ///< of a bucket, by its number
    QRect bucketRect(int number, int top) const;
    /// The place of a value on the axis.
    double x(double value, BucketScale scale) const;
};

StreamCorpusLayout layOut(const StreamOverview& overview, int width, const QFontMetrics& metrics);

/// Rows that lie in [0, height) when scrolled by `scroll`; the axis is not among them.
void paintStreamRows(QPainter& painter, const StreamOverview& overview, const StreamCorpusLayout& layout, int scroll,
                     int height, const LineMarks& marks, const TimelineStyle& style);
/// The axis with its labels, and what the marks mean; y from 0 to layout.axis.
void paintStreamCorpusAxis(QPainter& painter, const StreamOverview& overview, const StreamCorpusLayout& layout,
                           const TimelineStyle& style);

/// The colour of a metric.
ColourRole roleOf(StreamMetric metric);

} // namespace arcscope
