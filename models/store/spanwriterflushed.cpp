// What a SpanWriter does when everything is in the transaction: the rest of an import reads, changes and adds.
#include "spanwriter.h"

#include "ledger.h"

namespace arcscope
{
namespace
{

/// With less in the file its commit takes no longer than settling does.
constexpr std::size_t worthSettling = std::size_t{8} << 20;

} // namespace

void SpanWriter::settle()
{
    if (!m_log && m_blockBytes >= worthSettling)
        m_queue.push({{}, 0, [this](std::span<const std::byte>) { return m_database.settle(); }});
}

Result<StringTable> SpanWriter::strings()
{
    if (auto idle = m_queue.drain(); !idle)
        return idle.error();
    return readStrings(m_database);
}

Result<std::string> SpanWriter::record(const SpanTable& spans, Row row)
{
    if (auto idle = m_queue.drain(); !idle)
        return idle.error();
    return m_blocks.record(m_database, {}, spans, row);
}

Result<void> SpanWriter::putContentMarks(const DigestKey& key, const std::vector<SourceMark>& marks)
{
    if (auto idle = m_queue.drain(); !idle)
        return idle;
    return writeContentMarks(m_database, key, marks);
}

Result<Corpus> SpanWriter::corpus(std::span<const SpanColumn> columns)
{
    Corpus corpus;
    if (auto loaded = load(corpus.spans, columns); !loaded)
        return loaded.error();
    return corpus;
}

Result<void> SpanWriter::load(SpanTable& spans, std::span<const SpanColumn> columns)
{
    if (m_manyChunks || m_firstChunk > 0) {
        if (auto idle = m_queue.drain(); !idle)
            return idle;
        return loadColumns(m_database, StoredTable::Spans, columns, spans, m_control);
    }
    // Memory has them all: settle() may go on meanwhile.
    for (std::size_t i = 0; i < m_newChunks.size(); ++i) {
        if (i >= spans.chunks().size()) {
            SpanTable::Chunk chunk;
            chunk.rows = m_newChunks[i].rows;
            spans.append(std::move(chunk));
        }
        for (const SpanColumn column : columns)
            spans.set(i, column, m_newChunks[i].columns[static_cast<std::size_t>(column)]);
    }
    return {};
}

Result<void> SpanWriter::replaceColumn(std::size_t chunk, SpanColumn column, Column values)
{
    const auto kept = std::make_shared<const Column>(std::move(values));
    m_queue.push({{}, kept->bytes().size(), [this, chunk, column, kept](std::span<const std::byte>) {
                      return putChunk(*m_putChunk, StoredTable::Spans, static_cast<int>(column), chunk, *kept);
                  }});
    return {};
}

Result<void> SpanWriter::putTraces(const TraceTable& traces)
{
    m_queue.push({{}, 0, [this, traces](std::span<const std::byte>) { return putTable(StoredTable::Traces, traces); }});
    return {};
}

Result<void> SpanWriter::putOrder(const OrderTable& order)
{
    m_queue.push({{}, 0, [this, order](std::span<const std::byte>) { return putTable(StoredTable::Order, order); }});
    return {};
}

/// On the writing thread: all of a table in place of what was there.
template <typename Table>
Result<void> SpanWriter::putTable(StoredTable name, const Table& table)
{
    const std::string clear = "delete from chunks where tbl = " + std::to_string(static_cast<int>(name));
    if (auto cleared = m_database.execute(clear); !cleared)
        return cleared;
    for (std::size_t chunk = 0; chunk < table.chunks().size(); ++chunk) {
        const auto& columns = table.chunks()[chunk].columns;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (auto put = putChunk(*m_putChunk, name, static_cast<int>(i), chunk, *columns[i]); !put)
                return put;
        }
    }
    return {};
}

Result<void> SpanWriter::putAssemblyIssues(const std::vector<ImportIssue>& issues)
{
    if (auto idle = m_queue.drain(); !idle)
        return idle;
    if (auto cleared = m_database.execute("delete from issues where assembled = 1"); !cleared)
        return cleared;
    return writeIssues(m_database, issues, true);
}

} // namespace arcscope
