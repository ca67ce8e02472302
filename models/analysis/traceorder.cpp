#include "traceorder.h"

#include <algorithm>
#include <functional>

namespace arcscope
{
namespace
{

/// Chains of children, each begun anew from the back: what is out of order is noted for sorting.
class Chains
{
public:
    Chains(const PatchedColumns& columns, TreeLinks& links)
        : m_starts(columns, SpanColumn::Start)
        , m_links(links)
    {
    }

    void putFirst(Row row, Row& head)
    {
        if (head != noRow && startOf(head) < startOf(row))
            m_unsorted.push_back(&head);
        m_links.nextSibling[row] = head;
        head = row;
    }

    /// By start, ties and unknown starts in import order.
    void sort()
    {
        std::sort(m_unsorted.begin(), m_unsorted.end(), std::less<>());
        m_unsorted.erase(std::unique(m_unsorted.begin(), m_unsorted.end()), m_unsorted.end());
        for (Row* const head : m_unsorted) {
            m_chain.clear();
            for (Row row = *head; row != noRow; row = m_links.nextSibling[row])
                m_chain.push_back(row);
            std::stable_sort(m_chain.begin(), m_chain.end(), [&](Row a, Row b) { return startOf(a) < startOf(b); });
            Row next = noRow;
            for (auto it = m_chain.rbegin(); it != m_chain.rend(); ++it) {
                m_links.nextSibling[*it] = next;
                next = *it;
            }
            *head = next;
        }
    }

private:
    Nanos startOf(Row row) { return m_starts[row]; }

    NearRows m_starts;
    TreeLinks& m_links;
    std::vector<Row*> m_unsorted; ///< heads of chains, some more than once
    std::vector<Row> m_chain;
};

} // namespace

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

TreeLinks linkTrees(const PatchedColumns& columns, std::size_t traces, const std::vector<std::int32_t>& parentRow,
                    const std::vector<std::uint32_t>& flags)
{
    const std::size_t rows = parentRow.size();
    TreeLinks links{std::vector<Row>(rows, noRow), std::vector<Row>(rows, noRow), std::vector<Row>(traces, noRow)};
    Chains chains(columns, links);
    NearRows traceOf(columns, SpanColumn::Trace);
    for (Row row = static_cast<Row>(rows); row-- > 0;) {
        if (flags[row] & bit(SpanFlag::Superseded))
            continue;
        chains.putFirst(row, parentRow[row] >= 0 ? links.firstChild[static_cast<Row>(parentRow[row])]
                                                 : links.firstRoot[static_cast<std::size_t>(traceOf[row])]);
    }
    chains.sort();
    return links;
}

} // namespace arcscope
