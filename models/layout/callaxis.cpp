// The time axis of lanes of tool calls: where nothing happens in the rows in sight for long, it is folded.
#include "axis.h"
#include "calllanes.h"

#include <algorithm>

namespace arcscope
{
namespace
{

void addPoint(std::vector<TimeRange>& busy, Nanos time)
{
    if (time != noTime)
        busy.push_back({time, time});
}

/// When a call waited, ran, or is only known to have been under way.
void addCall(std::vector<TimeRange>& busy, const LaneRow& lane)
{
    if (lane.run.recorded())
        busy.push_back({lane.asked == noTime ? lane.run.start : std::min(lane.asked, lane.run.start), lane.run.end});
    else if (lane.asked != noTime && lane.given > lane.asked)
        busy.push_back({lane.asked, lane.given});
    addPoint(busy, lane.asked);
    addPoint(busy, lane.given);
}

/// An agent is there all the time: what it started tells when something happened.
void addOwner(std::vector<TimeRange>& busy, const LaneRow& lane)
{
    if (lane.own.recorded() && !lane.flags.has(LaneFlag::Agent))
        busy.push_back(lane.own);
    addPoint(busy, lane.joined);
}

std::vector<TimeRange> busyIn(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport)
{
    std::vector<TimeRange> busy;
    const auto [first, end] = placesIn(rows, viewport);
    for (std::uint32_t place = first; place < end; ++place) {
        const std::uint32_t row = rows.visible()[place];
        const LaneRow& lane = lanes.rows[row];
        if (!lane.flags.has(LaneFlag::Owner)) {
            addCall(busy, lane);
            continue;
        }
        addOwner(busy, lane);
        for (std::uint32_t call = row + 1; rows.collapsed(row) && call < lane.end; call = lanes.rows[call].end)
            addCall(busy, lanes.rows[call]);
    }
    std::erase_if(busy, [&](const TimeRange& range) {
        return range.end < viewport.range.start || range.start > viewport.range.end;
    });
    return united(std::move(busy));
}

} // namespace

std::pair<std::uint32_t, std::uint32_t> placesIn(const CallRows& rows, const CallViewport& viewport)
{
    if (viewport.height <= 0 || viewport.width <= 0)
        return {0, 0};
    const auto all = static_cast<std::int64_t>(rows.size());
    const auto first = std::clamp<std::int64_t>(viewport.scroll / viewport.rowHeight, 0, all);
    const auto end = std::clamp<std::int64_t>(
        (std::int64_t{viewport.scroll} + viewport.height - 1) / viewport.rowHeight + 1, first, all);
    return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)};
}

FoldedAxis laneAxis(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport)
{
    const FoldedAxis plain(viewport.range, 0, viewport.width);
    if (viewport.fold <= 0 || lanes.ordinal)
        return plain;
    const std::vector<TimeRange> busy = busyIn(lanes, rows, viewport);
    Nanos active = 0;
    for (const TimeRange& range : busy)
        active += range.length();
    if (active == 0)
        return plain;
    constexpr Nanos shareOfActive = 4; // a shorter pause costs less room than it would be worth to see it to scale
    constexpr double margin = 0.04;
    return {{busy.front().start, busy.back().end},
            margin * viewport.width,
            (1 - margin) * viewport.width,
            busy,
            std::max(active / shareOfActive, millisecond),
            static_cast<double>(viewport.fold)};
}

} // namespace arcscope
