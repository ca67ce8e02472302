#include "callpainter.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("CallPainter", text);
}

/// Shapes of one row in its ground.
class Painting
{
public:
    Painting(QPainter& painter, const TimelineStyle& style, const QRect& clip)
        : m_painter(painter)
        , m_theme(style.theme)
        , m_style(style)
        , m_line(std::max(1, static_cast<int>(std::lround(style.scale))))
        , m_clip(clip)
    {
    }

    void piece(const LanePiece& piece, const LaneRow& lane, const QColor& ground)
    {
        const QRect rect = QRect(piece.rect.x, piece.rect.y, piece.rect.width, piece.rect.height) & m_clip;
        if (rect.isEmpty())
            return;
        switch (piece.part) {
        case LanePart::Own:
            own(rect, lane, ground);
            break;
        case LanePart::Scope:
            scope(piece, rect);
            break;
        case LanePart::Folded:
            m_painter.fillRect(rect, mixed(ground, m_theme[ColourRole::Tool].fill, 0.6));
            break;
        case LanePart::Between:
            outline(rect, ColourRole::Speculative, Qt::DashLine, m_line);
            break;
        case LanePart::Asked:
            diamond(QPointF(rect.x() + rect.width() / 2.0, rect.center().y() + 0.5), rect.height() / 3.0,
                    lane.flags.problem() ? m_theme[ColourRole::Contradiction].fill : m_theme.muted);
            break;
        case LanePart::Idle:
            m_painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), m_line), mixed(ground, m_theme.muted, 0.6));
            break;
        case LanePart::Retry:
            retry(piece, rect);
            break;
        case LanePart::Wait:
            m_painter.fillRect(rect, mixed(ground, colourOf(lane), 0.22));
            frame(rect, mixed(ground, colourOf(lane), 0.6), m_line);
            break;
        case LanePart::Run:
            run(piece, rect, lane, ground);
            break;
        case LanePart::CalledOff:
            hatch(rect, m_theme[ColourRole::Retracted].fill, ground);
            break;
        case LanePart::Late:
            hatch(rect, m_theme[ColourRole::Stall].fill, ground);
            break;
        case LanePart::Wasted:
            hatch(rect, m_theme[ColourRole::Contradiction].fill, ground);
            break;
        case LanePart::Critical:
            m_painter.fillRect(rect.adjusted(0, 0, 0, 0), m_theme.text);
            break;
        case LanePart::Join:
            join(rect);
            break;
        }
    }

    /// Diagonals inside of a rectangle, cut by arithmetic: painters of shapes do not clip.
    void hatch(const QRect& rect, const QColor& colour, const QColor& ground)
    {
        m_painter.fillRect(rect, mixed(ground, colour, 0.25));
        m_painter.setPen(QPen(colour, 1.4 * m_style.scale));
        const int step = std::max(4, static_cast<int>(5 * m_style.scale));
        for (int at = step / 2; at < rect.width() + rect.height(); at += step) {
            const double fromX = std::max(0, at - rect.height());
            const double toX = std::min(at, rect.width());
            m_painter.drawLine(QPointF(rect.x() + fromX, rect.y() + at - fromX),
                               QPointF(rect.x() + toX, rect.y() + at - toX));
        }
        frame(rect, colour, m_line);
    }

    void frame(const QRect& rect, const QColor& colour, int width)
    {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        const double half = width / 2.0;
        m_painter.drawRect(QRectF(rect).adjusted(half, half, -half, -half));
    }

    void cross(const QPointF& at, double size, const QColor& colour)
    {
        m_painter.setPen(QPen(colour, 1.6 * m_style.scale));
        m_painter.drawLine(at + QPointF(-size, -size), at + QPointF(size, size));
        m_painter.drawLine(at + QPointF(-size, size), at + QPointF(size, -size));
    }

private:
    QColor colourOf(const LaneRow& lane) const
    {
        return lane.flags.has(LaneFlag::Agent) ? m_theme[ColourRole::System].fill : m_theme[ColourRole::Tool].fill;
    }

    void own(const QRect& rect, const LaneRow& lane, const QColor& ground)
    {
        const bool agent = lane.flags.has(LaneFlag::Agent); // it contains what it started
        const QColor& fill = m_theme[agent ? ColourRole::System : ColourRole::Model].fill;
        m_painter.fillRect(rect, agent ? mixed(ground, fill, 0.22) : fill);
        if (agent)
            frame(rect, mixed(ground, fill, 0.6), m_line);
    }

    void scope(const LanePiece& piece, const QRect& rect)
    {
        const int half = rect.height() + m_line;
        m_painter.fillRect(rect, m_theme.muted);
        if (!piece.cutLeft)
            m_painter.fillRect(QRect(rect.x(), rect.y() - half, 2 * m_line, rect.height() + 2 * half), m_theme.muted);
        if (!piece.cutRight)
            m_painter.fillRect(
                QRect(rect.right() + 1 - 2 * m_line, rect.y() - half, 2 * m_line, rect.height() + 2 * half),
                m_theme.muted);
    }

    void run(const LanePiece& piece, const QRect& rect, const LaneRow& lane, const QColor& ground)
    {
        const bool agent = lane.flags.has(LaneFlag::Agent);
        const QColor fill = colourOf(lane);
        m_painter.fillRect(rect, agent ? mixed(ground, fill, 0.35) : fill);
        if (agent)
            frame(rect, fill, m_line);
        if (lane.flags.has(LaneFlag::OpenEnd)) { // a start, and nobody knows how long
            m_painter.setPen(QPen(fill, m_line, Qt::DotLine));
            const double y = rect.center().y() + 0.5;
            m_painter.drawLine(QPointF(rect.right() + 1, y),
                               QPointF(std::min<double>(rect.right() + 24 * m_style.scale, m_clip.right()), y));
        }
        if (!lane.flags.has(LaneFlag::Failed))
            return;
        frame(rect, m_theme[ColourRole::Contradiction].fill, 2 * m_line);
        const double size = rect.height() / 4.0;
        const double x = piece.cutRight ? m_clip.right() - 2 * size : rect.right() + 1 + 2.2 * size;
        if (x + size <= m_clip.right())
            cross({x, rect.center().y() + 0.5}, size, m_theme[ColourRole::Contradiction].fill);
    }

    void retry(const LanePiece& piece, const QRect& rect)
    {
        const QColor& colour = m_theme[ColourRole::Contradiction].fill;
        const double y = rect.center().y() + 0.5;
        m_painter.setPen(QPen(colour, 1.4 * m_style.scale, Qt::DotLine));
        m_painter.drawLine(QPointF(rect.x(), y), QPointF(rect.right() + 1, y));
        if (!piece.cutLeft)
            cross({rect.x() + 0.5, y}, 3 * m_style.scale, colour);
    }

    void join(const QRect& rect)
    {
        m_painter.fillRect(QRect(rect.x(), rect.y(), m_line, rect.height()), m_theme.muted);
        if (rect.y() > m_clip.y())
            diamond(QPointF(rect.x() + m_line / 2.0, rect.y()), 3.5 * m_style.scale, m_theme.text);
    }

    void diamond(const QPointF& at, double size, const QColor& colour)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(colour);
        m_painter.drawPolygon(
            QPolygonF({at + QPointF(0, -size), at + QPointF(size, 0), at + QPointF(0, size), at + QPointF(-size, 0)}));
        m_painter.restore();
    }

    void outline(const QRect& rect, ColourRole role, Qt::PenStyle pen, int width)
    {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_theme[role].ink, width, pen, Qt::FlatCap, Qt::MiterJoin));
        m_painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }

    QPainter& m_painter;
    const Theme& m_theme;
    const TimelineStyle& m_style;
    int m_line;
    QRect m_clip;
};

QColor groundOf(const Theme& theme, std::uint32_t place)
{
    return place % 2 == 1 ? theme.stripe : theme.canvas;
}

void paintLabel(QPainter& painter, const LanePiece& piece, const LaneRow& lane, const QString& text,
                const CallScene& scene, const TimelineStyle& style)
{
    const int pad = static_cast<int>(4 * style.scale);
    const int left = std::max(piece.rect.x, 0);
    const int room = std::min(piece.rect.right(), scene.viewport.width) - left - 2 * pad;
    const QByteArray utf8 = text.toUtf8();
    const std::string_view view(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    if (room < style.labels.metrics().horizontalAdvance(text))
        return;
    const bool hatched =
        lane.flags.has(LaneFlag::Cancelled) || lane.flags.has(LaneFlag::Late) || lane.flags.has(LaneFlag::Wasted);
    if (hatched)
        return; // nothing can be read on hatching
    painter.setPen(lane.flags.has(LaneFlag::Agent) ? style.theme.text : style.theme[ColourRole::Tool].onFill);
    painter.drawStaticText(left + pad, piece.rect.y + (piece.rect.height - style.labels.metrics().height()) / 2,
                           style.labels.label(view, room));
}

/// Torn from top to bottom: what lies behind is not to scale.
void paintTear(QPainter& painter, const QRect& rect, const Theme& theme, double scale)
{
    painter.fillRect(rect, theme.canvas);
    const double reach = 1.5 * scale;
    const double step = 4 * scale;
    painter.setPen(QPen(theme.muted, std::max(1.0, scale)));
    for (const double x : {rect.left() + reach, rect.right() + 1 - reach}) {
        QPolygonF line;
        for (int i = 0; i * step < rect.height() + step; ++i)
            line << QPointF(x + (i % 2 == 0 ? -reach : reach), rect.top() + std::min(i * step, double(rect.height())));
        painter.drawPolyline(line);
    }
}

/// Over the rows, each with how long it is.
void paintFolds(QPainter& painter, const CallScene& scene, const TimelineStyle& style)
{
    const QFontMetrics& metrics = style.labels.metrics();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const FoldedAxis::Fold& fold : scene.axis.folds()) {
        const int left = static_cast<int>(fold.from);
        const QRect rect(left, 0, std::max(2, static_cast<int>(fold.to) - left), scene.viewport.height);
        paintTear(painter, rect, style.theme, style.scale);
        const QString text = QString::fromStdString(durationText(fold.pause.length()));
        const int length = metrics.horizontalAdvance(text);
        if (rect.width() < metrics.ascent() || length + metrics.height() > rect.height())
            continue;
        painter.save();
        painter.setPen(style.theme.muted);
        painter.translate(rect.center().x() + 1, rect.top() + metrics.height() / 2 + length);
        painter.rotate(-90);
        painter.drawText(QRect(0, -rect.width() / 2, length, rect.width()),
                         Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, text);
        painter.restore();
    }
    painter.restore();
}

} // namespace

void paintCalls(QPainter& painter, const CallScene& scene, const CallLanes& lanes, const CallRows& rows,
                const CallMarks& marks, const TimelineStyle& style)
{
    const CallViewport& view = scene.viewport;
    const Theme& theme = style.theme;
    painter.setFont(style.labels.font());
    const QRect all(0, 0, view.width, view.height);
    painter.fillRect(all, theme.canvas);
    const auto rowRect = [&](std::uint32_t place) {
        return QRect(0, static_cast<int>(std::int64_t{place} * view.rowHeight - view.scroll), view.width,
                     view.rowHeight) &
               all;
    };
    const auto ground = [&](std::uint32_t place) {
        const QColor plain = groundOf(theme, place);
        const std::uint32_t row = rows.visible()[place];
        return row == marks.selected  ? mixed(plain, theme[ColourRole::Model].fill, 0.18)
               : row == marks.hovered ? mixed(plain, theme.text, 0.06)
                                      : plain;
    };
    for (std::uint32_t place = scene.firstPlace; place < scene.firstPlace + scene.places; ++place)
        painter.fillRect(rowRect(place), ground(place));
    const int line = std::max(1, static_cast<int>(style.scale));
    for (const Tick& tick : scene.ticks.ticks) {
        if (!tick.label.empty())
            painter.fillRect(tick.x, 0, line, view.height, theme.rule);
    }
    Painting painting(painter, style, all);
    for (const LanePiece& piece : scene.pieces) {
        const auto place = rows.place(piece.row);
        const LaneRow& lane = lanes.rows[piece.row];
        painting.piece(piece, lane, place ? ground(*place) : theme.canvas);
        if (piece.part == LanePart::Run && marks.label)
            paintLabel(painter, piece, lane, marks.label(piece.row), scene, style);
    }
    paintFolds(painter, scene, style);
    if (marks.dimmed) {
        for (std::uint32_t place = scene.firstPlace; place < scene.firstPlace + scene.places; ++place) {
            if (!marks.dimmed(rows.visible()[place]))
                continue;
            QColor veil = groundOf(theme, place);
            veil.setAlphaF(veilStrength);
            painter.fillRect(rowRect(place), veil);
        }
    }
}

void paintCallAxis(QPainter& painter, const CallScene& scene, int height, const TimelineStyle& style)
{
    Scene axis;
    axis.viewport.width = scene.viewport.width;
    axis.ticks = scene.ticks;
    paintAxis(painter, axis, height, style);
}

int paintCallLegend(QPainter* painter, const CallScene& scene, const CallLanes& lanes, const TimelineStyle& style)
{
    struct Entry {
        std::optional<LanePart> part; ///< nothing: a fold of the axis
        std::optional<LaneFlag> flag; ///< that tells the look
        QString word;
    };
    const Entry known[] = {{LanePart::Own, {}, tr("asks")},
                           {LanePart::Wait, {}, tr("waits")},
                           {LanePart::Run, {}, tr("runs")},
                           {LanePart::Folded, {}, tr("closed: all calls")},
                           {LanePart::Run, LaneFlag::Agent, tr("agent")},
                           {LanePart::Run, LaneFlag::Failed, tr("failed")},
                           {LanePart::CalledOff, {}, tr("cancelled, ran on")},
                           {LanePart::Run, LaneFlag::OpenEnd, tr("end not recorded")},
                           {LanePart::Late, {}, tr("behind the join")},
                           {LanePart::Wasted, {}, tr("wasted")},
                           {LanePart::Retry, {}, tr("tried again")},
                           {LanePart::Between, {}, tr("no times of its own")},
                           {LanePart::Asked, LaneFlag::NotRun, tr("asked for, not seen to run")},
                           {LanePart::Join, {}, tr("results joined")},
                           {LanePart::Critical, {}, tr("critical path")}};
    std::vector<Entry> entries;
    for (const Entry& entry : known) {
        if (std::any_of(scene.pieces.begin(), scene.pieces.end(), [&](const LanePiece& piece) {
                return piece.part == entry.part && (!entry.flag || lanes.rows[piece.row].flags.has(*entry.flag));
            }))
            entries.push_back(entry);
    }
    if (!scene.axis.folds().empty())
        entries.push_back({{}, {}, tr("a pause, folded")});
    const int width = scene.viewport.width;
    const QFontMetrics& metrics = style.labels.metrics();
    const int pad = static_cast<int>(5 * style.scale);
    const int swatch = static_cast<int>(26 * style.scale);
    const int high = metrics.height() + pad;
    const int bar = metrics.height() * 2 / 3;
    int x = pad;
    int y = 0;
    if (painter)
        painter->setFont(style.labels.font());
    for (const Entry& entry : entries) {
        const int need = swatch + pad + metrics.horizontalAdvance(entry.word) + 3 * pad;
        if (x + need > width && x > pad) {
            x = pad;
            y += high;
        }
        if (painter) {
            const Rect rect{x, y + (high - bar) / 2, swatch, bar};
            const bool thin = entry.part == LanePart::Critical;
            LanePiece piece{rect, entry.part.value_or(LanePart::Run), 0};
            if (thin || entry.part == LanePart::Retry)
                piece.rect = {rect.x, rect.y + bar / 2, swatch, thin ? std::max(2, bar / 4) : 1};
            else if (entry.part == LanePart::Join)
                piece.rect = {rect.x + swatch / 2, rect.y, 1, bar};
            if (entry.flag == LaneFlag::Failed)
                piece.rect.width = swatch - bar;
            else if (entry.flag == LaneFlag::OpenEnd)
                piece.rect.width = bar / 3;
            LaneRow lane;
            if (entry.flag)
                lane.flags.set(*entry.flag);
            if (!entry.part) {
                painter->save();
                painter->setRenderHint(QPainter::Antialiasing);
                paintTear(*painter, QRect(rect.x + rect.width / 4, rect.y, rect.width / 2, rect.height), style.theme,
                          style.scale);
                painter->restore();
            } else {
                Painting(*painter, style, QRect(x, y, swatch + pad, high)).piece(piece, lane, style.theme.canvas);
            }
            painter->setPen(style.theme.muted);
            painter->drawText(x + swatch + pad, y + (high - metrics.height()) / 2 + metrics.ascent(), entry.word);
        }
        x += need;
    }
    return y + high;
}

} // namespace arcscope
