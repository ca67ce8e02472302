#include "lanegeometry.h"

namespace arcscope
{

LaneGeometry::LaneGeometry(const TimelineData& timeline, const Viewport& view)
    : data(timeline)
    , viewport(view)
    , tops(timeline.lanes.size())
    , heights(timeline.lanes.size())
{
    const auto height = [&](std::uint32_t lane) {
        const LaneState state = viewport.state(lane);
        if (state.hidden || data.lanes[lane].lines == 0)
            return 0;
        const int lines = state.collapsed ? 1 : static_cast<int>(data.lanes[lane].lines);
        return lines * (viewport.rowHeight + viewport.rowGap) - viewport.rowGap + viewport.laneGap;
    };
    for (const bool pinned : {true, false}) {
        int y = pinned ? 0 : pinnedHeight - viewport.scroll;
        for (std::uint32_t lane = 0; lane < tops.size(); ++lane) {
            if (viewport.state(lane).pinned != pinned)
                continue;
            heights[lane] = height(lane);
            if (heights[lane] == 0)
                continue;
            tops[lane] = y;
            y += heights[lane];
            order.push_back(lane);
        }
        (pinned ? pinnedHeight : contentHeight) = pinned ? y : y - pinnedHeight + viewport.scroll;
    }
}

int LaneGeometry::lineTop(std::uint32_t line) const
{
    const std::uint32_t lane = data.lines[line].lane;
    if (viewport.state(lane).collapsed)
        return tops[lane];
    return tops[lane] + static_cast<int>(line - data.lanes[lane].firstLine) * (viewport.rowHeight + viewport.rowGap);
}

std::optional<std::uint32_t> LaneGeometry::laneAt(int y) const
{
    for (const std::uint32_t lane : order) {
        if (y >= tops[lane] && y < tops[lane] + heights[lane] && (viewport.state(lane).pinned || y >= pinnedHeight))
            return lane;
    }
    return {};
}

std::optional<std::uint32_t> LaneGeometry::lineAt(std::uint32_t lane, int y) const
{
    const int inLane = y - tops[lane];
    const int pitch = viewport.rowHeight + viewport.rowGap;
    if (inLane < 0 || inLane >= heights[lane] - viewport.laneGap || inLane % pitch >= viewport.rowHeight)
        return {};
    return data.lanes[lane].firstLine + static_cast<std::uint32_t>(inLane / pitch);
}

} // namespace arcscope
