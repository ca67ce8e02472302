#include "stoptrendpainter.h"

#include "displaytext.h"
#include "stopbadge.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr int pad = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("StopTrend", text);
}

QString legendText(StopBucket bucket)
{
    return QString(bucketSign(bucket)) + QLatin1Char(' ') + bucketText(bucket);
}

std::vector<StopBucket> shownBuckets(const StopOverview& overview)
{
    std::vector<StopBucket> buckets;
    for (int i = 0; i < stopBucketCount; ++i) {
        if (!overview.shown.cells[static_cast<std::size_t>(i)].rows.empty())
            buckets.push_back(static_cast<StopBucket>(i));
    }
    return buckets;
}

QString disagreeText()
{
    return tr("%1 disagrees").arg(disagreementSign());
}

/// Where each entry of the legend begins; lines of `step`.
template <typename Place>
int flowLegend(const StopOverview& overview, int width, const QFontMetrics& metrics, Place place)
{
    int x = pad;
    int line = 0;
    const auto add = [&](const QString& text, std::optional<StopBucket> bucket) {
        const int wide = metrics.horizontalAdvance(text) + metrics.height() + 4;
        if (x > pad && x + wide + pad > width) {
            x = pad;
            ++line;
        }
        place(text, bucket, x, line);
        x += wide + 2 * pad;
    };
    for (const StopBucket bucket : shownBuckets(overview))
        add(legendText(bucket), bucket);
    if (overview.shown.disagreeing > 0)
        add(disagreeText(), std::nullopt);
    return line + 1;
}

/// The mark below what disagrees.
QRect disagreeMark(const QRect& rect, int width)
{
    return {rect.left(), rect.bottom() - 2, width, 3};
}

} // namespace

QString trendName(const StopLine& line)
{
    return line.name.empty() ? tr("not recorded") : oneLine(line.name, 200);
}

QRect StopTrendLayout::barRect(int top) const
{
    return {header, top + 2, std::max(1, width - header - pad), row - 4};
}

std::vector<std::pair<StopBucket, QRect>> StopTrendLayout::pieces(const StopLine& line, int top) const
{
    std::vector<std::pair<StopBucket, QRect>> pieces;
    if (line.calls == 0)
        return pieces;
    const QRect bar = barRect(top);
    std::uint64_t before = 0;
    int left = bar.left();
    // What is whole comes first: what is wrong begins at the same edge in every row then.
    for (int i = 0; i < stopBucketCount; ++i) {
        const auto bucket = static_cast<StopBucket>((i + static_cast<int>(StopBucket::Complete)) % stopBucketCount);
        const std::uint64_t calls = line[bucket].rows.size();
        if (calls == 0)
            continue;
        before += calls;
        const int right =
            bar.left() + static_cast<int>(std::lround(static_cast<double>(bar.width()) * static_cast<double>(before) /
                                                      static_cast<double>(line.calls)));
        const int end = std::max(right, left + 2);
        pieces.emplace_back(bucket, QRect(left, bar.top(), end - left, bar.height()));
        left = end;
    }
    // Pieces too small to be seen took room from those behind them.
    for (int over = left - (bar.left() + bar.width()); over > 0;) {
        const auto widest = std::max_element(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) {
            return a.second.width() < b.second.width();
        });
        const int cut = std::min(over, std::max(1, widest->second.width() / 2));
        widest->second.setWidth(widest->second.width() - cut);
        for (auto behind = widest + 1; behind != pieces.end(); ++behind)
            behind->second.translate(-cut, 0);
        over -= cut;
    }
    return pieces;
}

StopTrendLayout layOut(const StopOverview& overview, int width, const QFontMetrics& metrics)
{
    StopTrendLayout layout;
    layout.width = width;
    int names = metrics.averageCharWidth() * 8;
    for (const StopLine& line : overview.groups) {
        names = std::max(names, metrics.horizontalAdvance(trendName(line)));
        layout.count = std::max(layout.count, metrics.horizontalAdvance(countText(static_cast<qint64>(line.calls))));
    }
    layout.count += pad;
    layout.header = std::min(names + layout.count + 3 * pad, width * 2 / 5);
    layout.row = metrics.height() + 8;
    const int lines = flowLegend(overview, width, metrics, [](auto&&...) {});
    layout.legend = lines * (metrics.height() + 2) + 6;
    return layout;
}

void paintStopTrend(QPainter& painter, const StopOverview& overview, const StopTrendLayout& layout, int scroll,
                    int height, const LineMarks& marks, const TimelineStyle& style)
{
    const Theme& theme = style.theme;
    const QFontMetrics& metrics = style.labels.metrics();
    painter.setFont(style.labels.font());
    painter.fillRect(QRect(0, 0, layout.width, height), theme.canvas);
    const int count = static_cast<int>(overview.groups.size());
    for (int i = std::max(0, scroll / layout.row); i < count && i * layout.row - scroll < height; ++i) {
        const StopLine& line = overview.groups[static_cast<std::size_t>(i)];
        const int top = i * layout.row - scroll;
        const bool here = marks.selected.line == i;
        if (i % 2 == 1)
            painter.fillRect(QRect(0, top, layout.width, layout.row), theme.stripe);
        if (marks.hovered.line == i)
            painter.fillRect(QRect(0, top, layout.header, layout.row), theme.tint(ColourRole::Model));
        painter.setPen(line.name.empty() ? theme.muted : theme.text);
        const int nameWidth = layout.header - layout.count - 2 * pad;
        painter.drawText(QRect(pad, top, nameWidth, layout.row), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         metrics.elidedText(trendName(line), Qt::ElideMiddle, nameWidth));
        painter.setPen(theme.muted);
        painter.drawText(QRect(layout.header - layout.count - pad, top, layout.count, layout.row),
                         Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
                         countText(static_cast<qint64>(line.calls)));
        if (line.calls == 0)
            painter.fillRect(QRect(layout.barRect(top).left(), top + layout.row / 2, layout.barRect(top).width(), 1),
                             theme.rule);
        for (const auto& [bucket, rect] : layout.pieces(line, top)) {
            const QRect piece = rect.adjusted(0, 0, rect.width() > 4 ? -1 : 0, 0);
            paintBucketFill(painter, piece, bucket, theme);
            const StopLine::Cell& cell = line[bucket];
            QString text =
                QString(bucketSign(bucket)) + QLatin1Char(' ') + countText(static_cast<qint64>(cell.rows.size()));
            if (metrics.horizontalAdvance(text) + 6 > piece.width())
                text = bucketSign(bucket);
            if (metrics.horizontalAdvance(text) + 3 <= piece.width()) {
                if (bucket == StopBucket::Unknown)
                    painter.fillRect(QRect(piece.left() + 2, piece.top() + 2, metrics.horizontalAdvance(text) + 4,
                                           piece.height() - 4),
                                     theme.stripe);
                painter.setPen(bucketOnFill(theme, bucket));
                painter.drawText(piece.adjusted(piece.width() > 12 ? 4 : 1, -1, 0, -1),
                                 Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
            }
            if (cell.disagreeing > 0) {
                const int wide =
                    std::max(2, static_cast<int>(std::lround(piece.width() * static_cast<double>(cell.disagreeing) /
                                                             static_cast<double>(cell.rows.size()))));
                painter.fillRect(disagreeMark(piece, std::min(wide, piece.width())), theme.text);
            }
            const bool selected = here && marks.selected.piece == static_cast<int>(bucket);
            if (selected || (marks.hovered.line == i && marks.hovered.piece == static_cast<int>(bucket))) {
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(theme.canvas, 1));
                painter.drawRect(piece.adjusted(0, 0, -1, -1));
                painter.setPen(QPen(selected ? theme.text : theme.muted, 2));
                painter.drawRect(piece.adjusted(-1, -1, 1, 1));
            }
        }
        if (here)
            painter.fillRect(QRect(0, top, 3, layout.row), theme[ColourRole::Model].fill);
        if (here && marks.selected.piece < 0) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(marks.focused ? theme.text : theme.muted, 1));
            painter.drawRect(QRect(0, top, layout.width - 1, layout.row - 1));
        }
    }
}

void paintStopLegend(QPainter& painter, const StopOverview& overview, const StopTrendLayout& layout,
                     const TimelineStyle& style)
{
    const Theme& theme = style.theme;
    const QFontMetrics& metrics = style.labels.metrics();
    painter.setFont(style.labels.font());
    painter.fillRect(QRect(0, 0, layout.width, layout.legend), theme.canvas);
    const int side = metrics.height() - 2;
    flowLegend(overview, layout.width, metrics,
               [&](const QString& text, std::optional<StopBucket> bucket, int x, int line) {
                   const int top = 3 + line * (metrics.height() + 2);
                   const QRect box(x, top + 1, side, side);
                   if (bucket)
                       paintBucketFill(painter, box, *bucket, theme);
                   else
                       painter.fillRect(disagreeMark(box, side), theme.text);
                   painter.setPen(theme.muted);
                   painter.drawText(QPoint(x + side + 5, top + metrics.ascent()), text);
               });
    painter.fillRect(QRect(0, layout.legend - 1, layout.width, 1), theme.rule);
}

} // namespace arcscope
