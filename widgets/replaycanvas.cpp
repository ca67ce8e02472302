#include "replaycanvas.h"

#include "displaytext.h"
#include "replaypainter.h"
#include "replayphrases.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace arcscope
{

namespace
{

std::vector<std::vector<std::uint32_t>> tracesOf(const ReplayReading& reading)
{
    std::vector<std::vector<std::uint32_t>> traces;
    for (const std::uint32_t run : reading.runs)
        traces.push_back(reading.of->pairing.runs[run].traces);
    return traces;
}

} // namespace

ReplayCanvas::ReplayCanvas(QWidget* parent)
    : LineCanvas(parent)
{
    setAccessibleName(tr("Runs side by side"));
    setMinimumHeight(fontMetrics().height() * 5);
    connect(this, &LineCanvas::activated, this, [this] {
        if (line())
            emit stepActivated();
        else
            openFold();
    });
}

void ReplayCanvas::setReading(ReplayReadingPtr reading)
{
    const ReplaySide* const before = line() ? m_reading->side(*line(), static_cast<std::size_t>(column())) : nullptr;
    const bool same = before && reading && reading->of && m_reading->of && reading->of->in == m_reading->of->in &&
                      tracesOf(*reading) == tracesOf(*m_reading);
    const std::optional<ReplaySide> kept = same ? std::optional(*before) : std::nullopt;
    const int keptColumn = column();
    m_why = reading && reading->lines.empty() ? replayEmptyText(*reading) : QString();
    m_reading = reading && !reading->lines.empty() ? std::move(reading) : nullptr;
    m_comparisons = m_reading ? m_reading->all() : std::vector<const ReplayComparison*>();
    m_opened.clear();
    m_lines.clear();
    m_moves.clear();
    verticalScrollBar()->setValue(0);
    if (m_reading)
        arrange();
    LinePlace first{nextChange(m_lines, -1, 1).value_or(m_lines.empty() ? -1 : 0), -1};
    for (int i = 0; kept && i < lines(); ++i) {
        const ReplayLine& one = m_lines[static_cast<std::size_t>(i)];
        const ReplaySide* const side =
            one.isFold() ? nullptr : m_reading->side(one, static_cast<std::size_t>(keptColumn));
        if (side && side->step == kept->step)
            first = {i, keptColumn};
    }
    linesChanged(first);
    reveal();
    viewport()->update();
}

void ReplayCanvas::setOnlyDifferences(bool on)
{
    if (on == m_only)
        return;
    m_only = on;
    m_opened.clear();
    if (!m_reading)
        return;
    const ReplayLine* const before = line();
    const std::optional<ReplayLine> kept = before ? std::optional(*before) : std::nullopt;
    arrange();
    int at = 0;
    for (int i = 0; kept && i < lines(); ++i) {
        const ReplayLine& one = m_lines[static_cast<std::size_t>(i)];
        if (!one.isFold() && one.base == kept->base && one.steps == kept->steps)
            at = i;
    }
    linesChanged({at, -1});
    reveal();
}

void ReplayCanvas::arrange()
{
    m_lines = m_reading->lines;
    if (m_only) {
        std::vector<ReplayLine> shown;
        for (ReplayLine& line : foldedLines(m_reading->lines)) {
            const bool opened =
                line.isFold() && std::find(m_opened.begin(), m_opened.end(), line.first) != m_opened.end();
            if (opened)
                shown.insert(shown.end(), m_reading->lines.begin() + line.first,
                             m_reading->lines.begin() + line.first + line.folded);
            else
                shown.push_back(std::move(line));
        }
        m_lines = std::move(shown);
    }
    m_moves = replayMoves(m_lines, m_comparisons);
}

void ReplayCanvas::openFold()
{
    const int at = place().line;
    if (at < 0 || at >= lines() || !m_lines[static_cast<std::size_t>(at)].isFold())
        return;
    m_opened.push_back(m_lines[static_cast<std::size_t>(at)].first);
    arrange();
    linesChanged({at, -1});
    emit placeChanged();
}

const ReplayLine* ReplayCanvas::line() const
{
    const int at = place().line;
    if (at < 0 || at >= lines() || m_lines[static_cast<std::size_t>(at)].isFold())
        return nullptr;
    return &m_lines[static_cast<std::size_t>(at)];
}

int ReplayCanvas::column() const
{
    return std::max(0, place().piece);
}

bool ReplayCanvas::hasChange(int by) const
{
    return nextChange(m_lines, place().line, by).has_value();
}

bool ReplayCanvas::stepChange(int by)
{
    const std::optional<int> next = nextChange(m_lines, place().line, by);
    if (next)
        chooseByUser({*next, -1});
    return next.has_value();
}

void ReplayCanvas::focusColumn(int column)
{
    setFocus();
    if (m_reading && column >= 0 && column <= static_cast<int>(m_comparisons.size()) && place().line >= 0)
        chooseByUser({place().line, column});
}

QString ReplayCanvas::textOf(LinePlace place) const
{
    if (!m_reading)
        return m_why;
    if (place.line < 0 || place.line >= lines())
        return {};
    const ReplayLine& line = m_lines[static_cast<std::size_t>(place.line)];
    if (line.isFold())
        return foldText(line);
    const auto sentence = [&](std::size_t column) {
        const ReplayText* const text = m_reading->text(line, column);
        return tr("%1: %2").arg(sideLetter(m_reading->sideOf(column)),
                                text ? oneLine(text->text, 120) : tr("no such step"));
    };
    QStringList parts;
    if (place.piece >= 0) {
        parts << sentence(static_cast<std::size_t>(place.piece));
    } else {
        for (std::size_t column = 0; column <= m_comparisons.size(); ++column)
            parts << sentence(column);
    }
    for (std::size_t column = 1; column <= m_comparisons.size(); ++column) {
        if (place.piece > 0 && static_cast<std::size_t>(place.piece) != column)
            continue;
        if (const QString what = replayStepText(*m_reading, line, column); !what.isEmpty())
            parts.prepend(what);
    }
    return parts.join(QStringLiteral("  \u00b7  "));
}

LineCanvas::Sizes ReplayCanvas::laidOut(int width)
{
    m_width = width;
    m_line = 2 * fontMetrics().height() + 12;
    m_head = fontMetrics().height() + 10;
    return {m_head, m_line, 0, m_line / 2};
}

ReplayViewport ReplayCanvas::viewportFor(int first, int count) const
{
    ReplayViewport viewport;
    viewport.width = m_width;
    viewport.columns = static_cast<int>(m_comparisons.size()) + 1;
    viewport.line = m_line;
    viewport.gap = std::min(44, m_width / (viewport.columns * 5) + 8);
    viewport.margin = 6;
    viewport.indent = 12;
    viewport.padding = 2;
    viewport.first = first;
    viewport.count = count;
    return viewport;
}

std::vector<LineCanvas::Piece> ReplayCanvas::pieces(int line) const
{
    std::vector<Piece> pieces;
    if (!m_reading)
        return pieces;
    for (const ReplayBlock& block : layOut(m_lines, {}, m_comparisons, viewportFor(line, 1)).blocks) {
        if (block.column >= 0)
            pieces.push_back(
                {block.column, QRect(block.rect.x, block.rect.y - line * m_line, block.rect.width, block.rect.height)});
    }
    return pieces;
}

void ReplayCanvas::paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                              const TimelineStyle& style)
{
    painter.fillRect(0, 0, m_width, std::max(0, height), style.theme.canvas);
    painter.save();
    painter.translate(0, -scroll);
    const int first = std::max(0, scroll / m_line - 1);
    const ReplayScene scene = layOut(m_lines, m_moves, m_comparisons, viewportFor(first, height / m_line + 4));
    paintReplay(painter, {*m_reading, m_lines, scene, marks, m_line}, style);
    painter.restore();
}

void ReplayCanvas::paintHead(QPainter& painter, const TimelineStyle& style)
{
    painter.fillRect(0, 0, m_width, m_head, style.theme.stripe);
    painter.setPen(style.theme.rule);
    painter.drawLine(0, m_head - 1, m_width, m_head - 1);
    const ReplayViewport viewport = viewportFor(0, 0);
    for (int column = 0; column < viewport.columns; ++column) {
        const Rect rect = replayColumn(viewport, column);
        paintReplayHead(painter, QRect(rect.x, 0, rect.width, m_head - 1), *m_reading, static_cast<std::size_t>(column),
                        style);
    }
}

} // namespace arcscope
