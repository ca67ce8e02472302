// What is different about chosen things, as a chart of the fields that differ most, and a table of all that were tried.
#pragma once

#include "fielddifference.h"
#include "lensresult.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct ShownDifference {
    FieldDifference difference;
    std::string_view field; ///< as the filter language calls it
    std::string value;      ///< not ranked: that of the difference, in words; untrusted
    LensUnit unit = LensUnit::Number;
    std::string currency = {}; ///< of Money; empty: not recorded
};

/// As tellTogether() leaves them.
struct ShownDifferences {
    std::string_view thing; ///< "arc"
    std::string_view things;
    std::vector<ShownDifference> fields;
    std::uint64_t chosen = 0;
    std::uint64_t rest = 0;
    std::size_t tried = 0;
};

inline constexpr std::string_view differenceTitle = "What is different about these";
inline constexpr std::string_view differenceCaveat =
    "All fields that are recorded were tried, and p takes that into account. A difference is no cause.";

/// One chart of one series, whose points are the fields that differ most surely.
LensResult differenceResult(const ShownDifferences& shown);

} // namespace arcscope
