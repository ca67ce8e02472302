// Columns of runs as rectangles, and the connectors between them.
#pragma once

#include "replaylines.h"
#include "timelinelayout.h"

namespace arcscope
{

struct ReplayViewport {
    int width = 0;
    int columns = 2; ///< the base and its candidates
    int line = 1;    ///< height
    int gap = 0;     ///< between two columns, for connectors
    int margin = 0;  ///< at both sides
    int indent = 0;  ///< of each level of nesting
    int padding = 0; ///< above and below a block
    int first = 0;   ///< lines that are laid out: [first, first + count)
    int count = 0;
};

/// How a candidate differs from the base on a line.
enum class ReplayLink : std::uint8_t {
    Same,
    Wording,
    Path,
    Effect,
    Dropped, ///< the candidate has nothing there
    Added,   ///< the base has nothing
    Moved    ///< from one line to another
};

struct ReplayBlock {
    Rect rect;
    std::uint32_t line = 0;
    int column = 0; ///< 0: the base; -1: a fold, over all columns

    bool operator==(const ReplayBlock&) const = default;
};

/// Left of a candidate's block, from its neighbour; of Dropped and Added half of the way.
struct ReplayConnector {
    ReplayLink link = ReplayLink::Same;
    int column = 1; ///< of the candidate
    std::uint32_t line = 0;
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;

    bool operator==(const ReplayConnector&) const = default;
};

struct ReplayScene {
    std::vector<ReplayBlock> blocks; ///< by lines, then by columns
    std::vector<ReplayConnector> connectors;
};

/// Of a column; those of all columns are equally wide.
Rect replayColumn(const ReplayViewport& viewport, int column);

/// y 0 is the top of the first line of all. What joins a column with its left neighbour tells how it differs from the
/// base; moves only of the candidate beside the base. O(lines laid out + moves).
ReplayScene layOut(std::span<const ReplayLine> lines, std::span<const ReplayMove> moves,
                   std::span<const ReplayComparison* const> candidates, const ReplayViewport& viewport);

} // namespace arcscope
