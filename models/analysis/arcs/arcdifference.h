// What is different about these arcs: chosen ones against the rest, in every field that is recorded.
#pragma once

#include "arccohorts.h"
#include "arcselection.h"

namespace arcscope
{

/// One field of both.
struct ArcFieldDifference {
    const ArcField* field = nullptr; ///< of arcFields()
    bool ranked = false;             ///< by size; else by values that are the same or not
    std::uint64_t chosen = 0;        ///< arcs in which it is recorded; of a tag all: "not recorded" is a value, too
    std::uint64_t rest = 0;
    /// Ranked: how many more pairs of one chosen and one other arc the chosen one wins, from -1 to 1 (Cliff's delta).
    /// Else: the share of `value` among the chosen less that among the rest, with an interval for all values tried.
    Estimate effect;
    double p = 1; ///< of the whole field: Mann-Whitney, chi-square or Fisher
    double adjusted = 1;
    ArcEvidence evidence = ArcEvidence::TooFew;
    std::int64_t value =
        0;            ///< not ranked: the value whose share differs most surely; as numbers of ArcCondition, or an id
    Count chosenWith; ///< that value
    Count restWith;
    std::uint32_t values = 0;      ///< not ranked: that were tried
    double distance = 0;           ///< not ranked: half the sum of all differences of shares, 0 to 1
    std::int64_t chosenMedian = 0; ///< ranked: as the column has it
    std::int64_t restMedian = 0;

    /// The end of the interval that lies nearest to none: it differs at least by this; 0 where the interval holds 0.
    double least() const;
};

struct ArcDifferences {
    std::vector<ArcFieldDifference> fields; ///< that differ most surely first; those that cannot be told last
    std::size_t tried = 0;                  ///< fields tested: p is adjusted for as many
    std::uint64_t chosen = 0;
    std::uint64_t rest = 0;
};

/// `chosen` are rows of `among`, both sorted; the rest is what else is in `among`. Fields of `leftOut` are not looked
/// at: those that the choice was made by, which differ of course (with one of outcome, its source and how it ended all
/// of them are). Costs are compared in the currency that most arcs have. Bounded by O(rows) for each field.
ArcDifferences whatDiffers(const ArcCorpus& arcs, std::span<const std::uint32_t> among,
                           std::span<const std::uint32_t> chosen, std::span<const ArcColumn> leftOut = {});

} // namespace arcscope
