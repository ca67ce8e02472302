#include "toolthresholds.h"

#include "detector.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

using Member = double ToolThresholds::*;

// In the order of their names' first words: toolSettings() gives parts of it.
constexpr auto settings = std::to_array<DetectorSetting>({
    {"tool.straggler_factor", "times", 3, 1, 1000,
     "a call held the join when it took this many times as long as the next slowest of its scope"},
    {"tool.straggler_ms", "ms", 1000, 0, 1e9, "and it ended at least this much after all others"},
    {"tool.join_ms", "ms", 5, 0, 1e9, "a call that ends this much after its results were read ended too late"},
    {"tool.wasted_ms", "ms", 1000, 0, 1e9,
     "siblings that went on for less than this after the decisive failure are no finding"},
    {"tool.cancel_ms", "ms", 1000, 0, 1e9, "what still runs this long after it was cancelled did not honour it"},
    {"tool.outside_ms", "ms", 10, 0, 1e9,
     "a call may lie this much outside of its parent's time, beside what the clocks are off"},
    {"tool.retries", "attempts", 4, 2, 1000, "so many attempts with the same arguments are a storm"},
    {"tool.fanout_least", "calls", 20, 1, 1e6, "a fan-out of no more calls than this is no finding"},
    {"tool.descendants_least", "calls", 50, 1, 1e6,
     "a request that led to no more calls than this, through all levels, is no finding"},
    {"tool.fanout_spread", "times", 3, 0, 100,
     "how many interquartile ranges above the third quartile of its name either must lie"},
    {"tool.serial_ms", "ms", 1000, 0, 1e9, "calls in a row that could save less than this by overlapping are left out"},
    {"shape.warm_up", "results", 20, 1, 1e6, "results of a tool that are only learned from"},
    {"shape.map_share", "share", 0.8, 0.1, 1,
     "an object is a map, whose keys are data, where this share of its keys are identifiers"},
    {"shape.enum_most", "values", 6, 1, 100, "a text is an enumeration where it never had more values than this"},
    {"shape.enum_seen", "values", 40, 2, 1e6, "and was seen at least so often, each value three times or more"},
    {"verifier.least_verdicts", "verdicts", 2, 2, 1e6, "verdicts on one input that are needed to compare them"},
});

constexpr auto members = std::to_array<Member>(
    {&ToolThresholds::stragglerFactor, &ToolThresholds::stragglerMs, &ToolThresholds::joinMs, &ToolThresholds::wastedMs,
     &ToolThresholds::cancelMs, &ToolThresholds::outsideMs, &ToolThresholds::retries, &ToolThresholds::fanoutLeast,
     &ToolThresholds::descendantsLeast, &ToolThresholds::fanoutSpread, &ToolThresholds::serialMs,
     &ToolThresholds::warmUp, &ToolThresholds::mapShare, &ToolThresholds::enumMost, &ToolThresholds::enumSeen,
     &ToolThresholds::verdictsLeast});
static_assert(members.size() == settings.size());

} // namespace

ToolThresholds toolThresholds(const DetectorSettings& chosen)
{
    ToolThresholds thresholds;
    for (std::size_t i = 0; i < settings.size(); ++i)
        thresholds.*members[i] = chosen.of(settings[i]);
    return thresholds;
}

std::span<const DetectorSetting> toolSettings(std::string_view kind)
{
    const auto isOf = [&](const DetectorSetting& setting) { return kindOf(setting.name) == kind; };
    const auto first = std::ranges::find_if(settings, isOf);
    const auto last = std::find_if_not(first, settings.end(), isOf);
    return {first, last};
}

} // namespace arcscope
