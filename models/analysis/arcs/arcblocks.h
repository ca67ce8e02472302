// Values of some columns for chosen rows of a table, a block at a time.
#pragma once

#include "spantable.h"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace arcscope
{

inline constexpr std::uint32_t arcBlockRows = 512;

/// The values of up to arcBlockRows rows, those of a column side by side.
template <std::size_t columnCount>
struct ArcBlock {
    std::size_t first = 0; ///< where its first row stands among all that are read
    std::span<const std::uint32_t> rows;
    std::array<std::array<std::int64_t, arcBlockRows>, columnCount> values;
};

/// Calls `use` with one block after the other. Rows are sorted. Memory of one block; a column is decoded only where
/// rows are wanted.
template <typename Table, typename Column, std::size_t columnCount, typename Use>
void forEachBlock(const Table& table, std::span<const std::uint32_t> rows,
                  const std::array<Column, columnCount>& columns, Use use)
{
    const auto block = std::make_unique<ArcBlock<columnCount>>();
    std::array<std::int64_t, arcBlockRows> decoded;
    for (std::size_t at = 0; at < rows.size();) {
        const std::uint32_t from = rows[at] / arcBlockRows * arcBlockRows;
        std::size_t end = at;
        while (end < rows.size() && rows[end] - from < arcBlockRows)
            ++end;
        block->first = at;
        block->rows = rows.subspan(at, end - at);
        const auto& chunk = table.chunks()[from / chunkRows];
        const std::uint32_t first = from % chunkRows;
        const std::size_t length = std::min<std::size_t>(arcBlockRows, chunk.rows - first);
        for (std::size_t c = 0; c < columnCount; ++c) {
            auto& values = block->values[c];
            if (block->rows.size() == length) {
                chunk[columns[c]].read(first, std::span(values).first(length));
            } else if (block->rows.size() > length / 8) {
                chunk[columns[c]].read(first, std::span(decoded).first(length));
                for (std::size_t i = 0; i < block->rows.size(); ++i)
                    values[i] = decoded[block->rows[i] - from];
            } else {
                for (std::size_t i = 0; i < block->rows.size(); ++i)
                    values[i] = chunk[columns[c]][first + block->rows[i] - from];
            }
        }
        use(*block);
        at = end;
    }
}

/// The values of rows that follow each other.
template <typename Table, typename Column>
void readRows(const Table& table, Column column, std::uint32_t first, std::span<std::int64_t> into)
{
    while (!into.empty()) {
        const auto& chunk = table.chunks()[first / chunkRows];
        const std::uint32_t within = first % chunkRows;
        const std::size_t count = std::min<std::size_t>(into.size(), chunk.rows - within);
        chunk[column].read(within, into.first(count));
        into = into.subspan(count);
        first += static_cast<std::uint32_t>(count);
    }
}

static_assert(chunkRows % arcBlockRows == 0);

} // namespace arcscope
