#include "fielddifference.h"

#include "chisquare.h"
#include "drawnsample.h"
#include "superiority.h"

#include <cmath>
#include <span>
#include <unordered_map>
#include <utility>

namespace arcscope
{
namespace
{

bool allTheSame(const FieldSides& sides)
{
    const std::int64_t one =
        sides.chosen.empty() ? (sides.rest.empty() ? 0 : sides.rest.front()) : sides.chosen.front();
    const auto same = [&](std::int64_t value) { return value == one; };
    return std::all_of(sides.chosen.begin(), sides.chosen.end(), same) &&
           std::all_of(sides.rest.begin(), sides.rest.end(), same);
}

bool tooFew(const FieldSides& sides)
{
    return sides.chosen.size() < leastCompared || sides.rest.size() < leastCompared;
}

FieldDifference begun(const FieldSides& sides, bool ranked)
{
    FieldDifference difference;
    difference.ranked = ranked;
    difference.chosen = sides.chosen.size();
    difference.rest = sides.rest.size();
    return difference;
}

/// The value whose share differs most surely. The interval allows for as many values as were tried.
void pickValue(FieldDifference& difference, const std::vector<std::pair<std::int64_t, CategoryCounts>>& values)
{
    const double total = static_cast<double>(difference.chosen + difference.rest);
    const double smaller = static_cast<double>(std::min(difference.chosen, difference.rest)) / total;
    const auto countsEnough = [&](const CategoryCounts& counts) {
        return values.size() == 2 || static_cast<double>(counts.first + counts.second) * smaller >= leastExpected;
    };
    for (const auto& [value, counts] : values)
        difference.values += countsEnough(counts);
    const double confidence = 1 - 0.05 / std::max(1U, difference.values);
    std::pair<double, double> best{-1, -1};
    for (const auto& [value, counts] : values) {
        if (!countsEnough(counts))
            continue;
        const Count with{counts.first, difference.chosen};
        const Count restWith{counts.second, difference.rest};
        FieldDifference one = difference;
        one.effect = rateDifference(restWith, with, confidence);
        const std::pair<double, double> strength{one.least(), std::abs(one.effect.value)};
        if (strength <= best)
            continue;
        best = strength;
        difference.effect = one.effect;
        difference.value = value;
        difference.chosenWith = with;
        difference.restWith = restWith;
    }
}

} // namespace

double FieldDifference::least() const
{
    if (effect.interval.contains(0))
        return 0;
    return std::min(std::abs(effect.interval.low), std::abs(effect.interval.high));
}

std::optional<FieldDifference> differenceBySize(const FieldSides& sides)
{
    if (allTheSame(sides))
        return std::nullopt;
    FieldDifference difference = begun(sides, true);
    std::vector<std::int64_t> chosenValues = sides.chosen;
    std::vector<std::int64_t> restValues = sides.rest;
    difference.chosenMedian = quantileOf(chosenValues, 0.5).value;
    difference.restMedian = quantileOf(restValues, 0.5).value;
    if (tooFew(sides))
        return difference;
    const std::vector<double> rest = drawnSample(std::span<const std::int64_t>(sides.rest));
    const std::vector<double> chosen = drawnSample(std::span<const std::int64_t>(sides.chosen));
    const Superiority found = superiorityOf(rest, chosen);
    difference.effect = found.delta;
    difference.p = found.p;
    difference.evidence = ArcEvidence::None;
    return difference;
}

std::optional<FieldDifference> differenceByValue(const FieldSides& sides)
{
    if (allTheSame(sides))
        return std::nullopt;
    FieldDifference difference = begun(sides, false);
    if (tooFew(sides))
        return difference;
    std::unordered_map<std::int64_t, CategoryCounts> counted;
    for (const std::int64_t value : sides.chosen)
        ++counted[value].first;
    for (const std::int64_t value : sides.rest)
        ++counted[value].second;
    std::vector<std::pair<std::int64_t, CategoryCounts>> values(counted.begin(), counted.end());
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CategoryCounts> categories;
    for (const auto& [value, counts] : values)
        categories.push_back(counts);
    const SpreadTest spread = spreadTest(categories);
    difference.distance = spread.distance;
    const Count first{categories[0].first, difference.chosen};
    const Count firstOfRest{categories[0].second, difference.rest};
    // Fisher's test has no least count.
    if (categories.size() == 2)
        difference.p = differenceChance(first, firstOfRest);
    else if (spread.told())
        difference.p = spread.p;
    else
        return difference;
    difference.evidence = ArcEvidence::None;
    pickValue(difference, values);
    return difference;
}

ArcEvidence evidenceOf(const FieldDifference& difference)
{
    if (difference.adjusted <= 0.05)
        return ArcEvidence::Difference;
    return difference.p <= 0.05 && difference.least() > 0 ? ArcEvidence::Weak : ArcEvidence::None;
}

} // namespace arcscope
