// Finds spans by (trace, span id), and merges records of the same span.
#pragma once

#include "assemble.h"

#include <unordered_map>

namespace arcscope
{

/// Values of a span column with patches laid over them.
class PatchedColumns
{
public:
    explicit PatchedColumns(const SpanTable& spans)
        : m_spans(spans)
        , m_patched(spans.rows(), false)
    {
    }

    std::int64_t at(SpanColumn column, Row row) const;
    void set(SpanColumn column, Row row, std::int64_t value);
    std::vector<Patch> takePatches(); ///< sorted by column, then row

private:
    const SpanTable& m_spans;
    std::vector<bool> m_patched; ///< rows with any patch: few
    std::unordered_map<Row, std::vector<Patch>> m_byRow;
};

/// Open-addressing table from (trace, span id) to the row that stands for the span: 8 bytes a span.
class SpanIndex
{
public:
    explicit SpanIndex(const SpanTable& spans);

    /// Enters a row; returns the row that held its id before, or noRow.
    Row insert(Row row);
    /// The row of a span id in a trace, or noRow.
    Row find(std::int64_t trace, IdForm form, std::int64_t high, std::int64_t low) const;

private:
    bool same(Row row, std::int64_t trace, IdForm form, std::int64_t high, std::int64_t low) const;

    const SpanTable& m_spans;
    std::vector<Row> m_slots;
    std::size_t m_mask;
};

/// Whether two rows record the same, wherever their records lie.
bool sameFacts(const PatchedColumns& columns, Row a, Row b);
/// Whether `row` stays and not `other`: it ends later, or else records more.
bool saysMore(const PatchedColumns& columns, Row row, Row other);

/// Takes over into `newer` what it does not record and `older` does.
void mergeRecords(PatchedColumns& columns, Row older, Row newer);

} // namespace arcscope
