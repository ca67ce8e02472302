// Painting of the enlarged arc.
#include "arccanvas.h"
#include "arcwords.h"
#include "displaytext.h"

#include <QPainter>
#include <QPolygonF>

#include <vector>

namespace arcscope
{

void ArcCanvas::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);
    const Theme& theme = themeFor(palette());
    painter.fillRect(viewport()->rect(), theme.canvas);
    if (!m_of)
        return;
    if (!m_labels || m_labels->font() != font())
        m_labels = std::make_unique<LabelCache>(font());
    RibbonMarks marks;
    marks.selected = m_step;
    marks.hovered = m_hovered;
    marks.labels = true;
    marks.stepName = [](ArcStep step) { return stepText(step); };
    marks.stretchName = [this](std::uint32_t lane, std::uint32_t stretch) {
        const QString where = stretchText(*m_of, m_ribbons[lane].stretches[stretch].row);
        return lane == 0 || stretch > 0 ? where : tr("proposed: %1").arg(arcName(*m_of, m_ribbons[lane].arc));
    };
    painter.save();
    painter.translate(origin());
    paintRibbons(painter, m_scene, m_ribbons, marks, theme.canvas, {theme, *m_labels, 1});
    painter.restore();
    paintEdges(painter);
    paintWords(painter);
    if (hasFocus())
        paintFocusFrame(painter, viewport()->rect(), {theme, *m_labels, 1});
}

/// When it began, how long it took, and what the width is.
void ArcCanvas::paintEdges(QPainter& painter)
{
    const Nanos start = m_of->at(ArcColumn::Start, m_arc);
    const Nanos length = m_of->at(ArcColumn::Duration, m_arc);
    const int line = fontMetrics().height();
    const int y = origin().y() + m_scene.viewport.laneHeight + 2 * line + 2;
    const QString what = m_scene.ordinal                  ? tr("in order, not to scale")
                         : m_scale == RibbonScale::Folded ? tr("to scale, long pauses folded")
                                                          : tr("to scale");
    const QString left = start == noTime ? tr("time not recorded") : timeText(start).left(19);
    const QString right =
        length < 0 ? what : QStringLiteral("%1 \u00b7 %2").arg(QString::fromStdString(durationText(length)), what);
    painter.setPen(themeFor(palette()).muted);
    const QRect room(10, y, viewport()->width() - 20, line);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, left);
    if (fontMetrics().horizontalAdvance(left) + fontMetrics().horizontalAdvance(right) + 20 < room.width())
        painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, right);
}

/// A strip with a mark and the words at each step that has some.
void ArcCanvas::paintWords(QPainter& painter)
{
    if (!m_reading || m_reading->words.empty())
        return;
    const Theme& theme = themeFor(palette());
    const int line = fontMetrics().height();
    const int y = origin().y() + m_scene.viewport.laneHeight + 3 * line + 2;
    struct Place {
        int x;
        const ArcWords* words;
    };
    std::vector<Place> places;
    for (const ArcWords& words : m_reading->words) {
        if (const RibbonPiece* const piece = pieceOf(m_scene, 0, stepOf(words.event)))
            places.push_back({origin().x() + piece->rect.x + piece->rect.width / 2, &words});
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const int x = places[i].x;
        painter.setPen(QPen(theme[ColourRole::Stall].fill, 2));
        painter.drawPolyline(QPolygonF({QPointF(x - 5, y + line / 2.0), QPointF(x - 2, y + 2),
                                        QPointF(x + 1, y + line - 2.0), QPointF(x + 4, y + line / 2.0)}));
        // Up to the next mark.
        const int room = (i + 1 < places.size() ? places[i + 1].x - 8 : viewport()->width() * 2) - x - 8;
        if (room < fontMetrics().averageCharWidth() * 4)
            continue;
        const QString text = fontMetrics().elidedText(QStringLiteral("\u201c%1\u201d").arg(places[i].words->words),
                                                      Qt::ElideRight, room);
        painter.setPen(theme[ColourRole::Stall].ink);
        painter.drawText(QRect(x + 8, y, fontMetrics().horizontalAdvance(text) + 1, line), Qt::AlignVCenter, text);
    }
}

} // namespace arcscope
