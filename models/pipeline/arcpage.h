// All figures of a page on task arcs, worked out on several threads.
#pragma once

#include "arcbreakdown.h"
#include "arcselection.h"
#include "control.h"

namespace arcscope
{

struct ArcPage {
    std::vector<std::uint32_t> rows; ///< of ArcTable, that the figures are of
    ArcSummary whole;
    std::vector<ArcBreakdown> breakdowns; ///< in the order of the groupings
};

/// The same figures whatever the number of threads is. `strings` are those of the corpus. Error: Cancelled, before the
/// pass over the table.
Result<ArcPage> arcPage(const ArcCorpus& arcs, const StringTable& strings, const ArcSelection& selection,
                        std::span<const ArcGrouping> groupings, const Control& control = {});
/// Of these rows, sorted.
Result<ArcPage> arcPage(const ArcCorpus& arcs, std::vector<std::uint32_t> rows, std::span<const ArcGrouping> groupings,
                        const Control& control = {});

} // namespace arcscope
