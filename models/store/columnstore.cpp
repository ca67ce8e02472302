#include "columnstore.h"

#include <cstring>

namespace arcscope
{
namespace
{

const Error damagedColumn{ErrorCode::Store, "the workspace is damaged: a column cannot be read"};
const Error damagedStrings{ErrorCode::Store, "the workspace is damaged: its strings cannot be read"};

template <typename T>
void putRaw(std::string& out, T value)
{
    out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename T>
T takeRaw(std::string_view& bytes)
{
    T value;
    std::memcpy(&value, bytes.data(), sizeof(value));
    bytes.remove_prefix(sizeof(value));
    return value;
}

constexpr std::size_t storedIdBytes = 17;

} // namespace

Result<Statement> preparePutChunk(Database& database)
{
    return database.prepare(
        "insert or replace into chunks(tbl, col, chunk, rows, min, max, width, data) values(?,?,?,?,?,?,?,?)");
}

Result<void> putChunk(Statement& put, StoredTable table, int column, std::size_t chunk, const Column& values)
{
    return put.bind(1, static_cast<std::int64_t>(table))
        .bind(2, std::int64_t{column})
        .bind(3, static_cast<std::int64_t>(chunk))
        .bind(4, std::int64_t{values.rows()})
        .bind(5, values.min())
        .bind(6, values.max())
        .bind(7, std::int64_t{values.width()})
        .bind(8, values.bytes())
        .run();
}

Result<std::vector<StoredChunk>> readColumn(Database& database, StoredTable table, int column, const Control& control,
                                            std::size_t mostChunks)
{
    auto select = database.prepare(
        "select chunk, rows, min, max, width, data from chunks where tbl = ? and col = ? and chunk < ? order by chunk");
    if (!select)
        return select.error();
    select->bind(1, static_cast<std::int64_t>(table))
        .bind(2, std::int64_t{column})
        .bind(3, static_cast<std::int64_t>(mostChunks));
    std::vector<StoredChunk> chunks;
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return chunks;
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const std::span<const std::byte> bytes = select->blob(5);
        const std::int64_t rows = select->number(1);
        auto values = std::make_shared<Column>();
        const bool last = !chunks.empty() && chunks.back().column->rows() != chunkRows;
        if (last || select->number(0) != static_cast<std::int64_t>(chunks.size()) || rows < 1 || rows > chunkRows ||
            !Column::fromBytes(static_cast<std::uint32_t>(rows), select->number(2), select->number(3),
                               static_cast<int>(select->number(4)), {bytes.begin(), bytes.end()}, *values))
            return damagedColumn;
        chunks.push_back({chunks.size(), std::move(values)});
    }
}

Result<void> putStrings(Database& database, Packer& packer, std::uint32_t firstId, const StringSegment& segment,
                        StoredStrings of)
{
    std::string bytes;
    for (const std::uint32_t end : segment.ends)
        putRaw(bytes, end);
    bytes += segment.text;
    const auto packed = packer.pack(bytes);
    auto insert = database.prepare(of == StoredStrings::Arcs ? "insert into arc_strings(id, count, data) values(?,?,?)"
                                                             : "insert into strings(id, count, data) values(?,?,?)");
    if (!insert)
        return insert.error();
    return insert->bind(1, std::int64_t{firstId})
        .bind(2, static_cast<std::int64_t>(segment.ends.size()))
        .bind(3, packed)
        .run();
}

Result<StringTable> readStrings(Database& database, StoredStrings of)
{
    auto select = database.prepare(of == StoredStrings::Arcs ? "select id, count, data from arc_strings order by id"
                                                             : "select id, count, data from strings order by id");
    if (!select)
        return select.error();
    StringTable table;
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return table;
        const auto bytes = unpack(select->blob(2));
        if (!bytes)
            return bytes.error();
        const auto count = static_cast<std::size_t>(select->number(1));
        if (select->number(0) != table.size() || count == 0 || count * sizeof(std::uint32_t) > bytes->size())
            return damagedStrings;
        std::string_view rest = *bytes;
        auto segment = std::make_shared<StringSegment>();
        segment->ends.reserve(count);
        std::uint32_t previous = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto end = takeRaw<std::uint32_t>(rest);
            if (end < previous)
                return damagedStrings;
            segment->ends.push_back(end);
            previous = end;
        }
        if (previous != rest.size())
            return damagedStrings;
        segment->text = rest;
        table.append(std::move(segment));
    }
}

Result<void> putTraceIds(Database& database, Packer& packer, std::size_t first, std::span<const Id> ids)
{
    if (ids.empty())
        return {};
    std::string bytes;
    bytes.reserve(ids.size() * storedIdBytes);
    for (const Id& id : ids) {
        putRaw(bytes, static_cast<std::uint8_t>(id.form));
        putRaw(bytes, id.high);
        putRaw(bytes, id.low);
    }
    const auto packed = packer.pack(bytes);
    auto insert = database.prepare("insert into trace_ids(id, data) values(?,?)");
    if (!insert)
        return insert.error();
    return insert->bind(1, static_cast<std::int64_t>(first)).bind(2, packed).run();
}

Result<std::vector<Id>> readTraceIds(Database& database)
{
    const Error damaged{ErrorCode::Store, "the workspace is damaged: its trace ids cannot be read"};
    auto select = database.prepare("select id, data from trace_ids order by id");
    if (!select)
        return select.error();
    std::vector<Id> ids;
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return ids;
        const auto bytes = unpack(select->blob(1));
        if (!bytes)
            return bytes.error();
        if (select->number(0) != static_cast<std::int64_t>(ids.size()) || bytes->size() % storedIdBytes != 0)
            return damaged;
        for (std::string_view rest = *bytes; !rest.empty();) {
            Id id;
            id.form = static_cast<IdForm>(takeRaw<std::uint8_t>(rest));
            id.high = takeRaw<std::uint64_t>(rest);
            id.low = takeRaw<std::uint64_t>(rest);
            if (id.form > IdForm::Text)
                return damaged;
            ids.push_back(id);
        }
    }
}

} // namespace arcscope
