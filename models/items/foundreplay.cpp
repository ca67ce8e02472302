#include "foundreplay.h"

#include "replayfields.h"

#include <algorithm>

namespace arcscope
{

const ReplayTaskSummary* FoundReplay::summaryOf(std::size_t candidate, std::uint32_t task) const
{
    if (candidate >= summaries.size())
        return nullptr;
    const auto& tasks = summaries[candidate].tasks;
    const auto found = std::lower_bound(tasks.begin(), tasks.end(), task,
                                        [](const ReplayTaskSummary& one, std::uint32_t of) { return one.task < of; });
    return found != tasks.end() && found->task == task ? &*found : nullptr;
}

bool FoundReplay::isOf(const ReplayReview& review, std::size_t candidate) const
{
    const auto is = [&](const std::string& side, const std::string& said) {
        const std::string* const now = side == said ? nullptr : sideNamed(names, said);
        return side == said || (now && *now == side);
    };
    return candidate < candidates() && is(sides.front(), review.base) && is(sides[candidate + 1], review.candidate);
}

const ReplayStep* ReplayReading::step(const ReplayLine& line, std::size_t column) const
{
    const auto at = [&](std::size_t candidate) -> const ReplayStep* {
        if (candidate >= line.steps.size() || line.steps[candidate] == ReplayLine::none)
            return nullptr;
        return &comparisons[candidate].steps[line.steps[candidate]];
    };
    if (column > 0)
        return at(column - 1);
    for (std::size_t candidate = 0; candidate < line.steps.size(); ++candidate) {
        if (const ReplayStep* const step = at(candidate); step && step->base.there())
            return step;
    }
    return nullptr;
}

const ReplaySide* ReplayReading::side(const ReplayLine& line, std::size_t column) const
{
    const ReplayStep* const at = step(line, column);
    if (!at)
        return nullptr;
    const ReplaySide& side = column == 0 ? at->base : at->candidate;
    return side.there() ? &side : nullptr;
}

const ReplayText* ReplayReading::text(const ReplayLine& line, std::size_t column) const
{
    const ReplaySide* const at = side(line, column);
    return at && column < texts.size() && at->step < texts[column].size() ? &texts[column][at->step] : nullptr;
}

std::vector<const ReplayComparison*> ReplayReading::all() const
{
    std::vector<const ReplayComparison*> all;
    for (const ReplayComparison& comparison : comparisons)
        all.push_back(&comparison);
    return all;
}

} // namespace arcscope
