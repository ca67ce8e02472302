#include "spanglyph.h"

#include <QPainter>
#include <QPolygonF>

namespace arcscope
{

namespace
{

QPolygonF diamond(const QRectF& r)
{
    return QPolygonF({{r.center().x(), r.top()},
                      {r.right(), r.center().y()},
                      {r.center().x(), r.bottom()},
                      {r.left(), r.center().y()}});
}

} // namespace

void paintGlyph(QPainter& painter, const QRectF& square, SpanKind kind, const QColor& colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double pen = std::max(1.0, square.width() / 8);
    const QRectF inner = square.adjusted(pen, pen, -pen, -pen);
    painter.setPen(QPen(colour, pen));
    painter.setBrush(Qt::NoBrush);
    switch (kind) {
    case SpanKind::ModelCall:
        painter.setBrush(colour);
        painter.drawEllipse(inner);
        break;
    case SpanKind::Embedding:
        painter.drawEllipse(inner);
        break;
    case SpanKind::ToolCall:
        painter.drawRect(inner);
        painter.fillRect(inner.adjusted(2 * pen, 2 * pen, -2 * pen, -2 * pen), colour);
        break;
    case SpanKind::Retrieval:
        painter.drawRect(inner);
        break;
    case SpanKind::Agent:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(
            QPolygonF({square.topLeft() + QPointF(2 * pen, pen), QPointF(square.right() - pen, square.center().y()),
                       square.bottomLeft() + QPointF(2 * pen, -pen)}));
        break;
    case SpanKind::Guardrail:
        painter.setBrush(colour);
        painter.drawPolygon(diamond(inner));
        break;
    case SpanKind::Evaluator:
        painter.drawPolygon(diamond(inner));
        break;
    case SpanKind::Workflow:
        for (const double at : {0.15, 0.5, 0.85})
            painter.drawLine(QPointF(inner.left(), inner.top() + at * inner.height()),
                             QPointF(inner.right(), inner.top() + at * inner.height()));
        break;
    case SpanKind::Other:
        painter.fillRect(inner.adjusted(pen, pen, -pen, -pen), colour);
        break;
    }
    painter.restore();
}

void paintDisclosure(QPainter& painter, const QRectF& square, bool open, bool rightToLeft, const QColor& colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.translate(square.center());
    if (!open)
        painter.rotate(rightToLeft ? 90 : -90);
    const double half = square.width() / 2;
    painter.drawPolygon(QPolygonF({{-half * 0.7, -half * 0.4}, {half * 0.7, -half * 0.4}, {0, half * 0.5}}));
    painter.restore();
}

void paintPin(QPainter& painter, const QRectF& square, const QColor& colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = square.width() / 8;
    painter.translate(square.topLeft());
    painter.fillRect(QRectF(2.5 * unit, 0.5 * unit, 3 * unit, 3 * unit), colour);
    painter.fillRect(QRectF(1.5 * unit, 3.5 * unit, 5 * unit, unit), colour);
    painter.fillRect(QRectF(3.6 * unit, 4.5 * unit, 0.8 * unit, 3 * unit), colour);
    painter.restore();
}

} // namespace arcscope
