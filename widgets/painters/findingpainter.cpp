#include "findingpainter.h"

#include <QPainter>
#include <QPainterPath>

namespace arcscope
{
namespace
{

void paintArc(QPainter& painter, const FindingArc& arc, const TimelineStyle& style)
{
    const Theme& theme = style.theme;
    QPolygonF line;
    for (const FindingPoint& point : arc.points)
        line << QPointF(point.x, point.y);
    const double width = (arc.chosen ? 2.0 : 1.0) * style.scale;
    painter.setBrush(Qt::NoBrush);
    // A seam in the colour of the ground keeps it apart from the spans below.
    painter.setPen(QPen(theme.canvas, width + 2 * style.scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.setPen(QPen(theme[ColourRole::Contradiction].fill, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

void paintFlag(QPainter& painter, const FindingFlag& flag, const TimelineStyle& style)
{
    const Theme& theme = style.theme;
    const double scale = style.scale;
    const QColor& colour = theme[ColourRole::Contradiction].fill;
    const auto cloth = [&](double dx, double dy) {
        const QPointF top(flag.x + dx, flag.y + dy);
        return QPolygonF(
            {top, top + QPointF(flagWidth * scale, flagHeight * scale / 2), top + QPointF(0, flagHeight * scale)});
    };
    painter.fillRect(QRectF(flag.x - 0.5 * scale, flag.y, 3 * scale, flag.height), theme.canvas);
    painter.fillRect(QRectF(flag.x, flag.y, 2 * scale, flag.height), colour);
    painter.setPen(QPen(flag.sure ? theme.canvas : colour, scale, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(flag.sure ? colour : theme.canvas);
    if (flag.count > 1)
        painter.drawPolygon(cloth(2 * scale, 3 * scale));
    painter.drawPolygon(cloth(scale, 0));
}

} // namespace

void paintFindings(QPainter& painter, const FindingScene& findings, const TimelineStyle& style)
{
    if (findings.flags.empty() && findings.arcs.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const FindingArc& arc : findings.arcs)
        paintArc(painter, arc, style);
    for (const FindingFlag& flag : findings.flags)
        paintFlag(painter, flag, style);
    painter.restore();
}

} // namespace arcscope
