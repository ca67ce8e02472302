// The panels of a review: what became of task arcs, as charts with their tables and intervals.
#pragma once

#include "arcbreakdown.h"
#include "changemarkers.h"
#include "lensresult.h"

#include <array>
#include <string>
#include <vector>

namespace arcscope
{

struct ArcPanel {
    std::string name;   ///< "outcomes", stable
    std::string title;  ///< "What became of it"
    std::string caveat; ///< what it cannot show; empty: nothing to say
    /// Its points and rows carry no spans: arcs are many, and `conditions` says which they are.
    LensResult result;
    /// By chart, series and point: what arcselection.h reads; empty: it cannot be said in one condition each.
    std::vector<std::vector<std::vector<std::string>>> conditions;
};

/// What the panels of a review show, as arcPanelGroupings() asks for it.
struct ArcPanelFigures {
    ArcSummary whole;
    ArcBreakdown tags;
    ArcBreakdown times; ///< by day or week
};

/// By tag, and by day or, where that were more than sixty, by week.
std::array<ArcGrouping, 2> arcPanelGroupings(const ArcCorpus& arcs, std::span<const std::uint32_t> rows, SpanText by);
std::vector<ArcPanel> arcPanels(const StringTable& strings, ArcPanelFigures figures,
                                std::span<const LensMarker> markers);
/// `rows`: those of the review, sorted; `by`: the tag that they are told apart by. In one pass over the table.
std::vector<ArcPanel> arcPanels(const ArcCorpus& arcs, const StringTable& strings, std::span<const std::uint32_t> rows,
                                SpanText by, std::span<const LensMarker> markers);

/// Two sets of arcs, each sorted, side by side: every rate, time and cost with its difference, and what would mislead.
/// `by`: the tag whose mix is looked at.
ArcPanel comparisonPanel(const ArcCorpus& arcs, const StringTable& strings, std::span<const std::uint32_t> before,
                         std::span<const std::uint32_t> after, SpanText by);

/// What sets `chosen`, rows of `among`, apart from the others; both sorted, and one arc on each side at least.
/// `leftOut`: what they were chosen by.
ArcPanel differencePanel(const ArcCorpus& arcs, const StringTable& strings, std::span<const std::uint32_t> among,
                         std::span<const std::uint32_t> chosen, std::span<const ArcColumn> leftOut);

} // namespace arcscope
