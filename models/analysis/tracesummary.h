// One row of the trace table: the facts and sums of a trace's spans.
#pragma once

#include "accounting.h"

#include <array>

namespace arcscope
{

using TraceRow = std::array<std::int64_t, static_cast<std::size_t>(traceColumnCount)>;

/// Sums up a trace whose spans are given in pre-order; Tokens, Cost and Currency are told by countOnce() and left out.
/// `first` is the position of the first in the order table.
TraceRow summarise(const PatchedColumns& columns, const Id& id, std::span<const Row> preOrder, std::uint32_t first);

} // namespace arcscope
