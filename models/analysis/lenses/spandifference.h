// What sets spans that were chosen on the chart of a lens apart from the others of that chart.
#pragma once

#include "control.h"
#include "lensresult.h"
#include "result.h"
#include "spantable.h"

#include <span>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The span columns that it reads.
std::vector<SpanColumn> spanDifferenceColumns();

/// `chosen` are some of `among`, both ascending, and not all of them. Every text of spans (as SpanTags has it), length,
/// tokens, cost and hour that is recorded is tried, but those that `leftOut` names: what the chart was drawn by. Points
/// of values hold the chosen spans that have them. Spans of one trace are no independent sample: the result says of how
/// many traces both sides are. Error: Cancelled.
Result<LensResult> spanDifference(const Corpus& corpus, std::span<const Row> among, std::span<const Row> chosen,
                                  std::span<const std::string_view> leftOut, const Control& control = {});

} // namespace arcscope
