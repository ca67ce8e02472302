// Two sets of model calls side by side: every metric of both, and the difference with its interval.
#pragma once

#include "lensmetrics.h"

namespace arcscope
{

struct Cohort {
    std::string name;
    std::vector<Row> calls;
};

/// A row a metric: "metric", "unit", the value of each with the ends of its 95 % interval and n, and the difference
/// (second less first) with its interval. Shares: Wilson's and Newcombe's intervals. Other values are medians; their
/// difference is the median of all differences between pairs (Hodges and Lehmann), with the interval of the
/// Mann-Whitney test. Calls asked again are a share of answers, where arcs are known.
void fillComparison(const CallMetricsReader& reader, const LensInput& input, const Cohort& left, const Cohort& right,
                    LensTable& table);

/// Bars of the differences of shares, with intervals.
LensChart differenceBars(const LensTable& table, const Cohort& left, const Cohort& right);

/// Metrics whose interval of the difference leaves out 0, in words: "Declined 12 % more (3 to 21)"; empty: none.
std::string clearDifferences(const LensTable& table);

} // namespace arcscope
