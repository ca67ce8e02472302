// Where lanes and lines lie from top to bottom.
#pragma once

#include "timelinelayout.h"

#include <vector>

namespace arcscope
{

/// Tops of all lanes of a viewport, in its pixels.
struct LaneGeometry {
    LaneGeometry(const TimelineData& timeline, const Viewport& view);

    /// Top of a line; of a collapsed lane: of its strip. Only for lanes that are not hidden.
    int lineTop(std::uint32_t line) const;
    /// The lane at y; nothing in the gap below the last. Pinned lanes cover the others.
    std::optional<std::uint32_t> laneAt(int y) const;
    /// The line of a lane at y; nothing in a gap.
    std::optional<std::uint32_t> lineAt(std::uint32_t lane, int y) const;

    const TimelineData& data;
    const Viewport& viewport;
    std::vector<std::uint32_t> order; ///< lanes that are not hidden, pinned ones first
    std::vector<int> tops;            ///< by lane
    std::vector<int> heights;         ///< by lane, with the gap below; 0: hidden
    int pinnedHeight = 0;
    int contentHeight = 0;
};

} // namespace arcscope
