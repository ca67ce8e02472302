#include "timelinelayout.h"

#include "lanegeometry.h"
#include "linelayout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace arcscope
{

namespace
{

/// More links than this are too many lines to follow; those of the selection are still there, see arrowsOf().
constexpr std::size_t mostArrows = 200;
constexpr std::size_t mostLinksTried = 20'000;

class SceneLayout
{
public:
    SceneLayout(const TimelineData& data, const Viewport& viewport, Scene last = {})
        : scene(std::move(last))
        , m_data(data)
        , m_geometry(data, viewport)
    {
        scene.headers.clear();
        scene.strips.clear();
        scene.cells.clear();
        scene.boxes.clear();
        scene.labels.clear();
        scene.arrows.clear();
        scene.ticks = {};
        scene.touched = 0;
        scene.viewport = viewport;
        scene.pinnedHeight = m_geometry.pinnedHeight;
        scene.contentHeight = m_geometry.contentHeight;
    }

    void lane(std::uint32_t lane)
    {
        const Viewport& view = scene.viewport;
        const LaneState state = view.state(lane);
        const int top = m_geometry.tops[lane];
        const int from = state.pinned ? 0 : scene.pinnedHeight;
        if (top + m_geometry.heights[lane] <= from || top >= view.height)
            return;
        scene.headers.push_back({lane, top, m_geometry.heights[lane], state});
        if (state.collapsed) {
            const std::uint32_t first = m_data.lanes[lane].firstLine;
            const auto cells = addStrip(first, top, true);
            scene.touched += sampleLines(m_data, first, first + m_data.lanes[lane].lines, view.range, cells);
            return;
        }
        const int pitch = view.rowHeight + view.rowGap;
        const int firstVisible = std::max(0, (from - top - view.rowHeight) / pitch);
        for (auto i = static_cast<std::uint32_t>(firstVisible); i < m_data.lanes[lane].lines; ++i) {
            const int y = top + static_cast<int>(i) * pitch;
            if (y >= view.height)
                break;
            line(m_data.lanes[lane].firstLine + i, y);
        }
    }

    void lanes()
    {
        const Viewport& view = scene.viewport;
        const auto lines = static_cast<std::size_t>(view.height / (view.rowHeight + view.rowGap)) + 2;
        scene.cells.reserve(lines * static_cast<std::size_t>(view.width));
        for (const std::uint32_t number : m_geometry.order)
            lane(number);
    }

    void labels()
    {
        for (std::uint32_t i = 0; i < scene.boxes.size(); ++i) {
            const Box& box = scene.boxes[i];
            if (box.rect.width < (box.foldedCount > 1 ? 2 : 1) * scene.viewport.minLabel)
                continue;
            Label label{box.rect, i, {}};
            if (box.foldedCount > 1)
                label.text = std::to_string(box.foldedCount);
            else
                label.text = labelOf(box.row);
            if (!label.text.empty())
                scene.labels.push_back(std::move(label));
        }
    }

    void arrows()
    {
        if (m_data.links.size() > mostLinksTried)
            return;
        for (const TimelineLink& link : m_data.links) {
            if (const auto found = arrow(link.parent, link.child))
                scene.arrows.push_back(*found);
            if (scene.arrows.size() > mostArrows) {
                scene.arrows.clear();
                return;
            }
        }
    }

    std::optional<Rect> rect(Row row) const
    {
        const auto place = m_data.place(row);
        if (!place)
            return {};
        const std::uint32_t lane = m_data.lines[place->line].lane;
        if (m_geometry.heights[lane] == 0)
            return {};
        const Viewport& view = m_geometry.viewport;
        const TimeRange range = m_data.range(*place);
        // Far outside of the picture pixels would not fit an int.
        const double limit = 1e6;
        const double from = std::clamp(std::floor(xOf(range.start, view.range, view.width)), -limit, limit);
        const double to = std::clamp(std::ceil(xOf(range.end, view.range, view.width)), -limit, limit);
        return Rect{static_cast<int>(from), m_geometry.lineTop(place->line), std::max(1, static_cast<int>(to - from)),
                    view.rowHeight};
    }

    /// From the parent down or up to the start of the child; nothing where both ends are outside of the picture.
    std::optional<Arrow> arrow(Row parent, Row child) const
    {
        const auto from = rect(parent);
        const auto to = rect(child);
        if (!from || !to || from->y == to->y)
            return {};
        const Viewport& view = m_geometry.viewport;
        Arrow made;
        made.parent = parent;
        made.child = child;
        made.toX = to->x;
        made.toY = to->y + to->height / 2;
        made.fromX = std::clamp(to->x, from->x, from->right() - 1);
        made.fromY = to->y > from->y ? from->bottom() : from->y;
        const bool outside = (made.toX < 0 && made.fromX < 0) || (made.toX >= view.width && made.fromX >= view.width) ||
                             (made.toY < 0 && made.fromY < 0) || (made.toY >= view.height && made.fromY >= view.height);
        return outside ? std::optional<Arrow>() : made;
    }

    Scene scene;

private:
    std::string labelOf(Row row) const
    {
        for (const SpanText what : {SpanText::Name, SpanText::Tool, SpanText::Agent, SpanText::ModelServed}) {
            const auto text = m_data.corpus.text(what, row);
            if (!text.empty())
                return std::string(text);
        }
        return std::string(name(m_data.corpus.spans.kind(row)));
    }

    std::span<Cell> addStrip(std::uint32_t line, int y, bool collapsed)
    {
        const auto width = static_cast<std::size_t>(std::max(0, scene.viewport.width));
        const auto first = static_cast<std::uint32_t>(scene.cells.size());
        const std::uint32_t lane = m_data.lines[line].lane;
        scene.strips.push_back({y, scene.viewport.rowHeight, first, line, lane, collapsed, m_data.lines[line].density,
                                scene.viewport.state(lane).pinned});
        scene.cells.resize(scene.cells.size() + width);
        return std::span(scene.cells).subspan(first);
    }

    void line(std::uint32_t number, int y)
    {
        const std::size_t first = scene.boxes.size();
        const auto cells = addStrip(number, y, false);
        scene.touched += layOutLine(m_data, number, scene.viewport.range, cells, scene.boxes);
        for (std::size_t i = first; i < scene.boxes.size(); ++i) {
            Box& box = scene.boxes[i];
            box.rect.y = y;
            box.rect.height = scene.viewport.rowHeight;
            box.line = number;
        }
    }

    const TimelineData& m_data;
    LaneGeometry m_geometry;
};

} // namespace

Scene layOut(const TimelineData& data, const Viewport& viewport, Scene last)
{
    SceneLayout layout(data, viewport, std::move(last));
    if (viewport.width < 1 || !viewport.range.recorded())
        return std::move(layout.scene);
    layout.lanes();
    layout.labels();
    layout.arrows();
    const TickMode mode = data.ordinal ? TickMode::Ordinal : viewport.ticks;
    const Nanos origin = viewport.origin != noTime && !data.ordinal ? viewport.origin : data.bounds.start;
    layout.scene.ticks = ticks(viewport.range, viewport.width, viewport.tickSpacing, mode, origin);
    return std::move(layout.scene);
}

std::optional<Rect> rectOf(const TimelineData& data, const Viewport& viewport, Row row)
{
    return SceneLayout(data, viewport).rect(row);
}

std::vector<Arrow> arrowsOf(const TimelineData& data, const Viewport& viewport, Row row)
{
    std::vector<Arrow> arrows;
    if (row == noRow || !data.place(row))
        return arrows;
    const SceneLayout layout(data, viewport);
    const auto add = [&](Row parent, Row child) {
        if (const auto arrow = layout.arrow(parent, child))
            arrows.push_back(*arrow);
    };
    if (const Row parent = data.corpus.spans.parent(row); parent != noRow)
        add(parent, row);
    const auto less = [](const TimelineLink& link, Row parent) { return link.parent < parent; };
    for (auto link = std::lower_bound(data.links.begin(), data.links.end(), row, less);
         link != data.links.end() && link->parent == row && arrows.size() < mostArrows; ++link)
        add(row, link->child);
    return arrows;
}

std::vector<Cell> density(const TimelineData& data, const TimeRange& range, int width)
{
    std::vector<Cell> cells(static_cast<std::size_t>(std::max(0, width)));
    if (!cells.empty() && range.recorded())
        sampleLines(data, 0, static_cast<std::uint32_t>(data.lines.size()), range, cells);
    return cells;
}

} // namespace arcscope
