#include "arcpainter.h"

#include "outcomesign.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

QRect toRect(const Rect& rect)
{
    return {rect.x, rect.y, rect.width, rect.height};
}

class RibbonPainting
{
public:
    RibbonPainting(QPainter& painter, const RibbonScene& scene, std::span<const ArcRibbon> ribbons,
                   const RibbonMarks& marks, const QColor& ground, const TimelineStyle& style)
        : m_painter(painter)
        , m_scene(scene)
        , m_ribbons(ribbons)
        , m_marks(marks)
        , m_ground(ground)
        , m_theme(style.theme)
        , m_metrics(style.labels.metrics())
    {
    }

    void piece(const RibbonPiece& piece)
    {
        const QRect rect = toRect(piece.rect);
        switch (piece.part) {
        case RibbonPart::Stretch:
            stretch(piece, rect);
            break;
        case RibbonPart::Pause:
            m_painter.setPen(QPen(m_theme.muted, 1, Qt::DotLine));
            m_painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y());
            label(rect, pauseText(piece));
            break;
        case RibbonPart::Fold:
            fold(piece, rect);
            break;
        case RibbonPart::Work: {
            const int height = std::max(2, rect.height() / 4);
            m_painter.fillRect(QRect(rect.left(), rect.center().y() - height / 2, rect.width(), height),
                               mixed(m_ground, m_theme[ColourRole::Model].fill, 0.45));
            break;
        }
        case RibbonPart::Handover:
            handover(piece, rect);
            break;
        case RibbonPart::Stitch:
            stitch(piece, rect);
            break;
        case RibbonPart::Bend:
            bend(piece, rect);
            break;
        case RibbonPart::Step:
            step(piece, rect);
            break;
        case RibbonPart::Block:
            block(piece, rect);
            break;
        case RibbonPart::End:
            if (piece.lane < m_ribbons.size())
                paintOutcome(m_painter, rect, m_ribbons[piece.lane].outcome, m_ribbons[piece.lane].outcomeSource,
                             m_theme);
            break;
        case RibbonPart::Change:
            m_painter.setPen(QPen(m_theme.text, 1, Qt::DashLine));
            m_painter.drawLine(rect.left(), rect.top(), rect.left(), rect.bottom());
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(m_theme.text);
            m_painter.drawPolygon(QPolygonF({QPointF(rect.left() - 3, rect.top()), QPointF(rect.left() + 4, rect.top()),
                                             QPointF(rect.left() + 0.5, rect.top() + 5)}));
            break;
        }
    }

private:
    bool proposed(const RibbonPiece& piece) const { return piece.lane != 0; }

    void stretch(const RibbonPiece& piece, const QRect& rect)
    {
        m_painter.setBrush(mixed(m_ground, m_theme[ColourRole::System].fill, proposed(piece) ? 0.05 : 0.16));
        m_painter.setPen(proposed(piece) ? QPen(m_theme[ColourRole::Speculative].fill, 1, Qt::DashLine)
                                         : QPen(mixed(m_ground, m_theme[ColourRole::System].fill, 0.55), 1));
        m_painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        if (!m_marks.labels || !m_marks.stretchName)
            return;
        // Above the bends; a name ends where the next begins.
        const int left = std::max(
            rect.left(), m_stretchNamed.x() == static_cast<int>(piece.lane) ? m_stretchNamed.y() + 8 : rect.left());
        const int most = std::max(rect.width(), m_metrics.averageCharWidth() * 12);
        const QString text = m_metrics.elidedText(m_marks.stretchName(piece.lane, piece.first), Qt::ElideRight, most);
        const int width = m_metrics.horizontalAdvance(text);
        if (text.size() < 2 || left > rect.left() + rect.width() / 2)
            return;
        const int top = rect.top() - m_scene.viewport.bendRoom - m_metrics.height();
        m_painter.setPen(proposed(piece) ? m_theme.muted : m_theme.text);
        m_painter.drawText(QRect(left, top, width + 1, m_metrics.height()), Qt::AlignLeft | Qt::AlignTop, text);
        m_stretchNamed = {static_cast<int>(piece.lane), left + width};
    }

    QString pauseText(const RibbonPiece& piece) const
    {
        return m_marks.labels && piece.length >= 0 ? QString::fromStdString(durationText(piece.length)) : QString();
    }

    /// On the ground that the text needs, in the middle of the rectangle; nothing where there is no room.
    void label(const QRect& rect, const QString& text)
    {
        const int width = m_metrics.horizontalAdvance(text);
        if (text.isEmpty() || width + 6 > rect.width())
            return;
        const QRect at(rect.center().x() - width / 2 - 2, rect.center().y() - m_metrics.height() / 2, width + 4,
                       m_metrics.height());
        m_painter.fillRect(at, m_ground);
        m_painter.setPen(m_theme.muted);
        m_painter.drawText(at, Qt::AlignCenter | Qt::TextSingleLine, text);
    }

    /// A zig-zag across the band, which says that it is not to scale.
    void fold(const RibbonPiece& piece, const QRect& rect)
    {
        const int middle = rect.center().y();
        const double reach = std::min(4.0, rect.height() / 4.0);
        m_painter.fillRect(rect, m_ground);
        QPainterPath path(QPointF(rect.left(), middle));
        const int steps = std::clamp(rect.width() / 4, 2, 6);
        for (int i = 1; i < steps; ++i)
            path.lineTo(rect.left() + rect.width() * i / static_cast<double>(steps),
                        middle + (i % 2 == 1 ? -reach : reach));
        path.lineTo(rect.left() + rect.width(), middle);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme.muted, 1));
        m_painter.drawPath(path);
        if (!m_marks.labels || piece.length < 0)
            return;
        // Below the names of steps; longer ones stand out on both sides.
        const QString text = QString::fromStdString(durationText(piece.length));
        const int width = m_metrics.horizontalAdvance(text);
        m_folds.push_back(
            {QRect(rect.center().x() - width / 2, rect.bottom() + 3 + m_metrics.height(), width, m_metrics.height()),
             text});
    }

    void handover(const RibbonPiece& piece, const QRect& rect)
    {
        const int middle = rect.center().y();
        const int reach = std::max(2, std::min(4, rect.width() / 3));
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme[ColourRole::User].fill);
        const int tip = rect.left() + rect.width() - 1;
        m_painter.drawPolygon(QPolygonF({QPointF(tip - reach, middle - reach), QPointF(tip + 1, middle + 0.5),
                                         QPointF(tip - reach, middle + reach + 1)}));
        if (piece.otherDevice)
            m_painter.fillRect(QRect(rect.left(), middle - reach, 1, 2 * reach + 1), m_theme[ColourRole::User].fill);
    }

    void stitch(const RibbonPiece& piece, const QRect& rect)
    {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme[ColourRole::Speculative].fill, 2, Qt::DashLine, Qt::FlatCap));
        if (piece.lane == RibbonPiece::none) {
            m_painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y());
            return;
        }
        // The first ribbon is on top: what comes later goes on below it, what came earlier leads up to it.
        const QPoint from = piece.later ? rect.topLeft() : rect.bottomLeft();
        const QPoint to = piece.later ? rect.bottomRight() : rect.topRight();
        QPainterPath path(from);
        const int half = (from.x() + to.x()) / 2;
        path.cubicTo(QPointF(half, from.y()), QPointF(half, to.y()), to);
        m_painter.drawPath(path);
    }

    void bend(const RibbonPiece& piece, const QRect& rect)
    {
        const QColor colour = m_theme[roleOf(piece.step)].fill;
        const double base = rect.bottom() + 1;
        const double top = rect.top() + 1;
        const double curve = std::min(rect.width() / 2.0, rect.height() * 1.5);
        QPainterPath path(QPointF(rect.right(), base));
        path.quadTo(QPointF(rect.right(), top), QPointF(rect.right() - curve, top));
        path.lineTo(rect.left() + curve, top);
        path.quadTo(QPointF(rect.left(), top), QPointF(rect.left(), base));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(colour, 1.2));
        m_painter.drawPath(path);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(colour);
        m_painter.drawPolygon(QPolygonF(
            {QPointF(rect.left() - 3, base - 3), QPointF(rect.left() + 3, base - 3), QPointF(rect.left(), base + 1)}));
    }

    void rings(const RibbonPiece& piece, const QRect& rect)
    {
        const auto holds = [&](std::uint32_t step) {
            return piece.lane == 0 && step >= piece.first && step - piece.first < piece.count;
        };
        const bool selected = holds(m_marks.selected);
        if (!selected && !holds(m_marks.hovered))
            return;
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(selected ? m_theme.text : m_theme.muted, selected ? 2 : 1));
        m_painter.drawRect(rect.adjusted(-3, -3, 2, 2));
    }

    void step(const RibbonPiece& piece, const QRect& rect)
    {
        paintStep(m_painter, rect, piece.step, piece.source, m_ground, m_theme);
        if (piece.untimed) {
            m_painter.setPen(QPen(m_theme.muted, 1, Qt::DotLine));
            m_painter.drawLine(rect.left(), rect.bottom() + 3, rect.right(), rect.bottom() + 3);
        }
        rings(piece, rect);
        name(piece, rect);
    }

    void name(const RibbonPiece& piece, const QRect& rect)
    {
        if (!m_marks.labels || !m_marks.stepName || piece.lane != 0)
            return;
        const QString text = m_marks.stepName(piece.step);
        const int width = m_metrics.horizontalAdvance(text) + 1;
        const int y = rect.center().y() + (m_scene.viewport.laneHeight - m_scene.viewport.bendRoom) / 2 + 2;
        m_names.push_back({QRect(std::max(rect.center().x() - width / 2, 2), y, width, m_metrics.height()), text,
                           isTrouble(piece.step)});
    }

    void block(const RibbonPiece& piece, const QRect& rect)
    {
        const ColourRole role = piece.trouble ? ColourRole::Retracted : ColourRole::Model;
        m_painter.setBrush(mixed(m_ground, m_theme[role].fill, 0.3));
        m_painter.setPen(QPen(m_theme[role].fill, 1));
        m_painter.drawRect(rect.adjusted(0, 0, -1, -1));
        if (piece.trouble) // bends back, as the steps in it do
            m_painter.fillRect(QRect(rect.left(), rect.top() - 2, std::min(rect.width(), 6), 2), m_theme[role].fill);
        const QString text = QString::number(piece.count);
        if (m_metrics.horizontalAdvance(text) + 2 <= rect.width() && m_metrics.ascent() <= rect.height() + 2) {
            m_painter.setPen(m_theme.text);
            m_painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, text);
        }
        rings(piece, rect);
    }

public:
    /// What stands below the ribbons.
    void finish()
    {
        std::vector<QRect> taken;
        for (const bool trouble : {true, false}) { // what is worth a look keeps its name
            m_painter.setPen(trouble ? m_theme.text : m_theme.muted);
            for (const Name& name : m_names) {
                const QRect room = name.rect.adjusted(-3, 0, 3, 0);
                if (name.trouble != trouble ||
                    std::any_of(taken.begin(), taken.end(), [&](const QRect& other) { return other.intersects(room); }))
                    continue;
                m_painter.drawText(name.rect, Qt::AlignLeft | Qt::AlignTop, name.text);
                taken.push_back(room);
            }
        }
        int right = -1;
        std::sort(m_folds.begin(), m_folds.end(),
                  [](const auto& a, const auto& b) { return a.first.left() < b.first.left(); });
        m_painter.setPen(m_theme.muted);
        for (auto& [rect, text] : m_folds) {
            if (rect.left() <= right + 4)
                continue;
            m_painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, text);
            right = rect.right();
        }
    }

private:
    struct Name {
        QRect rect;
        QString text;
        bool trouble;
    };

    QPainter& m_painter;
    const RibbonScene& m_scene;
    std::span<const ArcRibbon> m_ribbons;
    const RibbonMarks& m_marks;
    QColor m_ground;
    const Theme& m_theme;
    const QFontMetrics& m_metrics;
    QPoint m_stretchNamed{-1, 0}; ///< lane, and right edge of the last name of a stretch in it
    std::vector<Name> m_names;    ///< of steps
    std::vector<std::pair<QRect, QString>> m_folds;
};

} // namespace

ColourRole roleOf(ArcStep step)
{
    switch (step) {
    case ArcStep::Request:
        return ColourRole::User;
    case ArcStep::Response:
        return ColourRole::Model;
    case ArcStep::Accept:
        return ColourRole::Committed;
    case ArcStep::ReAsk:
        return ColourRole::Retracted;
    case ArcStep::Regenerate:
        return ColourRole::Speculative;
    case ArcStep::Edit:
        return ColourRole::Tool;
    case ArcStep::Escalate:
        return ColourRole::Contradiction;
    case ArcStep::Ignore:
        break;
    }
    return ColourRole::System;
}

void paintStep(QPainter& painter, const QRect& rect, ArcStep step, ArcSource source, const QColor& ground,
               const Theme& theme)
{
    const QColor fill = theme[roleOf(step)].fill;
    const double side = std::min(rect.width(), rect.height());
    const QPointF corner(rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2);
    const auto at = [&](double x, double y) { return corner + QPointF(x * side, y * side); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPen stroke(fill, std::max(1.2, side / 7), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const auto filled = [&] {
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
    };
    const auto outlined = [&] {
        painter.setPen(stroke);
        painter.setBrush(ground);
    };
    switch (step) {
    case ArcStep::Request: // points to what comes
        filled();
        painter.drawPolygon(QPolygonF({at(0.1, 0.05), at(0.95, 0.5), at(0.1, 0.95)}));
        break;
    case ArcStep::Response:
        filled();
        painter.drawEllipse(QRectF(at(0.1, 0.1), at(0.9, 0.9)));
        break;
    case ArcStep::Accept:
        outlined();
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF({at(0.1, 0.55), at(0.4, 0.85), at(0.92, 0.2)}));
        break;
    case ArcStep::Ignore:
        outlined();
        painter.drawEllipse(QRectF(at(0.35, 0.35), at(0.65, 0.65)));
        break;
    case ArcStep::ReAsk: // the request, turned back
        outlined();
        painter.drawPolygon(QPolygonF({at(0.9, 0.1), at(0.1, 0.5), at(0.9, 0.9)}));
        break;
    case ArcStep::Regenerate: // the answer once more
        outlined();
        painter.drawEllipse(QRectF(at(0.08, 0.08), at(0.92, 0.92)));
        filled();
        painter.drawEllipse(QRectF(at(0.34, 0.34), at(0.66, 0.66)));
        break;
    case ArcStep::Edit:
        outlined();
        painter.drawPolygon(QPolygonF({at(0.5, 0.05), at(0.95, 0.5), at(0.5, 0.95), at(0.05, 0.5)}));
        painter.drawLine(at(0.3, 0.5), at(0.7, 0.5));
        break;
    case ArcStep::Escalate:
        filled();
        painter.drawPolygon(QPolygonF(
            {at(0.5, 0), at(1, 0.55), at(0.68, 0.55), at(0.68, 1), at(0.32, 1), at(0.32, 0.55), at(0, 0.55)}));
        break;
    }
    painter.restore();
    if (source == ArcSource::Rule)
        paintInferred(painter, rect, theme.text);
}

void paintRibbons(QPainter& painter, const RibbonScene& scene, std::span<const ArcRibbon> ribbons,
                  const RibbonMarks& marks, const QColor& ground, const TimelineStyle& style)
{
    painter.save();
    painter.setFont(style.labels.font());
    painter.setRenderHint(QPainter::Antialiasing);
    RibbonPainting painting(painter, scene, ribbons, marks, ground, style);
    for (const RibbonPiece& piece : scene.pieces)
        painting.piece(piece);
    painting.finish();
    painter.restore();
}

} // namespace arcscope
