#include "stopbadge.h"

#include <QPainterPath>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int pad = 5;
constexpr int radius = 3;

ColourRole roleOf(StopBucket bucket)
{
    switch (bucket) {
    case StopBucket::ExternalStop:
        return ColourRole::System;
    case StopBucket::DegenerateLoop:
        return ColourRole::Speculative;
    case StopBucket::Declined:
        return ColourRole::User;
    case StopBucket::BudgetCut:
        return ColourRole::Stall;
    case StopBucket::Handoff:
        return ColourRole::Tool;
    case StopBucket::SilentTruncation:
        return ColourRole::Retracted;
    case StopBucket::FalseCompletion:
        return ColourRole::Contradiction;
    case StopBucket::Complete:
        return ColourRole::Committed;
    case StopBucket::Unknown:
        break;
    }
    return ColourRole::System;
}

QString derivedText(const StopPair& pair)
{
    return QString(bucketSign(pair.bucket)) + QLatin1Char(' ') + pair.derived;
}

/// The width of "≠" with its room.
int signWidth(const QFontMetrics& metrics)
{
    return metrics.horizontalAdvance(disagreementSign()) + pad;
}

} // namespace

QColor bucketColour(const Theme& theme, StopBucket bucket)
{
    return bucket == StopBucket::Unknown ? theme.muted : theme[roleOf(bucket)].fill;
}

QColor bucketOnFill(const Theme& theme, StopBucket bucket)
{
    if (bucket == StopBucket::Unknown)
        return theme.text;
    const QColor fill = bucketColour(theme, bucket);
    return contrast(fill, theme.canvas) > contrast(fill, theme.text) ? theme.canvas : theme.text;
}

int stopBadgeWidth(const StopPair& pair, const QFontMetrics& metrics)
{
    if (pair.isEmpty())
        return 0;
    return metrics.horizontalAdvance(pair.vendor) + metrics.horizontalAdvance(derivedText(pair)) + 4 * pad + 2 +
           (pair.disagrees ? signWidth(metrics) : 0);
}

int stopBadgeHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 2;
}

void paintStopBadge(QPainter& painter, const QRect& rect, const StopPair& pair, const QFont& font, const Theme& theme)
{
    if (pair.isEmpty() || rect.width() < 4 * pad)
        return;
    const QFontMetrics metrics(font);
    const int wanted = stopBadgeWidth(pair, metrics);
    const int width = std::min(wanted, rect.width());
    const int height = std::min(stopBadgeHeight(metrics), rect.height());
    const QRect whole(rect.left(), rect.top() + (rect.height() - height) / 2, width, height);
    const int sign = pair.disagrees ? signWidth(metrics) : 0;
    const int derived = metrics.horizontalAdvance(derivedText(pair)) + 2 * pad;
    const int left =
        std::max(width - derived - sign, std::min(width / 3, metrics.horizontalAdvance(pair.vendor) + 2 * pad));
    const QRect vendorRect(whole.left(), whole.top(), left, height);
    const QRect derivedRect(whole.left() + left + sign, whole.top(), width - left - sign, height);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.fillPath(outline, theme.canvas);
    const bool known = pair.bucket != StopBucket::Unknown;
    const QColor colour = bucketColour(theme, pair.bucket);
    QPainterPath right;
    right.addRect(derivedRect);
    painter.fillPath(outline.intersected(right), known ? mixed(theme.canvas, colour, 0.2) : theme.stripe);
    if (pair.disagrees) {
        QPainterPath middle;
        middle.addRect(QRectF(whole.left() + left, whole.top(), sign, height));
        painter.fillPath(outline.intersected(middle), theme[ColourRole::Contradiction].fill);
        painter.setPen(contrast(theme[ColourRole::Contradiction].fill, theme.canvas) > 3 ? theme.canvas : theme.text);
        painter.drawText(QRect(whole.left() + left, whole.top(), sign, height), Qt::AlignCenter, disagreementSign());
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(pair.disagrees ? theme[ColourRole::Contradiction].fill : theme.rule, 1));
    painter.drawPath(outline);
    if (!pair.disagrees)
        painter.drawLine(QPointF(derivedRect.left() + 0.5, whole.top() + 1),
                         QPointF(derivedRect.left() + 0.5, whole.bottom()));
    painter.setPen(pair.recorded ? theme.text : theme.muted);
    painter.drawText(vendorRect.adjusted(pad, 0, -pad, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(pair.vendor, Qt::ElideRight, left - 2 * pad + 1));
    painter.setPen(known ? theme.text : theme.muted);
    painter.drawText(derivedRect.adjusted(pad, 0, -pad, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(derivedText(pair), Qt::ElideRight, derivedRect.width() - 2 * pad + 1));
    painter.restore();
}

void paintBucketFill(QPainter& painter, const QRect& rect, StopBucket bucket, const Theme& theme)
{
    if (rect.isEmpty())
        return;
    if (bucket != StopBucket::Unknown) {
        painter.fillRect(rect, bucketColour(theme, bucket));
        return;
    }
    painter.fillRect(rect, theme.stripe);
    painter.fillRect(rect, QBrush(theme.muted, Qt::BDiagPattern));
}

} // namespace arcscope
