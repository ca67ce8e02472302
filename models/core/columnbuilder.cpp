#include "columnbuilder.h"

#include <algorithm>

namespace arcscope
{

void ColumnBuilder::begin(std::int64_t value)
{
    if (m_rows == 0) {
        m_same = value;
    } else {
        spread();
        m_values[m_rows] = value;
    }
    ++m_rows;
}

void ColumnBuilder::spread()
{
    if (!m_values)
        m_values = std::make_unique_for_overwrite<std::int64_t[]>(chunkRows);
    std::fill_n(m_values.get(), m_rows, m_same);
    m_varies = true;
}

void ColumnBuilder::change(std::uint32_t row, std::int64_t value)
{
    assert(row < m_rows);
    if (!m_varies)
        spread();
    m_values[row] = value;
}

Column ColumnBuilder::encoded() const
{
    if (m_varies)
        return encode({m_values.get(), m_rows});
    return sameColumn(m_rows, m_same);
}

void ColumnBuilder::clear()
{
    m_rows = 0;
    m_varies = false;
}

} // namespace arcscope
