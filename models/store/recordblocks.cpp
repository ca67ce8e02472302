#include "recordblocks.h"

#include "packing.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t cachedBlocks = 8;

} // namespace

Result<const std::string*> RecordBlocks::block(Database& database, const std::string& file, std::int64_t id)
{
    const auto cached =
        std::find_if(m_cache.begin(), m_cache.end(), [&](const CachedBlock& block) { return block.id == id; });
    if (cached != m_cache.end()) {
        std::rotate(cached, cached + 1, m_cache.end());
        return &m_cache.back().bytes;
    }
    auto select = database.prepare("select data from blocks where id = ?");
    if (!select)
        return select.error();
    const auto row = select->bind(1, id).step();
    if (!row)
        return row.error();
    if (!*row)
        return Error{ErrorCode::Store, file + ": the workspace is damaged: a block of records is missing"};
    auto bytes = unpack(select->blob(0));
    if (!bytes)
        return within(bytes.error(), file);
    if (m_cache.size() == cachedBlocks)
        m_cache.erase(m_cache.begin());
    m_cache.push_back({id, std::move(*bytes)});
    return &m_cache.back().bytes;
}

Result<std::string> RecordBlocks::record(Database& database, const std::string& file, const SpanTable& spans, Row row)
{
    const auto length = static_cast<std::size_t>(spans.at(SpanColumn::BlockLength, row));
    if (length == 0)
        return std::string();
    const auto bytes = block(database, file, spans.at(SpanColumn::Block, row));
    if (!bytes)
        return bytes.error();
    const auto offset = static_cast<std::size_t>(spans.at(SpanColumn::BlockOffset, row));
    if (offset > (*bytes)->size() || length > (*bytes)->size() - offset)
        return Error{ErrorCode::Store, file + ": the workspace is damaged: a record lies outside its block"};
    return (*bytes)->substr(offset, length);
}

} // namespace arcscope
