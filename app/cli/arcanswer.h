// What the command arcs is asked for, and the figures that answer it.
#pragma once

#include "arcbreakdown.h"
#include "arccohorts.h"
#include "arcdifference.h"
#include "options.h"

namespace arcscope
{

struct ArcQuestion {
    std::optional<ArcGrouping> by;
    ArcSelection where;
    std::optional<ArcSelection> compare;
    std::optional<ArcSelection> against;
    std::optional<ArcSelection> differs;
    bool list = false;
};

/// Reads --by, --where, --compare, --against, --differs and --list. Error: Usage, naming the option and the byte.
Result<ArcQuestion> arcQuestionOf(const Options& options);

struct ArcAnswer {
    std::vector<std::uint32_t> rows; ///< arcs for which everything of --where holds
    ArcSummary summary;
    std::optional<ArcBreakdown> groups;
    std::optional<ArcComparison> comparison;
    std::vector<ArcMixShift> mixes;
    std::optional<ArcDifferences> differences;
};

ArcAnswer answerTo(const ArcQuestion& question, const ArcCorpus& arcs, const StringTable& strings);

} // namespace arcscope
