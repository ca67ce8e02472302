#include "replaylines.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>

namespace arcscope
{
namespace
{

/// Where the steps of one candidate belong: beside each step of the base, or before it.
struct Beside {
    std::vector<std::uint32_t> at;                  ///< by step of the base
    std::vector<std::vector<std::uint32_t>> before; ///< by step of the base, and one more behind the last
};

Beside besideBase(const ReplayComparison& comparison, std::size_t steps)
{
    Beside beside;
    beside.at.assign(steps, ReplayLine::none);
    beside.before.resize(steps + 1);
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < comparison.steps.size(); ++i) {
        const ReplaySide& base = comparison.steps[i].base;
        if (base.there()) {
            beside.at[base.step] = i;
            next = std::max(next, std::size_t{base.step} + 1);
        } else {
            beside.before[next].push_back(i);
        }
    }
    return beside;
}

std::size_t stepsOfBase(std::span<const ReplayComparison* const> candidates)
{
    std::size_t steps = 0;
    for (const ReplayComparison* const comparison : candidates) {
        for (const ReplayStep& step : comparison->steps)
            steps = std::max(steps, step.base.there() ? std::size_t{step.base.step} + 1 : 0);
    }
    return steps;
}

} // namespace

std::vector<ReplayLine> replayLines(std::span<const ReplayComparison* const> candidates)
{
    const std::size_t steps = stepsOfBase(candidates);
    std::vector<Beside> beside;
    for (const ReplayComparison* const comparison : candidates)
        beside.push_back(besideBase(*comparison, steps));
    std::vector<ReplayLine> lines;
    const auto add = [&](std::uint32_t base, auto stepOf) {
        ReplayLine line;
        line.base = base;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const std::uint32_t at = stepOf(beside[i]);
            line.steps.push_back(at);
            if (at == ReplayLine::none)
                continue;
            const ReplayStep& step = candidates[i]->steps[at];
            line.weight = std::max(line.weight, step.weight);
            line.depth = step.depth;
        }
        lines.push_back(std::move(line));
    };
    for (std::size_t base = 0; base <= steps; ++base) {
        std::size_t extra = 0;
        for (const Beside& one : beside)
            extra = std::max(extra, one.before[base].size());
        for (std::size_t j = 0; j < extra; ++j)
            add(ReplayLine::none, [&](const Beside& one) {
                return j < one.before[base].size() ? one.before[base][j] : ReplayLine::none;
            });
        if (base < steps)
            add(static_cast<std::uint32_t>(base), [&](const Beside& one) { return one.at[base]; });
    }
    return lines;
}

std::vector<ReplayLine> foldedLines(std::span<const ReplayLine> lines)
{
    std::vector<ReplayLine> folded;
    for (std::size_t from = 0; from < lines.size();) {
        std::size_t to = from;
        ReplayLine fold;
        for (; to < lines.size() && !lines[to].changed(); ++to)
            fold.worded += lines[to].weight == ReplayClass::Wording;
        if (to - from < 2) {
            folded.push_back(lines[from]);
            ++from;
            continue;
        }
        fold.first = static_cast<std::uint32_t>(from);
        fold.folded = static_cast<std::uint32_t>(to - from);
        fold.steps.assign(lines[from].steps.size(), ReplayLine::none);
        fold.weight = fold.worded > 0 ? ReplayClass::Wording : ReplayClass::Same;
        folded.push_back(std::move(fold));
        from = to;
    }
    return folded;
}

std::optional<int> nextChange(std::span<const ReplayLine> lines, int from, int step)
{
    for (int at = from + step; at >= 0 && at < static_cast<int>(lines.size()); at += step) {
        if (lines[static_cast<std::size_t>(at)].changed())
            return at;
    }
    return std::nullopt;
}

std::vector<ReplayMove> replayMoves(std::span<const ReplayLine> lines,
                                    std::span<const ReplayComparison* const> candidates)
{
    std::vector<ReplayMove> moves;
    for (std::uint32_t candidate = 0; candidate < candidates.size(); ++candidate) {
        std::map<std::string, std::pair<std::deque<std::uint32_t>, std::deque<std::uint32_t>>> byTool;
        for (std::uint32_t line = 0; line < lines.size(); ++line) {
            const std::uint32_t at = lines[line].isFold() ? ReplayLine::none : lines[line].steps[candidate];
            if (at == ReplayLine::none)
                continue;
            const ReplayStep& step = candidates[candidate]->steps[at];
            if (step.detail != ReplayDetail::Order || step.base.there() == step.candidate.there())
                continue;
            auto& [gone, come] = byTool[step.tool];
            (step.base.there() ? gone : come).push_back(line);
        }
        for (const auto& [tool, ends] : byTool) {
            for (std::size_t i = 0; i < std::min(ends.first.size(), ends.second.size()); ++i)
                moves.push_back({candidate, ends.first[i], ends.second[i]});
        }
    }
    return moves;
}

} // namespace arcscope
