// The lanes of one stream with the place of every piece on its axis: made once, then laid out for any viewport.
#pragma once

#include "streammarks.h"
#include "times.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace arcscope
{

/// One row of the picture: a block's text, or the drafts of a block.
struct StreamLane {
    std::uint32_t block = 0;
    bool drafts = false;
    std::vector<Nanos> begins;        ///< of each item on the axis, never going back
    std::vector<std::uint32_t> items; ///< pieces of the block; of a lane of drafts: StreamModel::drafts()
    Nanos typicalGap = 0;             ///< median between items
    Nanos over = 0;                   ///< where its last item ends
};

/// Immutable, shared between threads.
struct StreamTimeline {
    std::shared_ptr<const StreamModel> model;
    StreamMarks marks;
    bool ordinal = false; ///< no event has a time: the axis counts events
    TimeRange bounds;
    Nanos origin = noTime; ///< zero of the axis: the request, else the first event
    std::vector<StreamLane> lanes;
    std::vector<Nanos> arrivals; ///< of every chunk and draft, for the gaps between them

    /// Where an event lies on the axis.
    Nanos at(std::uint32_t event) const;
    /// The last event at or before a place on the axis; noEvent before all.
    std::uint32_t eventAt(Nanos place) const;
};

/// `sent`: when the request was made; noTime: not recorded. A stream without events gives empty bounds.
std::shared_ptr<const StreamTimeline> streamTimeline(std::shared_ptr<const StreamModel> model, StreamMarks marks,
                                                     Nanos sent);

} // namespace arcscope
