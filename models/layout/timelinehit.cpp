#include "lanegeometry.h"
#include "linelayout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace arcscope
{

namespace
{

/// Spans of a line that overlaps are looked at one by one, as far as this.
constexpr std::uint32_t mostOverlapping = 20'000;

Nanos distance(const TimeRange& range, Nanos time)
{
    if (time < range.start)
        return saturatingAdd(range.start, -time);
    return time > range.end ? saturatingAdd(time, -range.end) : 0;
}

/// Index of the span of [first, end) that is nearest to a time; of several that contain it the shortest.
std::uint32_t nearest(const TimelineData& data, std::uint32_t line, std::uint32_t first, std::uint32_t end, Nanos time)
{
    std::uint32_t best = first;
    auto bestKey = std::pair(std::numeric_limits<Nanos>::max(), std::numeric_limits<std::uint64_t>::max());
    for (std::uint32_t i = first; i < std::min(end, first + mostOverlapping); ++i) {
        const TimeRange range = data.range({line, i});
        const auto key = std::pair(distance(range, time), lengthOf(range));
        if (key < bestKey) {
            bestKey = key;
            best = i;
        }
    }
    return best;
}

/// Adds what one line has in a range of time to a hit.
void addLine(const TimelineData& data, std::uint32_t line, const TimeRange& range, Nanos time, Hit& hit, Nanos& closest)
{
    const auto [first, end] = touching(data, line, range);
    if (first == end)
        return;
    const std::uint32_t found = nearest(data, line, first, end, time);
    const TimeRange span = data.range({line, found});
    if (const Nanos away = distance(span, time); hit.row == noRow || away < closest) {
        closest = away;
        hit.row = data.rows[found];
        hit.line = line;
    }
    hit.foldedCount += end - first;
    hit.error = hit.error || anyError(data, data.lines[line], first, end);
    const TimeRange all{data.starts[first], data.ends[end - 1]};
    hit.range =
        hit.range.recorded() ? TimeRange{std::min(hit.range.start, all.start), std::max(hit.range.end, all.end)} : all;
}

} // namespace

Hit hitTest(const TimelineData& data, const Viewport& viewport, int x, int y, int reach)
{
    Hit hit;
    const LaneGeometry geometry(data, viewport);
    hit.lane = geometry.laneAt(y);
    if (!hit.lane || viewport.width < 1)
        return hit;
    const bool collapsed = viewport.state(*hit.lane).collapsed;
    const auto line = geometry.lineAt(*hit.lane, y);
    if (!line)
        return hit;
    hit.line = line;
    const std::uint32_t firstLine = collapsed ? data.lanes[*hit.lane].firstLine : *line;
    const std::uint32_t endLine = collapsed ? firstLine + data.lanes[*hit.lane].lines : firstLine + 1;
    const Nanos time = timeAt(x + 0.5, viewport.range, viewport.width);
    for (const int around : {0, reach}) {
        TimeRange range{timeAt(x - around, viewport.range, viewport.width),
                        timeAt(x + 1 + around, viewport.range, viewport.width)};
        range.end = std::max(range.end, saturatingAdd(range.start, 1));
        Nanos closest = 0;
        for (std::uint32_t i = firstLine; i < endLine; ++i)
            addLine(data, i, range, time, hit, closest);
        if (hit.row != noRow)
            break;
    }
    if (hit.row == noRow || collapsed)
        return hit;
    // A span that is drawn as a box of its own stands for itself, whatever else touches the pixel.
    const auto place = data.place(hit.row);
    if (!place)
        return hit;
    const TimeRange span = data.range(*place);
    const double width =
        xOf(span.end, viewport.range, viewport.width) - xOf(span.start, viewport.range, viewport.width);
    if (width >= minBoxWidth && !data.lines[place->line].density) {
        hit.foldedCount = 1;
        hit.error = data.look(place->index).error();
        hit.range = span;
    }
    return hit;
}

int scrollShowing(const TimelineData& data, const Viewport& viewport, Row row)
{
    const auto place = data.place(row);
    if (!place)
        return viewport.scroll;
    const LaneGeometry geometry(data, viewport);
    const std::uint32_t lane = data.lines[place->line].lane;
    if (viewport.state(lane).pinned || geometry.heights[lane] == 0)
        return viewport.scroll;
    const int top = geometry.lineTop(place->line) + viewport.scroll - geometry.pinnedHeight;
    const int room = viewport.height - geometry.pinnedHeight;
    const int margin = std::min(viewport.rowHeight, std::max(0, (room - viewport.rowHeight) / 2));
    const int least = top + viewport.rowHeight + margin - room;
    const int most = top - margin;
    const int wanted = viewport.scroll < least ? least : std::min(viewport.scroll, most);
    return std::clamp(wanted, 0, std::max(0, geometry.contentHeight - room));
}

} // namespace arcscope
