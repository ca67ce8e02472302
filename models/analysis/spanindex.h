// Finds spans by (trace, span id), and merges records of the same span.
#pragma once

#include "assemble.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <span>
#include <unordered_map>

namespace arcscope
{

/// Values of a span column with patches laid over them.
class PatchedColumns
{
public:
    explicit PatchedColumns(const SpanTable& spans);

    std::uint32_t rows() const { return m_spans.rows(); }
    std::int64_t at(SpanColumn column, Row row) const
    {
        if (const auto& same = m_same[static_cast<std::size_t>(column)])
            return *same;
        return m_byRow.empty() || !m_patched[row] ? recorded(column, row) : patched(column, row);
    }
    /// The values of rows [first, first + out.size()), which lie in one chunk.
    void read(SpanColumn column, Row first, std::span<std::int64_t> out) const;
    /// The table has other columns than before.
    void columnsChanged();
    /// Whether every row has this value; true is said at once, and false where that is not easily known.
    bool allAre(SpanColumn column, std::int64_t value) const
    {
        return m_same[static_cast<std::size_t>(column)] == value;
    }
    void set(SpanColumn column, Row row, std::int64_t value);
    std::vector<Patch> takePatches(); ///< sorted by column, then row

private:
    friend class NearRows;
    const Column& chunkOf(SpanColumn column, Row row) const
    {
        const Column* const chunk = m_columns[static_cast<std::size_t>(column) * m_chunks + row / chunkRows];
        assert(chunk && row < rows());
        return *chunk;
    }
    std::int64_t recorded(SpanColumn column, Row row) const { return chunkOf(column, row)[row % chunkRows]; }
    std::int64_t patched(SpanColumn column, Row row) const;

    const SpanTable& m_spans;
    std::size_t m_chunks = 0;
    std::vector<const Column*> m_columns; ///< of the table, one column after the other; null: it has not this one
    std::vector<bool> m_patched;          ///< rows with any patch: few
    std::array<bool, static_cast<std::size_t>(spanColumnCount)> m_patchedColumns{};
    std::unordered_map<Row, std::vector<Patch>> m_byRow;
    std::array<std::optional<std::int64_t>, static_cast<std::size_t>(spanColumnCount)> m_same; ///< of all rows
};

/// The values of one column, for rows that mostly lie near the one asked for before. One thread; void when the columns
/// change or are patched.
class NearRows
{
public:
    NearRows(const PatchedColumns& columns, SpanColumn column)
        : m_columns(columns)
        , m_column(column)
        , m_patched(columns.m_patchedColumns[static_cast<std::size_t>(column)])
    {
    }

    std::int64_t operator[](Row row)
    {
        if (m_patched)
            return m_columns.at(m_column, row);
        if (!m_chunk || row / chunkRows != m_number) {
            m_chunk = &m_columns.chunkOf(m_column, row);
            m_number = row / chunkRows;
        }
        return (*m_chunk)[row % chunkRows];
    }

    /// This row will be asked for: has the memory fetched.
    void soon(Row row) const
    {
        const Column& chunk = m_columns.chunkOf(m_column, row);
        const auto width = static_cast<std::size_t>(chunk.width());
        __builtin_prefetch(chunk.bytes().data() + width * (row % chunkRows));
    }

private:
    const PatchedColumns& m_columns;
    SpanColumn m_column;
    bool m_patched;
    Row m_number = 0;
    const Column* m_chunk = nullptr;
};

/// What a span is found by.
struct SpanKey {
    std::int64_t trace = 0;
    std::int64_t high = 0;
    std::int64_t low = 0;
    IdForm form = IdForm::None;

    std::uint32_t hash() const;
};

/// The values of some columns, all rows one after the other, from `first` on, which begins a block.
template <std::size_t width>
class RowsInOrder
{
public:
    RowsInOrder(const PatchedColumns& columns, const std::array<SpanColumn, width>& names, Row first = 0)
        : m_columns(columns)
        , m_names(names)
        , m_next(first)
    {
        assert(first % blockRows == 0);
    }

    /// As often as there are rows.
    std::array<std::int64_t, width> next()
    {
        const std::size_t at = m_next % blockRows;
        if (at == 0)
            readBlock();
        ++m_next;
        std::array<std::int64_t, width> row;
        for (std::size_t i = 0; i < width; ++i)
            row[i] = m_values[i][at];
        return row;
    }

private:
    static constexpr std::size_t blockRows = 512;
    static_assert(chunkRows % blockRows == 0);

    void readBlock()
    {
        const std::size_t count = std::min<std::size_t>(blockRows, m_columns.rows() - m_next);
        for (std::size_t i = 0; i < width; ++i)
            m_columns.read(m_names[i], m_next, std::span(m_values[i]).first(count));
    }

    const PatchedColumns& m_columns;
    const std::array<SpanColumn, width> m_names;
    std::array<std::array<std::int64_t, blockRows>, width> m_values;
    Row m_next;
};

/// The keys of all rows, one after the other, as RowsInOrder.
class KeysInOrder
{
public:
    /// The columns: form, high and low part of an id.
    KeysInOrder(const PatchedColumns& columns, std::span<const SpanColumn, 3> id, Row first = 0)
        : m_rows(columns, {SpanColumn::Trace, id[0], id[1], id[2]}, first)
    {
    }

    /// As often as there are rows.
    SpanKey next()
    {
        const auto [trace, form, high, low] = m_rows.next();
        return {trace, high, low, static_cast<IdForm>(form)};
    }

private:
    RowsInOrder<4> m_rows;
};

/// Open-addressing table from (trace, span id) to the row that stands for the span: 11 bytes a span. Its places lie far
/// apart in memory: who looks up many spans calls soon() for each some time before.
class SpanIndex
{
public:
    explicit SpanIndex(const PatchedColumns& columns);

    /// Enters a row by its key; returns the row that held its id before, or noRow.
    Row insert(Row row, const SpanKey& key, std::uint32_t hash);
    /// The row of a span id in a trace, or noRow. `hash`: the key's.
    Row find(const SpanKey& key, std::uint32_t hash) const;
    /// A key of this hash will be entered or looked for: has the memory fetched.
    void soon(std::uint32_t hash) const { __builtin_prefetch(&m_slots[placeOf(hash)]); }

private:
    /// The hash lies in the slot, so that few rows have to be looked at.
    struct Slot {
        Row row = noRow;
        std::uint32_t hash = 0;
    };
    std::size_t placeOf(std::uint32_t hash) const { return std::uint64_t{hash} * m_slots.size() >> 32; }
    std::size_t nextPlace(std::size_t place) const { return place + 1 < m_slots.size() ? place + 1 : 0; }
    bool same(Row row, const SpanKey& key) const;

    const PatchedColumns& m_columns;
    std::vector<Slot> m_slots;
};

/// Rows for which memory of the index is fetched before they are looked up.
inline constexpr Row lookAhead = 16;

/// A key that is looked for some rows later, when its memory has come.
struct WantedKey {
    SpanKey key;
    std::uint32_t hash = 0;
};
using WantedKeys = std::array<WantedKey, lookAhead>;

/// Whether two rows record the same, wherever their records lie.
bool sameFacts(const PatchedColumns& columns, Row a, Row b);
/// Whether `one` stays and not `other`: it ends later, or else records more.
bool saysMore(const PatchedColumns& columns, Row one, Row other);

/// Takes over into `newer` what it does not record and `older` does.
void mergeRecords(PatchedColumns& columns, Row older, Row newer);

} // namespace arcscope
