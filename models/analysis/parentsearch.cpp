#include "parentsearch.h"

#include "sidebyside.h"

namespace arcscope
{
namespace
{

/// The parents of some rows.
class FindingParents
{
public:
    /// `flags` and the index are only read.
    FindingParents(const SpanIndex& index, const PatchedColumns& columns, const std::vector<std::uint32_t>& flags,
                   std::vector<std::int32_t>& parentRow)
        : m_index(index)
        , m_columns(columns)
        , m_flags(flags)
        , m_parentRow(parentRow)
    {
    }

    /// Those from `first` on, a multiple of chunkRows, and before `last`.
    void run(Row first, Row last)
    {
        if (first >= last)
            return;
        KeysInOrder keys(m_columns, parentIdColumns, first);
        for (Row row = first; row < last + lookAhead; ++row) {
            if (row >= first + lookAhead)
                find(row - lookAhead);
            if (row < last)
                expect(m_wanted[row % lookAhead], keys.next());
        }
    }
    /// Whose parents are not there.
    const std::vector<Row>& orphans() const { return m_orphans; }

private:
    void expect(WantedKey& wanted, const SpanKey& key)
    {
        wanted.key = key;
        if (key.form == IdForm::None)
            return;
        wanted.hash = key.hash();
        m_index.soon(wanted.hash);
    }

    void find(Row row)
    {
        const WantedKey& wanted = m_wanted[row % lookAhead];
        if (wanted.key.form == IdForm::None || m_flags[row] & bit(SpanFlag::Superseded))
            return;
        const Row parent = m_index.find(wanted.key, wanted.hash);
        if (parent != noRow && !(m_flags[parent] & bit(SpanFlag::Superseded)))
            m_parentRow[row] = static_cast<std::int32_t>(parent);
        else
            m_orphans.push_back(row);
    }

    const SpanIndex& m_index;
    const PatchedColumns& m_columns;
    const std::vector<std::uint32_t>& m_flags;
    std::vector<std::int32_t>& m_parentRow;
    std::vector<Row> m_orphans;
    WantedKeys m_wanted;
};

} // namespace

void findParents(const SpanIndex& index, const PatchedColumns& columns, Assembly& result, Findings& findings)
{
    const auto rows = static_cast<Row>(result.flags.size());
    const Row half = rows / 2 / chunkRows * chunkRows;
    FindingParents before(index, columns, result.flags, result.parentRow);
    FindingParents behind(index, columns, result.flags, result.parentRow);
    sideBySide(
        half > 0, [&] { before.run(0, half); }, [&] { behind.run(half, rows); });
    for (const FindingParents* const found : {&before, &behind}) {
        for (const Row row : found->orphans()) {
            result.flags[row] |= bit(SpanFlag::Orphan);
            findings.add(Severity::Warning, IssueKind::OrphanSpan, row,
                         "its parent is not in the corpus; shown as a root");
        }
    }
}

} // namespace arcscope
