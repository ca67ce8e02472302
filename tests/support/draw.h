// A Scene as characters, one for each pixel column and one row for each line: layout tests are pictures in the source.
#pragma once

#include "timelinelayout.h"

#include <string>
#include <vector>

namespace arcscope::testing
{

/// Boxes are `[####]` (a box of one pixel `|`), with `<` and `>` where they go on outside; runs show their count, or
/// `:` where that is too long; masses without a box `.`; failed ones have `x` inside. Collapsed lanes show digits for
/// coverage. Each lane begins with a line for its label.
inline std::string draw(const TimelineData& data, const Scene& scene)
{
    const auto width = static_cast<std::size_t>(scene.viewport.width);
    std::vector<std::string> lines(scene.strips.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Strip& strip = scene.strips[i];
        std::string& line = lines[i];
        for (std::size_t x = 0; x < width; ++x) {
            const Cell cell = scene.cells[strip.firstCell + x];
            line += cell.empty() ? ' ' : !strip.collapsed ? '.' : static_cast<char>('0' + cell.coverage() * 9 / 255);
        }
        for (const Box& box : scene.boxes) {
            if (strip.collapsed || box.line != strip.line)
                continue;
            const auto first = static_cast<std::size_t>(box.rect.x);
            const auto size = static_cast<std::size_t>(box.rect.width);
            std::string text(size, box.foldedCount > 1 ? ':' : box.look.error() ? 'x' : '#');
            if (box.foldedCount > 1) {
                const std::string count = std::to_string(box.foldedCount) + (box.look.error() ? "x" : "");
                if (count.size() <= size)
                    text.replace((size - count.size()) / 2, count.size(), count);
            } else if (size == 1) {
                text = "|";
            } else {
                text.front() = box.cutLeft ? '<' : '[';
                text.back() = box.cutRight ? '>' : ']';
            }
            line.replace(first, size, text);
        }
    }
    std::string out;
    for (const LaneHeader& header : scene.headers) {
        const TimelineLane& lane = data.lanes[header.lane];
        out += std::string(static_cast<std::size_t>(lane.level), ' ') + lane.label +
               (header.state.pinned ? " (pinned)" : "") + '\n';
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (data.lines[scene.strips[i].line].lane == header.lane)
                out += lines[i] + "|\n";
        }
    }
    return out;
}

} // namespace arcscope::testing
