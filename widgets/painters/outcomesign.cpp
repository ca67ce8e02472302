#include "outcomesign.h"

#include <QPainterPath>

#include <algorithm>

namespace arcscope
{

ColourRole roleOf(ArcOutcome outcome)
{
    switch (outcome) {
    case ArcOutcome::Declined:
        return ColourRole::Retracted;
    case ArcOutcome::Deferred:
        return ColourRole::User;
    case ArcOutcome::Failed:
        return ColourRole::Contradiction;
    case ArcOutcome::Succeeded:
        return ColourRole::Committed;
    case ArcOutcome::Unknown:
        break;
    }
    return ColourRole::System;
}

QColor outcomeColour(const Theme& theme, ArcOutcome outcome)
{
    return outcome == ArcOutcome::Unknown ? theme.muted : theme[roleOf(outcome)].fill;
}

void paintInferred(QPainter& painter, const QRect& rect, const QColor& colour)
{
    const int side = std::max(3, std::min(rect.width(), rect.height()) / 3);
    painter.fillRect(QRect(rect.left() - 2, rect.top() - 2, side, 1), colour);
    painter.fillRect(QRect(rect.left() - 2, rect.top() - 2, 1, side), colour);
}

void paintOutcomeFill(QPainter& painter, const QRect& rect, ArcOutcome outcome, const Theme& theme)
{
    if (rect.isEmpty())
        return;
    if (outcome != ArcOutcome::Unknown) {
        painter.fillRect(rect, outcomeColour(theme, outcome));
        return;
    }
    painter.fillRect(rect, theme.stripe);
    painter.fillRect(rect, QBrush(theme.muted, Qt::BDiagPattern));
}

void paintOutcome(QPainter& painter, const QRect& rect, ArcOutcome outcome, ArcSource source, const Theme& theme)
{
    const int side = std::min(rect.width(), rect.height());
    if (side < 4)
        return;
    const QRect square(rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2, side, side);
    const QRectF shape = QRectF(square).adjusted(0.75, 0.75, -0.75, -0.75);
    const QColor fill = outcomeColour(theme, outcome);
    const auto at = [&](double x, double y) { return QPointF(square.left() + x * side, square.top() + y * side); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = std::max(1.2, side / 8.0);
    const QPen stroke(outcome == ArcOutcome::Succeeded ? theme[ColourRole::Committed].onFill : fill, line,
                      Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(QPen(fill, std::max(1.0, side / 10.0)));
    switch (outcome) {
    case ArcOutcome::Succeeded:
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawEllipse(shape);
        painter.setPen(stroke);
        painter.drawPolyline(QPolygonF({at(0.28, 0.52), at(0.45, 0.68), at(0.73, 0.34)}));
        break;
    case ArcOutcome::Failed:
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(shape);
        painter.setPen(stroke);
        painter.drawLine(at(0.3, 0.3), at(0.7, 0.7));
        painter.drawLine(at(0.3, 0.7), at(0.7, 0.3));
        break;
    case ArcOutcome::Declined:
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(shape);
        painter.setPen(stroke);
        painter.drawLine(at(0.22, 0.22), at(0.78, 0.78));
        break;
    case ArcOutcome::Deferred:
        painter.setBrush(Qt::NoBrush);
        painter.drawPolygon(QPolygonF({at(0.06, 0.1), at(0.6, 0.1), at(0.95, 0.5), at(0.6, 0.9), at(0.06, 0.9)}));
        painter.setPen(stroke);
        painter.drawLine(at(0.25, 0.5), at(0.65, 0.5));
        break;
    case ArcOutcome::Unknown: {
        painter.setBrush(QBrush(theme.muted, Qt::BDiagPattern));
        painter.setPen(QPen(theme.muted, 1, Qt::DashLine));
        painter.drawRect(shape);
        QFont font = painter.font();
        font.setPixelSize(std::max(6, side * 3 / 4));
        font.setBold(true);
        painter.setFont(font);
        QPainterPath ground;
        ground.addEllipse(QRectF(square).adjusted(side * 0.22, side * 0.16, -side * 0.22, -side * 0.16));
        painter.fillPath(ground, theme.canvas);
        painter.setPen(theme.text);
        painter.drawText(square, Qt::AlignCenter, QStringLiteral("?"));
        break;
    }
    }
    painter.restore();
    if (source == ArcSource::Rule)
        paintInferred(painter, square, theme.text);
}

} // namespace arcscope
