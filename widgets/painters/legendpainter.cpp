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

} // namespace

void paintLegend(QPainter& painter, const Scene& scene, const TimelineStyle& style)
{
    const QFontMetrics& metrics = style.labels.metrics();
    const int pad = static_cast<int>(6 * style.scale);
    const int swatch = metrics.height() * 3 / 2;
    const int row = metrics.height() + pad;
    const int width = scene.viewport.width - 2 * pad;
    if (scene.viewport.height < scene.pinnedHeight + scene.contentHeight + 2 * row + pad)
        return; // before the cells are looked at: where lanes fill the view there are many
    const std::vector<Entry> entries = entriesOf(scene);
    const auto advance = [&](const Entry& entry) {
        return swatch + pad + metrics.horizontalAdvance(entry.word) + 3 * pad;
    };
    int rows = entries.empty() ? 0 : 1;
    for (int x = 0; const Entry& entry : entries) {
        if (x > 0 && x + advance(entry) > width) {
            x = 0;
            ++rows;
        }
        x += advance(entry);
    }
    const int top = scene.viewport.height - rows * row - pad;
    if (rows == 0 || rows > 4 || top < scene.pinnedHeight + scene.contentHeight + row)
        return;
    painter.setClipping(false);
    painter.setFont(style.labels.font());
    painter.fillRect(0, top - pad, scene.viewport.width, rows * row + 2 * pad, style.theme.canvas);
    painter.fillRect(0, top - pad, scene.viewport.width, std::max(1, static_cast<int>(style.scale)), style.theme.rule);
    int x = 0;
    int y = top;
    for (const Entry& entry : entries) {
        if (x > 0 && x + advance(entry) > width) {
            x = 0;
            y += row;
        }
        const int height = metrics.height() - 2;
        paintSwatch(painter, Rect{pad + x, y + 1, swatch, height}, entry.look, entry.plain, style);
        painter.setPen(style.theme.muted);
        painter.drawText(pad + x + swatch + pad, y + metrics.ascent(), entry.word);
        x += advance(entry);
    }
}

} // namespace arcscope
