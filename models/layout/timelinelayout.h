// From TimelineData and what part of it is seen to geometry: everything that is drawn, in device pixels, nothing else.
#pragma once

#include "axis.h"
#include "ticks.h"
#include "timelinedata.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

struct Rect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    int right() const { return x + width; }
    int bottom() const { return y + height; }
    bool contains(int px, int py) const { return px >= x && px < right() && py >= y && py < bottom(); }
    bool operator==(const Rect&) const = default;
};

/// What the user did to a lane.
struct LaneState {
    bool collapsed = false; ///< one line that shows the density of all
    bool hidden = false;
    bool pinned = false; ///< above the others, does not scroll
};

/// What is seen, all in device pixels. Copied freely: saved, restored, compared.
struct Viewport {
    TimeRange range;
    int width = 0;
    int height = 0;
    int rowHeight = 18;
    int rowGap = 2;
    int laneGap = 8;              ///< below each lane
    int minLabel = 40;            ///< narrower boxes have no label; runs need twice as much for their count
    int scroll = 0;               ///< of the lanes that are not pinned
    std::vector<LaneState> lanes; ///< by lane; lanes beyond its end are in the default state
    TickMode ticks = TickMode::SinceOrigin;
    Nanos origin = noTime; ///< of TickMode::SinceOrigin; noTime: start of the data
    int tickSpacing = 110;

    LaneState state(std::uint32_t lane) const { return lane < lanes.size() ? lanes[lane] : LaneState{}; }
};

/// One span, or a run of spans each too narrow to be drawn.
struct Box {
    Rect rect;
    Row row = noRow;               ///< the span; of a run its first
    std::uint32_t foldedCount = 1; ///< spans in the run, exact; 1: the span itself
    SpanLook look;                 ///< of a run: of its first span, with status Error where any failed
    std::uint32_t line = 0;
    bool cutLeft = false; ///< goes on outside of the picture
    bool cutRight = false;
};

/// The masses of a line, a cell for each pixel column: painted below the boxes. Boxes of single spans are not in it.
struct Strip {
    int y = 0;
    int height = 0;
    std::uint32_t firstCell = 0; ///< viewport.width cells of Scene::cells
    std::uint32_t line = 0;      ///< first of the lane where collapsed
    std::uint32_t lane = 0;
    bool collapsed = false;
    bool density = false;
    bool pinned = false;
};

struct Label {
    Rect rect;
    std::uint32_t box = 0; ///< the box it is written on
    std::string text;      ///< the name of the span (untrusted), or the count of a run
};

struct LaneHeader {
    std::uint32_t lane = 0;
    int y = 0; ///< may be negative where scrolled out in part
    int height = 0;
    LaneState state;
};

struct Arrow {
    int fromX = 0;
    int fromY = 0;
    int toX = 0;
    int toY = 0;
    Row parent = noRow;
    Row child = noRow;
};

struct Scene {
    Viewport viewport;
    std::vector<LaneHeader> headers;
    std::vector<Strip> strips;
    std::vector<Cell> cells;
    std::vector<Box> boxes; ///< by line, then x
    std::vector<Label> labels;
    std::vector<Arrow> arrows;
    TickScale ticks;
    int pinnedHeight = 0;      ///< the part at the top that pinned lanes take
    int contentHeight = 0;     ///< of all lanes that scroll
    std::uint64_t touched = 0; ///< spans and buckets that were looked at: the cost, for tests
};

/// The picture of a viewport. Cost grows with lines on screen times width, never with the number of spans. The memory
/// of `last`, a scene that is no longer needed, is used again: fresh memory costs as much as filling it.
Scene layOut(const TimelineData& data, const Viewport& viewport, Scene last = {});

/// What lies under a point of the viewport.
struct Hit {
    std::optional<std::uint32_t> lane;
    std::optional<std::uint32_t> line;
    Row row = noRow;               ///< the span, or the nearest within `reach` pixels; noRow: none
    std::uint32_t foldedCount = 0; ///< spans drawn on that pixel, exact; 0: none
    bool error = false;            ///< one of them failed
    TimeRange range;               ///< of the span, or of all of these
};
Hit hitTest(const TimelineData& data, const Viewport& viewport, int x, int y, int reach = 2);

/// Where a row is drawn, at least one pixel wide and not cut at the edges of the picture; nothing where it is not
/// placed or its lane is hidden. Of a collapsed lane: its strip.
std::optional<Rect> rectOf(const TimelineData& data, const Viewport& viewport, Row row);

/// Between a row and its parent, and between it and its children in other lanes.
std::vector<Arrow> arrowsOf(const TimelineData& data, const Viewport& viewport, Row row);

/// The scroll nearest to the present one with which the line of a row is seen.
int scrollShowing(const TimelineData& data, const Viewport& viewport, Row row);

/// All lines at once, one cell for each pixel of `width`: the minimap. Coverage is how many run at once, 255 for the
/// most in the range; agents and workflows, which only contain others, count where nothing else runs.
std::vector<Cell> density(const TimelineData& data, const TimeRange& range, int width);

/// Which span comes next for the arrow keys.
enum class Step : std::uint8_t {
    Previous, ///< in time, all lanes that are not hidden
    Next,
    PreviousInLane,
    NextInLane,
    PreviousOfKind, ///< in the lane
    NextOfKind,
    LineAbove, ///< the span nearest in time on the next line that has any
    LineBelow,
};
/// noRow where there is none. From noRow: the first span for Next and LineBelow, the last for Previous and LineAbove.
Row neighbour(const TimelineData& data, const Viewport& viewport, Row row, Step step);

} // namespace arcscope
