#include "legendpainter.h"

#include "displaytext.h"

#include "spanglyph.h"

#include <QCoreApplication>

#include <algorithm>
#include <bitset>

namespace arcscope
{
namespace
{

struct Entry {
    SpanLook look;
    QString word;
    bool plain = false; ///< the mark without a kind
};

QString tr(const char* text)
{
    return QCoreApplication::translate("Legend", text);
}

std::vector<Entry> entriesOf(const Scene& scene)
{
    std::bitset<spanKindCount> kinds;
    bool error = false;
    bool inferred = false;
    bool open = false;
    bool notExecuted = false;
    bool synthetic = false;
    for (const Box& box : scene.boxes) {
        kinds.set(static_cast<std::size_t>(box.look.kind()));
        error = error || box.look.error();
        if (box.foldedCount != 1)
            continue;
        inferred = inferred || box.look.has(SpanLook::InferredStart) || box.look.has(SpanLook::InferredEnd);
        open = open || box.look.has(SpanLook::OpenEnd);
        notExecuted = notExecuted || box.look.has(SpanLook::NotExecuted);
        synthetic = synthetic || box.look.has(SpanLook::Synthetic);
    }
    for (const Cell& cell : scene.cells) {
        if (cell.empty())
            continue;
        kinds.set(static_cast<std::size_t>(cell.kind()));
        error = error || cell.error();
    }
    std::vector<Entry> entries;
    for (int i = 0; i < spanKindCount; ++i) {
        if (kinds.test(static_cast<std::size_t>(i)))
            entries.push_back(
                {SpanLook(static_cast<SpanKind>(i), SpanStatus::Unset, 0), kindText(static_cast<SpanKind>(i))});
    }
    const auto mark = [&](bool wanted, SpanStatus status, std::uint16_t flags, const QString& word) {
        if (wanted)
            entries.push_back({SpanLook(SpanKind::Other, status, flags), word, true});
    };
    mark(error, SpanStatus::Error, 0, tr("error"));
    mark(inferred, SpanStatus::Unset, SpanLook::InferredStart | SpanLook::InferredEnd, tr("time inferred"));
    mark(open, SpanStatus::Unset, SpanLook::OpenEnd, tr("no end recorded"));
    mark(notExecuted, SpanStatus::Unset, SpanLook::NotExecuted, tr("not executed"));
    mark(synthetic, SpanStatus::Unset, SpanLook::Synthetic, tr("stands for others"));
    return entries;
}

/// Where the entries of a legend lie.
struct LegendLayout {
    explicit LegendLayout(const Scene& scene, const TimelineStyle& style)
        : metrics(style.labels.metrics())
        , pad(static_cast<int>(6 * style.scale))
        , swatch(metrics.height() * 3 / 2)
        , row(metrics.height() + pad)
        , width(scene.viewport.width - 2 * pad)
    {
    }

    int advance(const Entry& entry) const { return swatch + pad + metrics.horizontalAdvance(entry.word) + 3 * pad; }
    /// Calls place(entry, x, y) from (0, 0) on; returns the number of rows.
    template <typename Place>
    int each(const std::vector<Entry>& entries, Place place) const
    {
        int x = 0;
        int rows = entries.empty() ? 0 : 1;
        for (const Entry& entry : entries) {
            if (x > 0 && x + advance(entry) > width) {
                x = 0;
                ++rows;
            }
            place(entry, x, (rows - 1) * row);
            x += advance(entry);
        }
        return rows;
    }
    int rowsOf(const std::vector<Entry>& entries) const
    {
        const int rows = each(entries, [](const Entry&, int, int) {});
        return rows > mostRows ? 0 : rows;
    }
    /// With a row of ground above it.
    int heightOf(int rows) const { return rows == 0 ? 0 : (rows + 1) * row + pad; }

    static constexpr int mostRows = 4;
    const QFontMetrics& metrics;
    int pad;
    int swatch;
    int row;
    int width;
};

} // namespace

int legendHeight(const Scene& scene, const TimelineStyle& style)
{
    const LegendLayout layout(scene, style);
    return layout.heightOf(layout.rowsOf(entriesOf(scene)));
}

int paintLegend(QPainter& painter, const Scene& scene, const TimelineStyle& style)
{
    const LegendLayout layout(scene, style);
    const int pad = layout.pad;
    const int room = scene.viewport.height - scene.pinnedHeight - scene.contentHeight;
    if (room < layout.heightOf(1))
        return scene.viewport.height; // before the cells are looked at: where lanes fill the view there are many
    const std::vector<Entry> entries = entriesOf(scene);
    const int rows = layout.rowsOf(entries);
    if (rows == 0 || room < layout.heightOf(rows))
        return scene.viewport.height;
    const int top = scene.viewport.height - rows * layout.row - pad;
    painter.setClipping(false);
    painter.setFont(style.labels.font());
    painter.fillRect(0, top - pad, scene.viewport.width, rows * layout.row + 2 * pad, style.theme.canvas);
    painter.fillRect(0, top - pad, scene.viewport.width, std::max(1, static_cast<int>(style.scale)), style.theme.rule);
    layout.each(entries, [&](const Entry& entry, int x, int y) {
        const int height = layout.metrics.height() - 2;
        paintSwatch(painter, Rect{pad + x, top + y + 1, layout.swatch, height}, entry.look, entry.plain, style);
        painter.setPen(style.theme.muted);
        painter.drawText(pad + x + layout.swatch + pad, top + y + layout.metrics.ascent(), entry.word);
    });
    return top - pad;
}

} // namespace arcscope
