// The order of spans in their traces: children by start, pre-order, depth; cycles of parents cut.
#pragma once

#include "spanindex.h"

namespace arcscope
{

/// First child and next sibling of every span, children in order of start, then of import. noRow: none.
struct TreeLinks {
    std::vector<Row> firstChild;
    std::vector<Row> nextSibling;
    std::vector<Row> firstRoot; ///< by trace: roots are chained by nextSibling
};

/// Cuts the link of the first span (in import order) of every cycle: sets its parentRow to -1 and its flag CycleCut.
void cutCycles(std::vector<std::int32_t>& parentRow, std::vector<std::uint32_t>& flags);

/// Links the spans that `flags` does not mark Superseded, by `parentRow`, which has no cycles.
TreeLinks linkTrees(const PatchedColumns& columns, std::size_t traces, const std::vector<std::int32_t>& parentRow,
                    const std::vector<std::uint32_t>& flags);

/// Calls `enter(row, depth)` in pre-order of one trace, without recursion.
template <typename Enter>
void walkTrace(const TreeLinks& links, const std::vector<std::int32_t>& parentRow, std::size_t trace, Enter enter)
{
    std::uint32_t depth = 0;
    for (Row row = links.firstRoot[trace]; row != noRow;) {
        enter(row, depth);
        if (links.firstChild[row] != noRow) {
            row = links.firstChild[row];
            ++depth;
            continue;
        }
        while (row != noRow && links.nextSibling[row] == noRow) {
            row = parentRow[row] < 0 ? noRow : static_cast<Row>(parentRow[row]);
            depth -= row != noRow ? 1 : 0;
        }
        if (row != noRow)
            row = links.nextSibling[row];
    }
}

} // namespace arcscope
