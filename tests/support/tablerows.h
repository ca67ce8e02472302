// Tables of task arcs written by tests row by row.
#pragma once

#include "arctable.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace arcscope::testing
{

/// Rows of a table, as they come.
template <typename ColumnName, int columns>
class RowsOf
{
public:
    void start(std::int64_t value = 0)
    {
        for (auto& column : m_values)
            column.push_back(value);
    }
    std::uint32_t rows() const { return static_cast<std::uint32_t>(m_values[0].size()); }
    void set(ColumnName name, std::int64_t value) { m_values[static_cast<std::size_t>(name)].back() = value; }
    std::int64_t last(ColumnName name) const { return m_values[static_cast<std::size_t>(name)].back(); }
    void add(ColumnName name, std::int64_t by = 1) { m_values[static_cast<std::size_t>(name)].back() += by; }

    Table<ColumnName, columns> table() const
    {
        Table<ColumnName, columns> made;
        for (std::size_t first = 0; first < rows(); first += chunkRows) {
            typename Table<ColumnName, columns>::Chunk chunk;
            chunk.rows = static_cast<std::uint32_t>(std::min<std::size_t>(chunkRows, rows() - first));
            for (std::size_t i = 0; i < m_values.size(); ++i)
                chunk.columns[i] = std::make_shared<Column>(encode(std::span(m_values[i]).subspan(first, chunk.rows)));
            made.append(std::move(chunk));
        }
        return made;
    }

private:
    std::array<std::vector<std::int64_t>, static_cast<std::size_t>(columns)> m_values;
};

using ArcTableRows = RowsOf<ArcColumn, arcColumnCount>;

/// An arc of which nothing is recorded.
inline void startArc(ArcTableRows& arcs)
{
    arcs.start();
    arcs.set(ArcColumn::Start, noTime);
    for (const ArcColumn column : {ArcColumn::Duration, ArcColumn::Active, ArcColumn::OutcomeRow, ArcColumn::Resolved,
                                   ArcColumn::Tokens, ArcColumn::Cost})
        arcs.set(column, -1);
    arcs.set(ArcColumn::Outcome, static_cast<int>(ArcOutcome::Unknown));
    arcs.set(ArcColumn::OutcomeSource, static_cast<int>(ArcSource::None));
    arcs.set(ArcColumn::Resolution, static_cast<int>(ArcResolution::Unknown));
    arcs.set(ArcColumn::ResolutionSource, static_cast<int>(ArcSource::None));
    arcs.set(ArcColumn::Score, noScore);
}

} // namespace arcscope::testing
