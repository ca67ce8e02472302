// Tables of column chunks: immutable snapshots, cheap to copy, columns present as far as they were asked for.
#pragma once

#include "clockoffset.h"
#include "column.h"
#include "ids.h"
#include "span.h"
#include "spancolumns.h"
#include "stringtable.h"
#include "times.h"
#include "usage.h"

#include <array>
#include <cassert>
#include <vector>

namespace arcscope
{

/// Rows in chunks of chunkRows (the last may be shorter); row r lies in chunk r / chunkRows. A column that was not
/// loaded is null in every chunk.
template <typename ColumnName, int columnCount>
class Table
{
public:
    struct Chunk {
        std::uint32_t rows = 0;
        std::array<ColumnPtr, static_cast<std::size_t>(columnCount)> columns;

        const Column& operator[](ColumnName name) const
        {
            assert(columns[static_cast<std::size_t>(name)]);
            return *columns[static_cast<std::size_t>(name)];
        }
    };

    std::uint32_t rows() const { return m_rows; }
    const std::vector<Chunk>& chunks() const { return m_chunks; }
    bool has(ColumnName name) const
    {
        for (const Chunk& chunk : m_chunks) {
            if (!chunk.columns[static_cast<std::size_t>(name)])
                return false;
        }
        return true;
    }

    /// One value; the column must be loaded. For loops over many rows go by chunk.
    std::int64_t at(ColumnName name, std::uint32_t row) const
    {
        assert(row < m_rows);
        return m_chunks[row / chunkRows][name][row % chunkRows];
    }

    /// Only the last chunk may be shorter than chunkRows.
    void append(Chunk chunk)
    {
        assert(m_rows % chunkRows == 0);
        m_rows += chunk.rows;
        m_chunks.push_back(std::move(chunk));
    }
    /// Puts a column into a chunk that exists, in place of the one it has.
    void set(std::size_t chunk, ColumnName name, ColumnPtr column)
    {
        assert(column && column->rows() == m_chunks[chunk].rows);
        m_chunks[chunk].columns[static_cast<std::size_t>(name)] = std::move(column);
    }
    /// All values of one column.
    std::vector<std::int64_t> values(ColumnName name) const
    {
        std::vector<std::int64_t> out(m_rows);
        std::size_t first = 0;
        for (const Chunk& chunk : m_chunks) {
            chunk[name].read(0, std::span(out).subspan(first, chunk.rows));
            first += chunk.rows;
        }
        return out;
    }

private:
    std::vector<Chunk> m_chunks;
    std::uint32_t m_rows = 0;
};

using TraceTable = Table<TraceColumn, traceColumnCount>;
using OrderTable = Table<OrderColumn, orderColumnCount>;

/// The span table with readable accessors. Each needs its column loaded.
class SpanTable : public Table<SpanColumn, spanColumnCount>
{
public:
    SpanKind kind(Row row) const { return static_cast<SpanKind>(at(SpanColumn::Kind, row)); }
    SpanStatus status(Row row) const { return static_cast<SpanStatus>(at(SpanColumn::Status, row)); }
    bool flagged(Row row, SpanFlag flag) const { return (at(SpanColumn::Flags, row) & bit(flag)) != 0; }
    ProvenanceSet provenance(Row row) const
    {
        return ProvenanceSet(static_cast<std::uint32_t>(at(SpanColumn::Provenance, row)));
    }
    Nanos start(Row row) const { return at(SpanColumn::Start, row); }
    Nanos duration(Row row) const { return at(SpanColumn::Duration, row); } ///< -1: not recorded
    /// End recorded or not: without one the range is empty at its start; without a start it is not recorded.
    TimeRange range(Row row) const
    {
        const Nanos from = start(row);
        const Nanos length = duration(row);
        return from == noTime ? TimeRange{} : TimeRange{from, from + (length < 0 ? 0 : length)};
    }
    Row parent(Row row) const
    {
        const std::int64_t parentRow = at(SpanColumn::ParentRow, row);
        return parentRow < 0 ? noRow : static_cast<Row>(parentRow);
    }
    StringId text(SpanText what, Row row) const { return {static_cast<std::uint32_t>(at(columnOf(what), row))}; }
    Usage usage(Row row) const
    {
        Usage usage;
        for (int i = 0; i < usageClassCount; ++i)
            usage.tokens[static_cast<std::size_t>(i)] =
                at(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i), row);
        return usage;
    }
    Id spanId(Row row) const
    {
        return {static_cast<std::uint64_t>(at(SpanColumn::SpanHigh, row)),
                static_cast<std::uint64_t>(at(SpanColumn::SpanLow, row)),
                static_cast<IdForm>(at(SpanColumn::SpanForm, row))};
    }
    Id parentId(Row row) const
    {
        return {static_cast<std::uint64_t>(at(SpanColumn::ParentHigh, row)),
                static_cast<std::uint64_t>(at(SpanColumn::ParentLow, row)),
                static_cast<IdForm>(at(SpanColumn::ParentForm, row))};
    }
};

/// One corpus as analysis, layout and views see it: a snapshot whose parts belong together.
struct Corpus {
    SpanTable spans;
    TraceTable traces;
    OrderTable order;
    StringTable strings;
    ClockOffsets clocks; ///< that its times were aligned by; empty: they are as recorded

    std::string_view text(SpanText what, Row row) const { return strings[spans.text(what, row)]; }
    /// An id as its source writes it.
    std::string idText(const Id& id) const
    {
        const StringId text{id.form == IdForm::Text ? static_cast<std::uint32_t>(id.low) : 0};
        return arcscope::idText(id, strings[text]);
    }
    std::string traceIdText(std::uint32_t trace) const
    {
        return idText({static_cast<std::uint64_t>(traces.at(TraceColumn::IdHigh, trace)),
                       static_cast<std::uint64_t>(traces.at(TraceColumn::IdLow, trace)),
                       static_cast<IdForm>(traces.at(TraceColumn::IdForm, trace))});
    }
    /// Rows of a trace in pre-order (superseded spans are left out). Needs the order table and TraceColumn::First and
    /// Spans.
    std::vector<Row> rowsOf(std::uint32_t trace) const
    {
        const auto first = static_cast<std::uint32_t>(traces.at(TraceColumn::First, trace));
        const auto count = static_cast<std::uint32_t>(traces.at(TraceColumn::Spans, trace));
        std::vector<Row> rows;
        rows.reserve(count);
        for (std::uint32_t i = first; i < first + count; ++i)
            rows.push_back(static_cast<Row>(order.at(OrderColumn::SpanRow, i)));
        return rows;
    }
};

} // namespace arcscope
