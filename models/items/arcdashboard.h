// ArcDashboard: the review of task arcs as panels, worked out on another thread.
#pragma once

#include "appstate.h"
#include "arcpanels.h"
#include "arcselection.h"
#include "control.h"
#include "foundarcs.h"

#include <memory>
#include <optional>
#include <vector>

namespace arcscope
{

/// What a review is of.
struct ArcDashboardAsk {
    ArcSelection where;
    std::optional<ArcSelection> against; ///< what it is compared with
    SpanText by = SpanText::ModelServed;
    RowsPtr spans; ///< only arcs with one of these, ascending; null: all

    bool operator==(const ArcDashboardAsk&) const = default;
};

struct ArcDashboard {
    ArcsPtr of;
    ArcDashboardAsk ask;
    std::vector<std::uint32_t> rows; ///< arcs that it is of, sorted
    std::vector<ArcPanel> panels;    ///< empty: no arc is left
};
using DashboardPtr = std::shared_ptr<const ArcDashboard>;

/// Any thread. Cancelled: without panels.
DashboardPtr arcDashboard(ArcsPtr of, const ArcDashboardAsk& ask, const Control& control = {});

/// The arcs behind a value of a panel, sorted; all of the review where it has no condition.
std::vector<std::uint32_t> arcsBehind(const ArcDashboard& dashboard, const ArcPanel& panel, std::size_t chart,
                                      std::size_t series, std::size_t point);

/// What sets these arcs, sorted, apart from the others of the review; needs one arc on each side. `by`: conditions of
/// ArcPanel that they were chosen by, whose fields are left out.
ArcPanel differencePanel(const ArcDashboard& dashboard, const std::vector<std::uint32_t>& chosen,
                         const std::vector<std::string>& by);

/// Each once, ascending.
std::vector<std::uint32_t> tracesOf(const Corpus& corpus, const std::vector<Row>& spans);

} // namespace arcscope
