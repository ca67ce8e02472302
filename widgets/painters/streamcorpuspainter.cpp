#include "streamcorpuspainter.h"

#include "displaytext.h"
#include "streamlistmodel.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr int perDecade = 10;
constexpr int pad = 8;
constexpr int widestBucket = 40;

QString tr(const char* text)
{
    return QCoreApplication::translate("StreamCorpusPainter", text);
}

QString valueText(const StreamOverview& overview, double value)
{
    return value > 0 || overview.metric == StreamMetric::Acceptance
               ? QString::fromStdString(metricText(overview.metric, value))
               : tr("none");
}

/// Without zeros that a round number does not need: "1 s" for "1.00 s".
QString labelOf(const StreamOverview& overview, double value)
{
    QString text = valueText(overview, value);
    const qsizetype point = text.indexOf(u'.');
    qsizetype end = point + 1;
    while (point >= 0 && end < text.size() && text[end].isDigit())
        ++end;
    while (point >= 0 && end > point && (text[end - 1] == u'0' || text[end - 1] == u'.'))
        text.remove(--end, 1);
    return text;
}

QString many(std::size_t count, const QString& one, const QString& more)
{
    return counted(static_cast<std::int64_t>(count), one, more);
}

enum class QuantileMark { Half, NineTenths, NinetyNine };

class Painting
{
public:
    Painting(QPainter& painter, const StreamOverview& overview, const StreamCorpusLayout& layout,
             const TimelineStyle& style)
        : m_painter(painter)
        , m_overview(overview)
        , m_layout(layout)
        , m_style(style)
        , m_metrics(style.labels.metrics())
        , m_role(roleOf(overview.metric))
    {
    }

    void row(std::size_t index, int top, const LineMarks& marks)
    {
        const StreamLine& line = m_overview.lines[index];
        const QRect whole(0, top, m_layout.width, m_layout.row);
        m_painter.fillRect(whole, index % 2 == 0 ? theme().canvas : theme().stripe);
        grid(whole);
        const bool here = marks.selected.line == static_cast<int>(index);
        if (here)
            m_painter.fillRect(QRect(0, top, 3, m_layout.row), colours().fill);
        header(line, top);
        if (line.distribution.count == 0) {
            text(QRect(m_layout.header + pad, top, m_layout.width - m_layout.header - 2 * pad, m_layout.row),
                 tr("not recorded"), theme().muted, Qt::AlignVCenter | Qt::AlignLeft);
        } else {
            bars(line, index, top, here ? marks.selected.piece : -1,
                 marks.hovered.line == static_cast<int>(index) ? marks.hovered.piece : -1);
            quantiles(line, top);
        }
        if (here && marks.selected.piece < 0) {
            m_painter.setPen(QPen(marks.focused ? theme().text : theme().muted, 1));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRect(whole.adjusted(0, 0, -1, -1));
        }
    }

    void axis()
    {
        const QRect whole(0, 0, m_layout.width, m_layout.axis);
        m_painter.fillRect(whole, theme().canvas);
        const int base = m_layout.axis - 1;
        m_painter.fillRect(QRect(m_layout.header, base, m_layout.width - m_layout.header, 1), theme().rule);
        if (m_overview.values == 0)
            return;
        legend();
        const int labelTop = base - m_metrics.height() - 5;
        int free = m_layout.header;
        if (m_layout.zero > 0)
            free = tick(m_layout.left(zeroBucket) + m_layout.zero / 2 - 3, tr("none"), labelTop, free);
        for (int pass = 0; pass < 2; ++pass) { // first whole decades, then 2 and 5 where there is room
            for (int i = 0; i <= m_layout.buckets; ++i) {
                const int number = m_layout.first + i;
                if (isLabelled(number) == (pass == 0 ? 1 : 2))
                    label(number, labelTop, pass == 1);
            }
        }
    }

private:
    const Theme& theme() const { return m_style.theme; }
    const RoleColours& colours() const { return theme()[m_role]; }

    void text(const QRect& rect, const QString& what, const QColor& colour, int flags)
    {
        m_painter.setPen(colour);
        m_painter.drawText(rect, flags | Qt::TextSingleLine, m_metrics.elidedText(what, Qt::ElideRight, rect.width()));
    }

    /// 1: a power of ten, or a quarter; 2: also labelled where there is room; 0: not.
    int isLabelled(int number) const
    {
        if (m_overview.metric == StreamMetric::Acceptance)
            return number % 5 == 0 ? 1 : 0;
        const int step = ((number % perDecade) + perDecade) % perDecade;
        return step == 0 ? 1 : (step == 3 || step == 7 ? 2 : 0); // 2 and 5
    }

    double boundAt(int number) const
    {
        const BucketScale scale =
            m_overview.metric == StreamMetric::Acceptance ? BucketScale::Shares : BucketScale::Logarithmic;
        return boundsOf(number, scale).from;
    }

    void grid(const QRect& whole)
    {
        for (int i = 0; i <= m_layout.buckets && m_overview.values > 0; ++i) {
            if (isLabelled(m_layout.first + i) == 1)
                m_painter.fillRect(QRect(m_layout.left(m_layout.first + i), whole.y(), 1, whole.height()),
                                   theme().rule);
        }
    }

    int tick(int centre, const QString& what, int top, int free)
    {
        const int width = m_metrics.horizontalAdvance(what);
        const int left = std::max(centre - width / 2, free);
        m_painter.setPen(theme().muted);
        m_painter.drawText(QRect(left, top, width + 2, m_metrics.height()), Qt::AlignCenter, what);
        m_taken.emplace_back(left, left + width);
        return left + width + pad;
    }

    void label(int number, int top, bool optional)
    {
        const QString what = labelOf(m_overview, boundAt(number));
        const int width = m_metrics.horizontalAdvance(what);
        const int x = m_layout.left(number);
        const int left =
            std::clamp(x - width / 2, m_layout.header, std::max(m_layout.header, m_layout.width - width - 2));
        const int gap = optional ? 2 * pad : pad;
        for (const auto& [from, to] : m_taken) {
            if (left < to + gap && left + width > from - gap)
                return;
        }
        m_painter.fillRect(QRect(x, m_layout.axis - 5, 1, 4), theme().muted);
        tick(left + width / 2, what, top, m_layout.header);
    }

    void header(const StreamLine& line, int top)
    {
        const int height = m_metrics.height();
        const int lines = 3 * height;
        int y = top + (m_layout.row - lines) / 2;
        const QRect place(pad, y, m_layout.header - 2 * pad, height);
        const QString name = groupName(m_overview, line.group);
        text(place, name, line.group.recorded ? theme().text : theme().muted, Qt::AlignLeft | Qt::AlignVCenter);
        const Distribution& made = line.distribution;
        QString counts = many(line.totals.streams, tr("%1 stream"), tr("%1 streams"));
        if (made.notRecorded > 0 && made.count > 0)
            counts += tr(", %1 not recorded").arg(countText(static_cast<std::int64_t>(made.notRecorded)));
        text(place.translated(0, height), counts, theme().muted, Qt::AlignLeft | Qt::AlignVCenter);
        if (made.count > 0)
            text(place.translated(0, 2 * height),
                 QStringLiteral("p50 %1 \u00b7 p90 %2 \u00b7 p99 %3")
                     .arg(valueText(m_overview, made.p50), valueText(m_overview, made.p90),
                          valueText(m_overview, made.p99)),
                 theme().text, Qt::AlignLeft | Qt::AlignVCenter);
    }

    void bars(const StreamLine& line, std::size_t index, int top, int selected, int hovered)
    {
        std::size_t most = 0; // the bar of 0 may tower over all others: it is cut where it would flatten them
        for (const Bucket& bucket : line.distribution.buckets)
            most = bucket.number == zeroBucket ? most : std::max(most, bucket.indices.size());
        if (most == 0)
            most = std::max<std::size_t>(1, line.distribution.count);
        const int room = m_layout.row - 2 * markRoom();
        const int base = top + m_layout.row - markRoom();
        for (std::size_t i = 0; i < line.distribution.buckets.size(); ++i) {
            const Bucket& bucket = line.distribution.buckets[i];
            QRect bar = m_layout.bucketRect(bucket.number, top);
            const bool cut = bucket.indices.size() > most;
            const double share = cut ? 1 : static_cast<double>(bucket.indices.size()) / static_cast<double>(most);
            const int height = std::max(3, static_cast<int>(std::lround(room * share)));
            bar = QRect(bar.x(), base - height, bar.width(), height);
            const auto measured = bucket.bySource[static_cast<std::size_t>(Provenance::Measured)];
            const int solid = static_cast<int>(
                std::lround(height * static_cast<double>(measured) / static_cast<double>(bucket.indices.size())));
            const bool is = static_cast<int>(i) == selected;
            const bool near = static_cast<int>(i) == hovered;
            if (is || near)
                m_painter.fillRect(QRect(bar.x(), top + 1, bar.width(), m_layout.row - 2), theme().tint(m_role));
            if (solid > 0)
                m_painter.fillRect(bar.adjusted(0, height - solid, 0, 0), colours().fill);
            if (solid < height)
                loose(bar.adjusted(0, 0, 0, -solid), bucket);
            if (cut)
                tear(bar, index % 2 == 0 ? theme().canvas : theme().stripe);
            if (is) {
                m_painter.setPen(QPen(theme().text, 1));
                m_painter.setBrush(Qt::NoBrush);
                m_painter.drawRect(QRect(bar.x(), top + 1, bar.width(), m_layout.row - 3).adjusted(-1, 0, 0, 0));
            }
        }
    }

    /// A gap near the top: the bar is higher than it is drawn.
    void tear(const QRect& bar, const QColor& ground)
    {
        const int y = bar.top() + bar.height() / 4;
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(ground, 3));
        m_painter.drawLine(QPointF(bar.left() - 1, y + 3), QPointF(bar.right() + 2, y - 3));
        m_painter.restore();
    }

    /// Values that are not measured: hatched, with a dashed edge where they are inferred.
    void loose(const QRect& rect, const Bucket& bucket)
    {
        const bool inferred = bucket.bySource[static_cast<std::size_t>(Provenance::Inferred)] >
                              bucket.bySource[static_cast<std::size_t>(Provenance::Declared)];
        m_painter.fillRect(rect, theme().tint(m_role));
        m_painter.fillRect(rect, QBrush(colours().fill, inferred ? Qt::Dense5Pattern : Qt::BDiagPattern));
        if (rect.width() < 3 || rect.height() < 3)
            return;
        m_painter.setPen(QPen(colours().fill, 1, inferred ? Qt::DashLine : Qt::SolidLine));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }

    int markRoom() const { return std::max(8, m_metrics.height() / 2); }

    void quantiles(const StreamLine& line, int top)
    {
        const Distribution& made = line.distribution;
        // The largest first: where they meet the median is on top.
        for (const auto& [value, mark] :
             {std::pair(made.p99, QuantileMark::NinetyNine), std::pair(made.p90, QuantileMark::NineTenths),
              std::pair(made.p50, QuantileMark::Half)}) {
            const double x = m_layout.x(value, made.scale);
            m_painter.setPen(QPen(mixed(theme().canvas, theme().text, 0.55), 1,
                                  mark == QuantileMark::Half ? Qt::SolidLine : Qt::DotLine));
            const int at = static_cast<int>(std::lround(x));
            m_painter.drawLine(at, top + markRoom(), at, top + m_layout.row - 2);
            quantileMark(QPointF(at + 0.5, top + markRoom() / 2.0 + 1), mark);
        }
    }

    /// A full diamond, an empty one, a bar.
    void quantileMark(const QPointF& at, QuantileMark mark)
    {
        const double size = markRoom() / 2.0 - 0.5;
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(theme().text, 1.2));
        m_painter.setBrush(mark == QuantileMark::Half ? theme().text : theme().canvas);
        if (mark == QuantileMark::NinetyNine) {
            m_painter.setBrush(theme().text);
            m_painter.drawRect(QRectF(at.x() - 1, at.y() - size, 2, 2 * size));
        } else {
            m_painter.drawPolygon(QPolygonF(
                {{at.x(), at.y() - size}, {at.x() + size, at.y()}, {at.x(), at.y() + size}, {at.x() - size, at.y()}}));
        }
        m_painter.restore();
    }

    /// What the marks mean, as far as there is room; the sources only where there are values of them.
    void legend()
    {
        const int height = m_metrics.height();
        int x = pad;
        const int y = 3;
        const auto say = [&](const QString& what) {
            const int width = m_metrics.horizontalAdvance(what);
            if (x + width + pad > m_layout.width)
                return;
            m_painter.setPen(theme().muted);
            m_painter.drawText(QRect(x, y, width + 2, height), Qt::AlignLeft | Qt::AlignVCenter, what);
            x += width + 2 * pad;
        };
        const auto mark = [&](QuantileMark which, const QString& what) {
            if (x + m_metrics.horizontalAdvance(what) + 3 * pad > m_layout.width)
                return;
            quantileMark(QPointF(x + markRoom() / 2.0, y + height / 2.0), which);
            x += markRoom() + 4;
            say(what);
        };
        mark(QuantileMark::Half, QStringLiteral("p50"));
        mark(QuantileMark::NineTenths, QStringLiteral("p90"));
        mark(QuantileMark::NinetyNine, QStringLiteral("p99"));
        std::array<std::size_t, provenanceCount> sources{};
        for (const StreamLine& line : m_overview.lines) {
            for (std::size_t i = 0; i < sources.size(); ++i)
                sources[i] += line.distribution.bySource[i];
        }
        const auto source = [&](Provenance which, const QString& what) {
            if (sources[static_cast<std::size_t>(which)] == 0 ||
                x + m_metrics.horizontalAdvance(what) + 5 * pad > m_layout.width)
                return;
            const QRect swatch(x, y + height / 4, height, height * 3 / 4);
            Bucket bucket;
            bucket.bySource[static_cast<std::size_t>(which)] = 1;
            if (which == Provenance::Measured)
                m_painter.fillRect(swatch, colours().fill);
            else
                loose(swatch, bucket);
            x += height + 4;
            say(what);
        };
        source(Provenance::Measured, tr("measured"));
        source(Provenance::Declared, tr("declared"));
        source(Provenance::Inferred, tr("inferred"));
        say(tr("each row to its own height"));
    }

    QPainter& m_painter;
    const StreamOverview& m_overview;
    const StreamCorpusLayout& m_layout;
    const TimelineStyle& m_style;
    const QFontMetrics& m_metrics;
    ColourRole m_role;
    std::vector<std::pair<int, int>> m_taken; ///< by labels
};

} // namespace

ColourRole roleOf(StreamMetric metric)
{
    switch (metric) {
    case StreamMetric::LongestStall:
        return ColourRole::Stall;
    case StreamMetric::Acceptance:
        return ColourRole::Committed;
    case StreamMetric::Withdrawn:
        return ColourRole::Retracted;
    case StreamMetric::FirstToken:
    case StreamMetric::FirstVisible:
    case StreamMetric::TokenSpeed:
    case StreamMetric::ByteSpeed:
        break;
    }
    return ColourRole::Model;
}

int StreamCorpusLayout::left(int number) const
{
    if (number == zeroBucket)
        return header;
    return header + zero + static_cast<int>(std::lround(bucket * (number - first)));
}

QRect StreamCorpusLayout::bucketRect(int number, int top) const
{
    if (number == zeroBucket)
        return {header + 1, top, std::max(3, zero - 8), row};
    const int from = left(number);
    return {from + 1, top, std::max(1, left(number + 1) - from - 1), row};
}

double StreamCorpusLayout::x(double value, BucketScale scale) const
{
    const int number = bucketOf(value, scale);
    if (number == zeroBucket)
        return header + (zero - 6) / 2.0;
    const BucketBounds bounds = boundsOf(number, scale);
    const double share = scale == BucketScale::Shares
                             ? (value - bounds.from) / (bounds.to - bounds.from)
                             : std::log(value / bounds.from) / std::log(bounds.to / bounds.from);
    return header + zero + bucket * (number - first + share);
}

StreamCorpusLayout layOut(const StreamOverview& overview, int width, const QFontMetrics& metrics)
{
    StreamCorpusLayout layout;
    layout.width = width;
    layout.header = std::min(width / 2, metrics.averageCharWidth() * 42);
    layout.axis = 2 * metrics.height() + 16;
    layout.row = std::max(48, 3 * metrics.height() + 14);
    layout.zero = overview.anyZero ? std::max(26, metrics.horizontalAdvance(tr("none"))) + 6 : 0;
    layout.first = overview.first;
    layout.buckets = overview.values == 0 ? 1 : overview.last - overview.first + 1;
    const int room = std::max(10, width - layout.header - layout.zero - 2 * pad);
    layout.bucket = std::min<double>(widestBucket, static_cast<double>(room) / layout.buckets);
    return layout;
}

void paintStreamRows(QPainter& painter, const StreamOverview& overview, const StreamCorpusLayout& layout, int scroll,
                     int height, const LineMarks& marks, const TimelineStyle& style)
{
    painter.setFont(style.labels.font());
    painter.fillRect(0, 0, layout.width, height, style.theme.canvas);
    Painting painting(painter, overview, layout, style);
    for (int i = std::max(0, scroll / layout.row); i < static_cast<int>(overview.lines.size()); ++i) {
        const int top = i * layout.row - scroll;
        if (top >= height)
            break;
        painting.row(static_cast<std::size_t>(i), top, marks);
    }
}

void paintStreamCorpusAxis(QPainter& painter, const StreamOverview& overview, const StreamCorpusLayout& layout,
                           const TimelineStyle& style)
{
    painter.setFont(style.labels.font());
    Painting(painter, overview, layout, style).axis();
}

} // namespace arcscope
