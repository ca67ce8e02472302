// TableWriter: rows of integers into the column chunks of a Table.
#pragma once

#include "columnbuilder.h"
#include "spantable.h"

#include <array>
#include <memory>

namespace arcscope
{

template <typename ColumnName, int columnCount>
class TableWriter
{
public:
    using Values = std::array<std::int64_t, static_cast<std::size_t>(columnCount)>;

    void add(const Values& values)
    {
        for (std::size_t i = 0; i < values.size(); ++i)
            m_columns[i].push(values[i]);
        ++m_rows;
        if (m_columns[0].rows() == chunkRows)
            seal();
    }
    std::uint32_t rows() const { return m_rows; }
    /// Every column is there, without rows, too.
    Table<ColumnName, columnCount> take()
    {
        if (m_columns[0].rows() > 0)
            seal();
        return std::move(m_table);
    }

private:
    void seal()
    {
        typename Table<ColumnName, columnCount>::Chunk chunk;
        chunk.rows = m_columns[0].rows();
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            chunk.columns[i] = std::make_shared<Column>(m_columns[i].encoded());
            m_columns[i].clear();
        }
        m_table.append(std::move(chunk));
    }

    std::array<ColumnBuilder, static_cast<std::size_t>(columnCount)> m_columns;
    Table<ColumnName, columnCount> m_table;
    std::uint32_t m_rows = 0;
};

} // namespace arcscope
