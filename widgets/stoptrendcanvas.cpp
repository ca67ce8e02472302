#include "stoptrendcanvas.h"

#include "displaytext.h"
#include "stopwords.h"

namespace arcscope
{

StopTrendCanvas::StopTrendCanvas(QWidget* parent)
    : LineCanvas(parent)
{
    setMinimumHeight(fontMetrics().height() * 4);
    setAccessibleName(tr("What groups of calls stopped for"));
    connect(this, &LineCanvas::placeChanged, this, [this] { m_byUser = true; });
}

void StopTrendCanvas::setOverview(StopOverviewPtr overview)
{
    const LinePlace old = place();
    m_byUser = m_byUser && old.line >= 0 && m_overview && overview && m_overview->by == overview->by;
    const StopOverviewPtr before = m_byUser ? m_overview : nullptr;
    m_overview = std::move(overview);
    LinePlace selected{lines() > 0 ? 0 : -1, -1};
    for (int i = 0; before && i < lines(); ++i) {
        if (line(i).name != before->groups[static_cast<std::size_t>(old.line)].name)
            continue;
        const bool has = old.piece >= 0 && !line(i)[static_cast<StopBucket>(old.piece)].rows.empty();
        selected = {i, has ? old.piece : -1};
    }
    if (m_overview)
        setAccessibleName((m_overview->what == StopsOf::Calls ? tr("What calls stopped for, by %1")
                                                              : tr("What runs stopped for, by %1"))
                              .arg(groupingText(m_overview->by).toLower()));
    linesChanged(selected);
}

LineCanvas::Sizes StopTrendCanvas::laidOut(int width)
{
    m_layout = layOut(*m_overview, width, fontMetrics());
    return {m_layout.legend, m_layout.row, m_layout.header};
}

std::vector<LineCanvas::Piece> StopTrendCanvas::pieces(int index) const
{
    std::vector<Piece> pieces;
    for (const auto& [bucket, rect] : m_layout.pieces(line(index), 0))
        pieces.push_back({static_cast<int>(bucket), rect});
    return pieces;
}

std::vector<Row> StopTrendCanvas::rowsAt(LinePlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    return place.piece >= 0 ? line(place.line)[static_cast<StopBucket>(place.piece)].rows
                            : line(place.line).rows(false, *m_overview->of);
}

QString StopTrendCanvas::textOf(LinePlace place) const
{
    if (place.line < 0 || place.line >= lines())
        return {};
    const StopLine& of = line(place.line);
    const QString calls = stopsText(m_overview->what, of.calls);
    const auto disagreeing = [](std::uint64_t count) {
        return count == 0
                   ? QString()
                   : tr(", %1 where the vendor's word says something else").arg(countText(static_cast<qint64>(count)));
    };
    if (place.piece < 0)
        return tr("%1: %2").arg(trendName(of), calls) + disagreeing(of.disagreeing);
    const auto bucket = static_cast<StopBucket>(place.piece);
    const StopLine::Cell& cell = of[bucket];
    return tr("%1, %2: %3 of %4 (%5)")
               .arg(trendName(of), bucketText(bucket), countText(static_cast<qint64>(cell.rows.size())), calls,
                    shareText(cell.rows.size(), of.calls)) +
           disagreeing(cell.disagreeing);
}

void StopTrendCanvas::paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                                 const TimelineStyle& style)
{
    paintStopTrend(painter, *m_overview, m_layout, scroll, height, marks, style);
}

void StopTrendCanvas::paintHead(QPainter& painter, const TimelineStyle& style)
{
    paintStopLegend(painter, *m_overview, m_layout, style);
}

} // namespace arcscope
