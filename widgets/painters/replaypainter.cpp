#include "replaypainter.h"

#include "arcwords.h"
#include "displaytext.h"
#include "quotetext.h"
#include "replayfields.h"
#include "replayphrases.h"

#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

/// Bytes of a text that a block may show.
constexpr std::size_t mostShown = 600;
/// Bytes before the first difference that stay in sight.
constexpr std::int64_t lead = 30;

ColourRole stepRole(ReplayStepKind kind)
{
    switch (kind) {
    case ReplayStepKind::User:
        return ColourRole::User;
    case ReplayStepKind::Answer:
    case ReplayStepKind::Agent:
        return ColourRole::Model;
    case ReplayStepKind::ToolCall:
        return ColourRole::Tool;
    case ReplayStepKind::System:
    case ReplayStepKind::Environment:
        break;
    }
    return ColourRole::System;
}

/// The aligned step that says what differs in a column: of the base that of the candidate which differs most.
const ReplayStep* tellingStep(const ReplayReading& reading, const ReplayLine& line, std::size_t column)
{
    if (column > 0)
        return reading.step(line, column);
    const ReplayStep* most = nullptr;
    for (std::size_t other = 1; other <= reading.comparisons.size(); ++other) {
        const ReplayStep* const step = reading.step(line, other);
        if (step && step->base.there() && (!most || step->weight > most->weight))
            most = step;
    }
    return most;
}

const ReplayBytes& bytesOf(const ReplaySlot& slot, std::size_t column)
{
    return column == 0 ? slot.base : slot.candidate;
}

/// Sign and word of how two columns differ on a line.
QChar signOf(ReplayLink link)
{
    constexpr char16_t signs[] = {u'=', 0x2248, 0x2260, 0x2260, 0x2212, u'+', 0x21c5};
    return QChar(signs[static_cast<std::size_t>(link)]);
}

class StepPainter
{
public:
    StepPainter(QPainter& painter, const PaintedReplay& replay, const TimelineStyle& style)
        : m_painter(painter)
        , m_replay(replay)
        , m_style(style)
        , m_metrics(style.labels.metrics())
    {
    }

    void paintBlock(const ReplayBlock& block)
    {
        const QRect rect(block.rect.x, block.rect.y, block.rect.width, block.rect.height);
        const ReplayLine& line = m_replay.lines[block.line];
        const int at = static_cast<int>(block.line);
        const bool whole = m_replay.marks.selected.line == at;
        const bool selected = whole && (m_replay.marks.selected.piece < 0 ||
                                        m_replay.marks.selected.piece == block.column || block.column < 0);
        const bool hovered = m_replay.marks.hovered.line == at;
        m_painter.setPen(Qt::NoPen);
        if (block.column < 0) {
            paintFold(rect, line);
        } else {
            paintStep(rect, line, static_cast<std::size_t>(block.column));
        }
        m_painter.setBrush(Qt::NoBrush);
        if (selected || whole) {
            m_painter.setPen(QPen(selected ? m_style.theme.text : m_style.theme.muted, selected ? 2 : 1));
            m_painter.drawRect(rect.adjusted(1, 1, -1, -1));
        } else if (hovered) {
            m_painter.setPen(m_style.theme.muted);
            m_painter.drawRect(rect.adjusted(0, 0, -1, -1));
        }
    }

    void paintConnector(const ReplayConnector& connector)
    {
        const Theme& theme = m_style.theme;
        const bool changed = connector.link >= ReplayLink::Path;
        QPen pen(changed ? theme.text : theme.muted, changed ? 2 : 1);
        if (connector.link == ReplayLink::Wording || connector.link == ReplayLink::Dropped ||
            connector.link == ReplayLink::Added)
            pen.setStyle(Qt::DotLine);
        if (connector.link == ReplayLink::Effect)
            pen.setColor(theme[ColourRole::Contradiction].fill);
        m_painter.setRenderHint(QPainter::Antialiasing, connector.link == ReplayLink::Moved);
        m_painter.setPen(pen);
        if (connector.link == ReplayLink::Moved) {
            QPainterPath path(QPointF(connector.x0, connector.y0));
            const double middle = (connector.x0 + connector.x1) / 2.0;
            path.cubicTo(middle, connector.y0, middle, connector.y1, connector.x1, connector.y1);
            m_painter.drawPath(path);
        } else {
            m_painter.drawLine(connector.x0, connector.y0, connector.x1, connector.y1);
        }
        m_painter.setRenderHint(QPainter::Antialiasing, false);
        const int size = m_metrics.height();
        const int x = (connector.x0 + connector.x1) / 2;
        const int y = connector.link == ReplayLink::Moved ? connector.y1 : (connector.y0 + connector.y1) / 2;
        const QRect ground(x - size / 2, y - size / 2, size, size);
        m_painter.fillRect(ground, theme.canvas);
        m_painter.setPen(connector.link == ReplayLink::Effect ? theme[ColourRole::Contradiction].ink
                         : changed                            ? theme.text
                                                              : theme.muted);
        QFont bold = m_style.labels.font();
        bold.setBold(changed);
        m_painter.setFont(bold);
        m_painter.drawText(ground, Qt::AlignCenter, QString(signOf(connector.link)));
        m_painter.setFont(m_style.labels.font());
    }

private:
    void paintFold(const QRect& rect, const ReplayLine& line)
    {
        const Theme& theme = m_style.theme;
        m_painter.fillRect(rect.adjusted(0, rect.height() / 4, 0, -rect.height() / 4), theme.stripe);
        m_painter.setPen(theme.muted);
        m_painter.drawText(rect, Qt::AlignCenter, foldText(line));
    }

    void paintStep(const QRect& rect, const ReplayLine& line, std::size_t column)
    {
        const Theme& theme = m_style.theme;
        const ReplayStep* const step = tellingStep(m_replay.reading, line, column);
        const ReplayText* const text = m_replay.reading.text(line, column);
        if (!step || !text)
            return;
        m_painter.fillRect(rect, line.changed() ? theme.stripe : theme.canvas);
        const RoleColours& role = theme[stepRole(step->kind)];
        m_painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), role.fill);
        m_painter.save();
        m_painter.setClipRect(rect, Qt::IntersectClip);
        const QRect inner = rect.adjusted(8, 3, -5, -3);
        int right = inner.right();
        if (column > 0 && step->isModels()) {
            const QString badge = badgeOf(*step);
            const int width = m_metrics.horizontalAdvance(badge);
            if (width < inner.width() / 2) {
                m_painter.setPen(theme.muted);
                m_painter.drawText(QRect(right - width, inner.y(), width + 1, m_metrics.height()), Qt::AlignRight,
                                   badge);
                right -= width + 8;
            }
        }
        const QString head = step->tool.empty() || step->kind == ReplayStepKind::Answer ? stepKindText(step->kind)
                                                                                        : oneLine(step->tool, 40);
        QFont bold = m_style.labels.font();
        bold.setBold(true);
        m_painter.setFont(bold);
        const QFontMetrics boldMetrics(bold);
        const int headWidth =
            std::min(boldMetrics.horizontalAdvance(head) + 2, std::max(20, (right - inner.x()) * 2 / 3));
        m_painter.setPen(role.ink);
        m_painter.drawText(QRect(inner.x(), inner.y(), headWidth, m_metrics.height()), Qt::AlignLeft,
                           boldMetrics.elidedText(head, Qt::ElideRight, headWidth));
        m_painter.setFont(m_style.labels.font());
        const int after = inner.x() + headWidth + 8;
        paintText(inner, after, right, line, column, *step, *text);
        m_painter.restore();
    }

    static QString badgeOf(const ReplayStep& step)
    {
        if (step.validity == ReplayValidity::ContextEqual)
            return QString();
        return validityText(step.validity);
    }

    /// The rest of the first line and the whole of the second; from the first difference on where that lies far.
    void paintText(const QRect& inner, int after, int right, const ReplayLine& line, std::size_t column,
                   const ReplayStep& step, const ReplayText& text)
    {
        const bool call = step.kind == ReplayStepKind::ToolCall || step.kind == ReplayStepKind::Agent;
        std::int64_t first = -1;
        for (const ReplaySlot& slot : step.marks) {
            const ReplayBytes& bytes = bytesOf(slot, column);
            if (!bytes.empty() && (first < 0 || bytes.from < first))
                first = bytes.from;
        }
        const auto room = static_cast<std::int64_t>((inner.width() * 2 - after + inner.x()) /
                                                    std::max(1, m_metrics.averageCharWidth()));
        const std::size_t from =
            first > room * 2 / 3 ? static_cast<std::size_t>(std::max<std::int64_t>(0, first - lead)) : 0;
        ShownQuote shown = shownStep(m_replay.reading, line, column, from, mostShown);
        if (from > 0) {
            shown.text.prepend(QChar(0x2026));
            for (ShownMark& mark : shown.marks) {
                ++mark.from;
                ++mark.to;
            }
        }
        for (QChar& c : shown.text) {
            if (c == QLatin1Char('\n') || c == QLatin1Char('\t'))
                c = QLatin1Char(' ');
        }
        const bool result = call && text.hasResult;
        drawMarked(inner, after, right, shown, result ? 1 : 2);
        if (result) {
            m_painter.setPen(m_style.theme.muted);
            const QString shownResult = QChar(0x2192) + QLatin1Char(' ') + oneLine(text.result.substr(0, mostShown));
            m_painter.drawText(QRect(inner.x(), inner.y() + m_metrics.height(), inner.width(), m_metrics.height()),
                               Qt::AlignLeft, m_metrics.elidedText(shownResult, Qt::ElideRight, inner.width()));
        }
    }

    /// Each line for itself: the last one ends in an ellipsis where there is more.
    void drawMarked(const QRect& inner, int after, int right, const ShownQuote& shown, int lines)
    {
        m_painter.setPen(m_style.theme.text);
        int from = 0;
        for (int i = 0; i < lines && from < shown.text.size(); ++i) {
            const int x = i == 0 ? after : inner.x();
            const int width = std::max(10, (i == 0 ? right : inner.right()) - x);
            const bool last = i + 1 == lines;
            const QString rest = shown.text.mid(from);
            const QString text = last ? m_metrics.elidedText(rest, Qt::ElideRight, width) : rest;
            const auto marked = static_cast<int>(text == rest ? text.size() : text.size() - 1);
            QTextLayout layout(text, m_style.labels.font());
            QTextOption option;
            option.setWrapMode(last ? QTextOption::NoWrap : QTextOption::WrapAtWordBoundaryOrAnywhere);
            option.setTextDirection(shown.text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
            layout.setTextOption(option);
            layout.setFormats(formatsFrom(shown.marks, from, marked));
            layout.beginLayout();
            QTextLine line = layout.createLine();
            line.setLineWidth(width);
            line.setPosition(QPointF(x, inner.y() + i * m_metrics.height()));
            layout.endLayout();
            layout.draw(&m_painter, QPointF(0, 0));
            from += line.textLength();
        }
    }

    /// What is marked within `length` characters from `from`.
    QList<QTextLayout::FormatRange> formatsFrom(const std::vector<ShownMark>& marks, int from, int length) const
    {
        QList<QTextLayout::FormatRange> formats;
        for (const ShownMark& mark : marks) {
            QTextLayout::FormatRange range;
            range.start = std::max(0, mark.from - from);
            range.length = std::min(mark.to - from, length) - range.start;
            range.format.setFontWeight(QFont::Bold);
            range.format.setFontUnderline(true);
            range.format.setBackground(m_style.theme.tint(ColourRole::Contradiction));
            if (range.length > 0)
                formats << range;
        }
        return formats;
    }

    QPainter& m_painter;
    const PaintedReplay& m_replay;
    const TimelineStyle& m_style;
    const QFontMetrics& m_metrics;
};

} // namespace

ShownQuote shownStep(const ReplayReading& reading, const ReplayLine& line, std::size_t column, std::size_t from,
                     std::size_t most)
{
    const ReplayText* const text = reading.text(line, column);
    if (!text)
        return {};
    FindingPlace place;
    from = std::min(from, text->text.size());
    while (from > 0 && from < text->text.size() && (static_cast<unsigned char>(text->text[from]) & 0xc0) == 0x80)
        --from;
    place.quote = text->text.substr(from, most);
    if (const ReplayStep* const step = tellingStep(reading, line, column)) {
        for (const ReplaySlot& slot : step->marks) {
            const ReplayBytes& bytes = bytesOf(slot, column);
            const std::int64_t begin = bytes.from - static_cast<std::int64_t>(from);
            const std::int64_t end =
                std::min(bytes.to - static_cast<std::int64_t>(from), static_cast<std::int64_t>(place.quote.size()));
            if (!bytes.empty() && slot.detail != ReplayDetail::None && begin >= 0 && end > begin)
                place.marks.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        }
    }
    return shownQuote(place);
}

QString foldText(const ReplayLine& line)
{
    const QString alike = counted(line.folded, QObject::tr("%1 step alike"), QObject::tr("%1 steps alike"));
    return line.worded > 0 ? QObject::tr("%1, %2 of them in other words").arg(alike, countText(line.worded)) : alike;
}

void paintReplay(QPainter& painter, const PaintedReplay& replay, const TimelineStyle& style)
{
    StepPainter steps(painter, replay, style);
    painter.setFont(style.labels.font());
    for (const ReplayConnector& connector : replay.scene.connectors)
        steps.paintConnector(connector);
    for (const ReplayBlock& block : replay.scene.blocks)
        steps.paintBlock(block);
}

void paintReplayHead(QPainter& painter, const QRect& rect, const ReplayReading& reading, std::size_t column,
                     const TimelineStyle& style)
{
    const FoundReplay& found = *reading.of;
    const std::size_t side = column == 0 ? 0 : reading.candidates[column - 1] + 1;
    const ReplayRun& run = found.pairing.runs[reading.runs[column]];
    const QFontMetrics& metrics = style.labels.metrics();
    const QString about = oneLine(found.sides[side], 80);
    QString outcome = run.outcome == ArcOutcome::Unknown ? QString() : outcomeText(run.outcome);
    if (found.task(reading.task).runs[side].size() > 1)
        outcome += (outcome.isEmpty() ? QString() : QStringLiteral(", ")) + QObject::tr("run %1").arg(run.trial);
    QFont bold = style.labels.font();
    bold.setBold(true);
    const QString letter = sideLetter(side);
    const int letterWidth = QFontMetrics(bold).horizontalAdvance(letter) + 8;
    painter.setFont(bold);
    painter.setPen(style.theme.text);
    painter.drawText(rect.adjusted(2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, letter);
    painter.setFont(style.labels.font());
    const int outcomeWidth = std::min(metrics.horizontalAdvance(outcome), rect.width() / 2);
    const int room = rect.width() - letterWidth - outcomeWidth - 10;
    const bool fits = metrics.horizontalAdvance(about) <= room;
    painter.drawText(QRect(rect.x() + letterWidth, rect.y(), std::max(0, room), rect.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(fits ? about : oneLine(endsOfNames(found.sides)[side], 80), Qt::ElideRight,
                                        std::max(0, room)));
    painter.setPen(style.theme.muted);
    painter.drawText(rect.adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(outcome, Qt::ElideRight, outcomeWidth + 2));
}

} // namespace arcscope
