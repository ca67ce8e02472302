#include "traceorder.h"

#include <algorithm>
#include <numeric>

namespace arcscope
{
namespace
{

/// Walks up from every span, marking what is known to end at a root. A walk that meets itself has found a cycle.
void cutCycles(std::vector<std::int32_t>& parentRow, std::vector<std::uint32_t>& flags)
{
    enum Mark : std::uint8_t { Unseen, OnWalk, Safe };
    std::vector<std::uint8_t> marks(parentRow.size(), Unseen);
    std::vector<Row> walk;
    for (Row start = 0; start < parentRow.size(); ++start) {
        walk.clear();
        Row row = start;
        while (marks[row] == Unseen) {
            marks[row] = OnWalk;
            walk.push_back(row);
            if (parentRow[row] < 0)
                break;
            row = static_cast<Row>(parentRow[row]);
        }
        if (marks[row] == OnWalk && parentRow[row] >= 0) {
            const auto cycle = std::find(walk.begin(), walk.end(), row);
            const Row first = *std::min_element(cycle, walk.end());
            parentRow[first] = -1;
            flags[first] |= bit(SpanFlag::CycleCut);
        }
        for (const Row seen : walk)
            marks[seen] = Safe;
    }
}

/// All rows by start time, ties and unknown starts in import order.
std::vector<Row> byStart(const PatchedColumns& columns, std::size_t rows)
{
    std::vector<Row> order(rows);
    std::iota(order.begin(), order.end(), Row{0});
    std::vector<Nanos> starts(rows);
    for (Row row = 0; row < rows; ++row)
        starts[row] = columns.at(SpanColumn::Start, row);
    if (!std::is_sorted(starts.begin(), starts.end()))
        std::stable_sort(order.begin(), order.end(), [&](Row a, Row b) { return starts[a] < starts[b]; });
    return order;
}

} // namespace

TreeLinks linkTrees(const PatchedColumns& columns, std::size_t traces, std::vector<std::int32_t>& parentRow,
                    std::vector<std::uint32_t>& flags)
{
    cutCycles(parentRow, flags);
    const std::size_t rows = parentRow.size();
    TreeLinks links{std::vector<Row>(rows, noRow), std::vector<Row>(rows, noRow), std::vector<Row>(traces, noRow)};
    const std::vector<Row> order = byStart(columns, rows);
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        const Row row = *it;
        if (flags[row] & bit(SpanFlag::Superseded))
            continue;
        Row& head = parentRow[row] >= 0 ? links.firstChild[static_cast<Row>(parentRow[row])]
                                        : links.firstRoot[static_cast<std::size_t>(columns.at(SpanColumn::Trace, row))];
        links.nextSibling[row] = head;
        head = row;
    }
    return links;
}

} // namespace arcscope
