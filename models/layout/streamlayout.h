// From a StreamTimeline and what part of it is seen to geometry: phases, lanes of chunks and drafts, exposure of what
// was taken back, stalls, loops and the gaps between chunks, in device pixels.
#pragma once

#include "streamtimeline.h"
#include "ticks.h"
#include "timelinelayout.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// What is seen, in device pixels.
struct StreamViewport {
    TimeRange range;
    int width = 0;
    int phaseHeight = 22; ///< of the bar of phases; not drawn where there are none
    int laneHeight = 26;
    int draftHeight = 20;
    int laneGap = 6;
    int latencyHeight = 40; ///< of the strip of gaps; not drawn where there are no times
    int minLabel = 28;      ///< narrower boxes have no text
    int tickSpacing = 110;
};

enum class StreamLook : std::uint8_t {
    Shown,     ///< text that stayed
    Reasoning, ///< that users do not read
    Arguments, ///< of a tool call
    Accepted,  ///< a draft, or its part, that stayed
    Open,      ///< a draft of which nothing more is recorded
    Withdrawn,
};

/// One piece of text or draft, or a run of pieces too narrow to draw that share a look.
struct StreamBox {
    Rect rect;
    StreamLook look = StreamLook::Shown;
    std::uint32_t lane = 0;
    std::uint32_t first = 0; ///< index into StreamLane::items
    std::uint32_t count = 1; ///< items in the run
};

/// From when text was shown to when it was taken back.
struct ExposureLine {
    int fromX = 0;
    int toX = 0;
    int y = 0;
    std::uint32_t retraction = 0; ///< StreamModel::retractions; of several on the same pixels the longest shown
};

struct PhaseBox {
    Rect rect;
    std::uint32_t phase = 0; ///< StreamMarks::phases, or of a row of stated ones StreamMarks::stated
};

/// From a text to one that does not say the same, below or above a lane.
struct LinkArc {
    int fromX = 0;
    int toX = 0;
    int y = 0;              ///< of both ends: the top of the lane; it rises above
    std::uint32_t link = 0; ///< StreamMarks::links
};

struct StretchBox {
    Rect rect;
    std::uint32_t stretch = 0; ///< StreamMarks::stretches
};

/// An event without text: a stop word, an error, the end, a keepalive, a commit.
struct EventMark {
    int x = 0;
    std::uint32_t event = 0; ///< the most telling of those on the pixel
};

struct StreamLaneBox {
    std::uint32_t lane = 0;
    int y = 0;
    int height = 0;
};

struct StreamScene {
    StreamViewport viewport;
    std::vector<PhaseBox> phases;
    std::vector<PhaseBox> stated;
    std::vector<LinkArc> links; ///< those that are wide enough to see
    std::vector<StreamLaneBox> lanes;
    std::vector<StreamBox> boxes; ///< by lane, then x
    std::vector<ExposureLine> exposures;
    std::vector<StretchBox> stretches;
    std::vector<EventMark> marks; ///< by x
    std::vector<Nanos> gaps;      ///< by pixel: the longest gap that ends there, 0 for none; empty without times
    Nanos longestGap = 0;         ///< of those
    int statedTop = 0;
    int marksTop = 0;
    int latencyTop = 0;
    int height = 0;
    TickScale ticks;
};

/// Cost grows with the pieces in view, about three nanoseconds each: no index is kept.
StreamScene layOut(const StreamTimeline& timeline, const StreamViewport& viewport);

/// The box under a point; null where there is none.
const StreamBox* boxAt(const StreamScene& scene, int x, int y);

/// The box as a sentence of the plain kind: what it is, how many, its text (untrusted, cut at `most` bytes).
std::string textOf(const StreamTimeline& timeline, const StreamBox& box, std::size_t most);

} // namespace arcscope
