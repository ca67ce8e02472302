// Counting usage and cost once: roll-ups over a tree and responses recorded twice are recognised.
#pragma once

#include "traceorder.h"

namespace arcscope
{

/// What countOnce() flags.
inline constexpr std::uint32_t notSummed = bit(SpanFlag::RollUpUsage) | bit(SpanFlag::RepeatedUsage);

/// Totals of one trace, each response counted once.
struct TraceTotals {
    std::int64_t tokens = -1; ///< all classes; -1: no usage recorded
    std::int64_t cost = -1;   ///< millionths; -1: not recorded or of several currencies
    StringId currency;
    std::uint64_t repeated = 0; ///< spans newly flagged RepeatedUsage
    Row firstRepeated = noRow;
    std::uint64_t mismatched = 0; ///< roll-ups that are not the sum of what is below them
    Row firstMismatched = noRow;
    Row saturated = noRow; ///< where a sum first went past the largest count
};

/// Flags RollUpUsage and RepeatedUsage, which nothing flags yet, among the spans of one trace, given in pre-order, and
/// sums the others. The sum
/// over unflagged spans is exact: parents that repeat their children and second recordings of one response are left
/// out.
TraceTotals countOnce(const PatchedColumns& columns, std::span<const Row> preOrder,
                      const std::vector<std::int32_t>& parentRow, std::vector<std::uint32_t>& flags);

/// The usage of a row, with patches.
Usage usageOf(const PatchedColumns& columns, Row row);

} // namespace arcscope
