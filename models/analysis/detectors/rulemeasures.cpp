#include "rulemeasures.h"

#include "proportions.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

using enum MeasureKind;

// The evaluations write it anew where ARCSCOPE_WRITE_EXPECTED is set.
constexpr RuleMeasure rows[] = {
#include "rulemeasures.inc"
};

/// "5 of 7", with an interval where it says something.
std::string shareText(int part, int all, bool interval)
{
    std::string text = std::to_string(part) + " of " + std::to_string(all);
    if (interval && all > 0) {
        const Interval within = wilsonInterval({static_cast<std::uint64_t>(part), static_cast<std::uint64_t>(all)});
        text += " (" + std::to_string(std::lround(100 * within.low)) + " to " +
                std::to_string(std::lround(100 * within.high)) + " %)";
    }
    return text;
}

std::string_view countedOn(MeasureKind kind)
{
    switch (kind) {
    case Labelled:
        return "labelled by others";
    case Read:
        return "read by one";
    case Written:
        return "written for this";
    case Planted:
        return "planted";
    case Generated:
        break;
    }
    return "generated";
}

} // namespace

std::span<const RuleMeasure> ruleMeasures()
{
    return rows;
}

std::span<const RuleMeasure> measuresOf(std::string_view rule)
{
    return {std::ranges::lower_bound(rows, rule, {}, &RuleMeasure::rule),
            std::ranges::upper_bound(rows, rule, {}, &RuleMeasure::rule)};
}

std::string_view name(MeasureKind kind)
{
    constexpr std::string_view names[] = {"labelled", "read", "written", "planted", "generated"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view meaning(MeasureKind kind)
{
    switch (kind) {
    case Labelled:
        return "Data that somebody else labelled.";
    case Read:
        return "It fired on recorded data, and one person read each time whether it is right.";
    case Written:
        return "Turns written and labelled for this, and held out while the rule was made.";
    case Planted:
        return "Faults planted into recorded data; what fires as it was recorded counts as wrong.";
    case Generated:
        break;
    }
    return "Invented traces with one planted fault each, and near misses: not how often it is right in the field.";
}

std::string measureText(const RuleMeasure& measure)
{
    const bool interval = measure.kind != Generated;
    std::string text(countedOn(measure.kind));
    if (measure.kind == Generated && measure.there == 0 && measure.right == 0)
        return text + ": wrong in " + std::to_string(measure.fired) + " that are for other rules; " +
               std::string(measure.set);
    text += ": right " + shareText(measure.right, measure.fired, interval);
    if (measure.there > 0)
        text += ", finds " + shareText(measure.right, measure.there, interval);
    if (!measure.set.empty())
        text += "; " + std::string(measure.set);
    return text;
}

} // namespace arcscope
