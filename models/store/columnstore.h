// Column chunks, strings and ids as rows of the workspace: what the writing and the reading side share.
#pragma once

#include "packing.h"
#include "spantable.h"
#include "sqlite.h"

#include <limits>
#include <span>
#include <vector>

namespace arcscope
{

/// Which table a chunk belongs to (column `tbl`); stored, never renumbered.
enum class StoredTable : std::uint8_t { Spans, Traces, Order, Arcs, ArcSegments, ArcEvents };

/// Inserts or replaces one column chunk.
Result<void> putChunk(Statement& put, StoredTable table, int column, std::size_t chunk, const Column& values);
/// The statement for putChunk.
Result<Statement> preparePutChunk(Database& database);

inline constexpr std::size_t allChunks = std::numeric_limits<std::int32_t>::max();

/// Loads the columns of a table into `target`, which may have others already; the first `mostChunks` of them. Error:
/// Cancelled, or Store where chunks are missing or damaged.
template <typename ColumnName, int columnCount>
Result<void> loadColumns(Database& database, StoredTable table, std::span<const ColumnName> columns,
                         Table<ColumnName, columnCount>& target, const Control& control,
                         std::size_t mostChunks = allChunks);

/// One row of the chunks table, checked.
struct StoredChunk {
    std::size_t chunk = 0;
    ColumnPtr column;
};
/// The chunks of one column in order.
Result<std::vector<StoredChunk>> readColumn(Database& database, StoredTable table, int column, const Control& control,
                                            std::size_t mostChunks = allChunks);

/// Whose texts they are.
enum class StoredStrings : std::uint8_t { Corpus, Arcs };
Result<void> putStrings(Database& database, Packer& packer, std::uint32_t firstId, const StringSegment& segment,
                        StoredStrings of = StoredStrings::Corpus);
Result<StringTable> readStrings(Database& database, StoredStrings of = StoredStrings::Corpus);

Result<void> putTraceIds(Database& database, Packer& packer, std::size_t first, std::span<const Id> ids);
Result<std::vector<Id>> readTraceIds(Database& database);

template <typename ColumnName, int columnCount>
Result<void> loadColumns(Database& database, StoredTable table, std::span<const ColumnName> columns,
                         Table<ColumnName, columnCount>& target, const Control& control, std::size_t mostChunks)
{
    for (const ColumnName name : columns) {
        if (target.rows() > 0 && target.has(name))
            continue;
        auto stored = readColumn(database, table, static_cast<int>(name), control, mostChunks);
        if (!stored)
            return stored.error();
        if (target.chunks().empty()) {
            for (const StoredChunk& chunk : *stored) {
                typename Table<ColumnName, columnCount>::Chunk made;
                made.rows = chunk.column->rows();
                target.append(std::move(made));
            }
        }
        if (stored->size() != target.chunks().size())
            return Error{ErrorCode::Store, "the workspace is damaged: a column is incomplete"};
        for (std::size_t i = 0; i < stored->size(); ++i) {
            if ((*stored)[i].column->rows() != target.chunks()[i].rows)
                return Error{ErrorCode::Store, "the workspace is damaged: a column is incomplete"};
            target.set(i, name, (*stored)[i].column);
        }
    }
    return {};
}

} // namespace arcscope
