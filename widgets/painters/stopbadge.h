// Paints what a call stopped for: the badge "vendor's word | derived bucket", and the colour of each bucket.
#pragma once

#include "stopwords.h"
#include "theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QRect>

namespace arcscope
{

/// Fill of bars and segments.
QColor bucketColour(const Theme& theme, StopBucket bucket);
/// Text on that fill.
QColor bucketOnFill(const Theme& theme, StopBucket bucket);

/// Width at which nothing of it is cut.
int stopBadgeWidth(const StopPair& pair, const QFontMetrics& metrics);
int stopBadgeHeight(const QFontMetrics& metrics);
/// At the left of the rectangle, in the middle of its height, cut to its width: the vendor's word gives way first.
void paintStopBadge(QPainter& painter, const QRect& rect, const StopPair& pair, const QFont& font, const Theme& theme);

/// A segment of a bar: what is unknown is hatched.
void paintBucketFill(QPainter& painter, const QRect& rect, StopBucket bucket, const Theme& theme);

} // namespace arcscope
