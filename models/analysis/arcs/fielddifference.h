// One field of chosen things against the rest: by size, or by values that are the same or not.
#pragma once

#include "arccohorts.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

namespace arcscope
{

/// The values of a field, of both sides.
struct FieldSides {
    std::vector<std::int64_t> chosen;
    std::vector<std::int64_t> rest;
};

struct FieldDifference {
    bool ranked = false;      ///< by size; else by values that are the same or not
    std::uint64_t chosen = 0; ///< in which it is recorded; of a tag all: "not recorded" is a value, too
    std::uint64_t rest = 0;
    /// Ranked: how many more pairs of one chosen and one other the chosen one wins, from -1 to 1 (Cliff's delta).
    /// Else: the share of `value` among the chosen less that among the rest, with an interval for all values tried.
    Estimate effect;
    double p = 1; ///< of the whole field: Mann-Whitney, chi-square or Fisher
    double adjusted = 1;
    ArcEvidence evidence = ArcEvidence::TooFew;
    std::int64_t value = 0; ///< not ranked: the value whose share differs most surely
    Count chosenWith;       ///< that value
    Count restWith;
    std::uint32_t values = 0;      ///< not ranked: that were tried
    double distance = 0;           ///< not ranked: half the sum of all differences of shares, 0 to 1
    std::int64_t chosenMedian = 0; ///< ranked: in the unit of the field
    std::int64_t restMedian = 0;

    /// The end of the interval that lies nearest to none: it differs at least by this; 0 where the interval holds 0.
    double least() const;
};

/// Nothing where all have one value, or none is recorded: that was not tried. Bounded by O(n log n).
std::optional<FieldDifference> differenceBySize(const FieldSides& sides);
std::optional<FieldDifference> differenceByValue(const FieldSides& sides);

/// By `adjusted`, `p` and the interval; of a field that could be told.
ArcEvidence evidenceOf(const FieldDifference& difference);

/// Adjusts p of all fields that could be told, says what is evidence, and puts those that differ most surely first.
/// Gives how many were tried. `Difference` is a FieldDifference with a name.
template <typename Difference>
std::size_t tellTogether(std::vector<Difference>& fields)
{
    std::vector<double> p;
    for (const Difference& field : fields) {
        if (field.evidence != ArcEvidence::TooFew)
            p.push_back(field.p);
    }
    const std::vector<double> adjusted = adjustedForMany(p);
    std::size_t next = 0;
    for (Difference& field : fields) {
        if (field.evidence == ArcEvidence::TooFew)
            continue;
        field.adjusted = adjusted[next++];
        field.evidence = evidenceOf(field);
    }
    const auto strength = [](const Difference& field) {
        return std::tuple(field.evidence != ArcEvidence::TooFew, field.evidence == ArcEvidence::Difference,
                          field.least(), field.effect.value < 0 ? -field.effect.value : field.effect.value);
    };
    std::stable_sort(fields.begin(), fields.end(),
                     [&](const auto& a, const auto& b) { return strength(a) > strength(b); });
    return p.size();
}

} // namespace arcscope
