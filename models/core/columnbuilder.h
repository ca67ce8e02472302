// ColumnBuilder: one column of a chunk while its rows come in.
#pragma once

#include "column.h"

#include <cassert>
#include <cstdint>
#include <memory>

namespace arcscope
{

/// Up to chunkRows integers. A column that has said nothing but one value so far, as most do, takes no memory: touching
/// half a megabyte for each of them costs more than anything else that is done to a span.
class ColumnBuilder
{
public:
    void push(std::int64_t value)
    {
        assert(m_rows < chunkRows);
        if (m_varies)
            m_values[m_rows++] = value;
        else if (value == m_same && m_rows > 0)
            ++m_rows;
        else
            begin(value);
    }
    /// A row pushed before gets another value.
    void change(std::uint32_t row, std::int64_t value);

    std::uint32_t rows() const { return m_rows; }
    std::int64_t operator[](std::uint32_t row) const
    {
        assert(row < m_rows);
        return m_varies ? m_values[row] : m_same;
    }
    /// Memory that the rows take.
    std::size_t bytes() const { return m_varies ? sizeof(std::int64_t) * chunkRows : 0; }
    Column encoded() const;
    /// Forgets the rows and keeps the memory for others.
    void clear();

private:
    void begin(std::int64_t value);
    void spread();

    std::uint32_t m_rows = 0;
    bool m_varies = false;
    std::int64_t m_same = 0; ///< the value of all rows, unless m_varies
    std::unique_ptr<std::int64_t[]> m_values;
};

} // namespace arcscope
