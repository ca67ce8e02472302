#include "arctable.h"

#include <array>

namespace arcscope
{
namespace
{

template <typename Enum, std::size_t count>
std::string_view wordOf(Enum value, const std::array<std::string_view, count>& words)
{
    return words[static_cast<std::size_t>(value)];
}

} // namespace

std::string arcKey(const ArcCorpus& arcs, std::uint32_t arc)
{
    const StringId key{static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::Key, arc))};
    return std::string(name(static_cast<ArcUnit>(arcs.arcs.at(ArcColumn::Unit, arc)))) + ':' +
           std::string(arcs.texts[key]);
}

std::string_view name(ArcOutcome outcome)
{
    constexpr auto words = std::to_array<std::string_view>({"declined", "deferred", "failed", "succeeded", "unknown"});
    static_assert(words.size() == arcOutcomeCount);
    return wordOf(outcome, words);
}

std::string_view name(ArcResolution resolution)
{
    constexpr auto words = std::to_array<std::string_view>(
        {"resolved", "resolved_by_human", "abandoned", "infeasible", "declined", "failed", "unknown"});
    static_assert(words.size() == arcResolutionCount);
    return wordOf(resolution, words);
}

std::string_view name(ArcSource source)
{
    constexpr auto words = std::to_array<std::string_view>({"human", "label", "user_action", "rule", "none"});
    static_assert(words.size() == arcSourceCount);
    return wordOf(source, words);
}

std::string_view name(ArcStep step)
{
    constexpr auto words = std::to_array<std::string_view>(
        {"request", "response", "accept", "ignore", "re_ask", "regenerate", "edit", "escalate"});
    static_assert(words.size() == arcStepCount);
    return wordOf(step, words);
}

std::string_view name(ArcUnit unit)
{
    constexpr auto words = std::to_array<std::string_view>({"task", "session", "trace"});
    return wordOf(unit, words);
}

std::string_view name(ArcJoin join)
{
    constexpr auto words = std::to_array<std::string_view>({"first", "same_task", "same_session", "accepted"});
    return wordOf(join, words);
}

} // namespace arcscope
