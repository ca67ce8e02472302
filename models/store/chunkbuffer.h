// ChunkBuffer: the rows of a chunk of spans while they come in, column by column.
#pragma once

#include "columnbuilder.h"
#include "spantable.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace arcscope
{

/// Every column has the same number of rows between two spans.
struct ChunkBuffer {
    std::array<ColumnBuilder, spanColumnCount> columns;

    ColumnBuilder& operator[](SpanColumn column) { return columns[static_cast<std::size_t>(column)]; }
    std::uint32_t rows() const { return columns.front().rows(); }
    SpanTable::Chunk encoded() const
    {
        SpanTable::Chunk chunk;
        chunk.rows = rows();
        for (std::size_t i = 0; i < columns.size(); ++i)
            chunk.columns[i] = std::make_shared<Column>(columns[i].encoded());
        return chunk;
    }
    /// Forgets the rows and keeps the memory for others.
    void clear()
    {
        for (ColumnBuilder& column : columns)
            column.clear();
    }
};

} // namespace arcscope
