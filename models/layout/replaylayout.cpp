#include "replaylayout.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

ReplayLink linkOf(ReplayClass weight)
{
    switch (weight) {
    case ReplayClass::Same:
        return ReplayLink::Same;
    case ReplayClass::Wording:
        return ReplayLink::Wording;
    case ReplayClass::Path:
        return ReplayLink::Path;
    case ReplayClass::Effect:
        break;
    }
    return ReplayLink::Effect;
}

class Columns
{
public:
    Columns(std::span<const ReplayLine> lines, std::span<const ReplayComparison* const> candidates)
        : m_lines(lines)
        , m_candidates(candidates)
    {
    }

    const ReplayStep* step(std::uint32_t line, int candidate) const
    {
        const std::uint32_t at = m_lines[line].steps[static_cast<std::size_t>(candidate)];
        return at == ReplayLine::none ? nullptr : &m_candidates[static_cast<std::size_t>(candidate)]->steps[at];
    }
    bool there(std::uint32_t line, int column) const
    {
        if (column == 0)
            return m_lines[line].base != ReplayLine::none;
        const ReplayStep* const at = step(line, column - 1);
        return at && at->candidate.there();
    }

private:
    std::span<const ReplayLine> m_lines;
    std::span<const ReplayComparison* const> m_candidates;
};

} // namespace

Rect replayColumn(const ReplayViewport& viewport, int column)
{
    const int room = viewport.width - 2 * viewport.margin - (viewport.columns - 1) * viewport.gap;
    const int width = std::max(1, room / std::max(1, viewport.columns));
    return {viewport.margin + column * (width + viewport.gap), 0, width, 0};
}

ReplayScene layOut(std::span<const ReplayLine> lines, std::span<const ReplayMove> moves,
                   std::span<const ReplayComparison* const> candidates, const ReplayViewport& viewport)
{
    ReplayScene scene;
    const Columns columns(lines, candidates);
    const int last = std::min(viewport.first + viewport.count, static_cast<int>(lines.size()));
    const auto middle = [&](std::uint32_t line) { return static_cast<int>(line) * viewport.line + viewport.line / 2; };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> moved; // candidate and line, of which nothing else is drawn
    for (const ReplayMove& move : moves) {
        moved.emplace_back(move.candidate, move.from);
        moved.emplace_back(move.candidate, move.to);
    }
    std::sort(moved.begin(), moved.end());
    for (int at = std::max(0, viewport.first); at < last; ++at) {
        const auto line = static_cast<std::uint32_t>(at);
        const int top = at * viewport.line + viewport.padding;
        const int height = std::max(1, viewport.line - 2 * viewport.padding);
        if (lines[line].isFold()) {
            scene.blocks.push_back(
                {{viewport.margin, top, std::max(1, viewport.width - 2 * viewport.margin), height}, line, -1});
            continue;
        }
        for (int column = 0; column < viewport.columns; ++column) {
            Rect rect = replayColumn(viewport, column);
            const bool there = columns.there(line, column);
            if (there) {
                const int indent = std::min(static_cast<int>(lines[line].depth) * viewport.indent, rect.width / 2);
                scene.blocks.push_back({{rect.x + indent, top, rect.width - indent, height}, line, column});
            }
            if (column == 0)
                continue;
            const bool base = columns.there(line, 0);
            const auto candidate = static_cast<std::uint32_t>(column - 1);
            if ((!base && !there) || std::binary_search(moved.begin(), moved.end(), std::pair(candidate, line)))
                continue;
            const ReplayStep* const step = columns.step(line, column - 1);
            const int half = viewport.gap / 2;
            ReplayConnector connector{ReplayLink::Same, column, line,        rect.x - viewport.gap,
                                      middle(line),     rect.x, middle(line)};
            if (!there) {
                connector.link = ReplayLink::Dropped;
                connector.x1 = connector.x0 + half;
            } else if (!base) {
                connector.link = ReplayLink::Added;
                connector.x0 = connector.x1 - half;
            } else {
                connector.link = linkOf(step ? step->weight : ReplayClass::Same);
            }
            scene.connectors.push_back(connector);
        }
    }
    for (const ReplayMove& move : moves) {
        const int column = static_cast<int>(move.candidate) + 1;
        const auto [low, high] = std::minmax(move.from, move.to);
        if (column != 1 || static_cast<int>(high) < viewport.first || static_cast<int>(low) >= last)
            continue;
        const Rect rect = replayColumn(viewport, column);
        scene.connectors.push_back(
            {ReplayLink::Moved, column, move.to, rect.x - viewport.gap, middle(move.from), rect.x, middle(move.to)});
    }
    return scene;
}

} // namespace arcscope
