#include "spanwriter.h"

#include "schema.h"
#include "streamcodec.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

constexpr std::size_t streamGroupBytes = std::size_t{256} << 10;
/// Up to two million new spans stay in memory until they are assembled, which is quicker; more would take more of it
/// than all that is done with them.
constexpr std::size_t mostChunksKept = 32;

} // namespace

SpanWriter::SpanWriter(Database database, const Control& control)
    : m_database(std::move(database))
    , m_control(control)
    , m_queue(control.stop)
{
}

SpanWriter::~SpanWriter()
{
    if (m_committed)
        return;
    static_cast<void>(m_queue.drain()); // the statement that runs ends first
    m_putChunk.reset();
    m_putBlock.reset();
    m_putStreams.reset();
    static_cast<void>(m_database.execute("rollback"));
}

Result<std::unique_ptr<SpanWriter>> SpanWriter::begin(const std::string& workspace, const Control& control)
{
    auto database = Database::open(workspace, Database::Mode::ReadWrite);
    if (!database)
        return database.error();
    if (auto checked = checkSchema(*database, workspace); !checked)
        return checked.error();
    const auto chunks = database->number("select count(*) from chunks");
    if (!chunks)
        return chunks.error();
    // Readers go on while rows are added to what is there; a new workspace has none, and a log would write everything
    // twice.
    const std::string mode = *chunks > 0 ? "wal" : "delete";
    if (auto set = database->execute("pragma journal_mode = " + mode +
                                     "; pragma synchronous = normal; pragma cache_size = -4096;"
                                     " pragma temp_store = memory; begin immediate");
        !set)
        return set.error();
    std::unique_ptr<SpanWriter> writer(new SpanWriter(std::move(*database), control));
    writer->m_log = *chunks > 0;
    if (auto loaded = writer->load(); !loaded)
        return loaded.error();
    return writer;
}

Result<void> SpanWriter::load()
{
    const auto prepare = [&](std::unique_ptr<Statement>& into, Result<Statement> statement) -> Result<void> {
        if (!statement)
            return statement.error();
        into = std::make_unique<Statement>(std::move(*statement));
        return {};
    };
    if (auto done = prepare(m_putChunk, preparePutChunk(m_database)); !done)
        return done;
    if (auto done = prepare(m_putBlock, m_database.prepare("insert into blocks(id, size, data) values(?,?,?)")); !done)
        return done;
    if (auto done = prepare(m_putStreams, m_database.prepare("insert into streams(first, last, data) values(?,?,?)"));
        !done)
        return done;

    const auto strings = readStrings(m_database);
    if (!strings)
        return strings.error();
    m_pool = StringPool(*strings);
    m_stringsWritten = m_pool.size();
    auto ids = readTraceIds(m_database);
    if (!ids)
        return ids.error();
    m_traceIds = std::move(*ids);
    m_traceIdsWritten = m_traceIds.size();
    for (std::size_t i = 0; i < m_traceIds.size(); ++i)
        m_traceOf.emplace(m_traceIds[i], static_cast<std::int64_t>(i));
    auto sources = readSources(m_database);
    if (!sources)
        return sources.error();
    m_sources = std::move(*sources);
    m_sourcesWritten = m_sources.size();
    const auto block = m_database.number("select coalesce(max(id), 0) + 1 from blocks");
    if (!block)
        return block.error();
    m_blockId = *block;
    const auto rows = m_database.number("select coalesce(sum(rows), 0) from chunks where tbl = 0 and col = 0");
    if (!rows)
        return rows.error();
    m_chunkIndex = static_cast<std::size_t>(*rows) / chunkRows;
    m_firstChunk = m_chunkIndex;
    const auto partial = static_cast<std::uint32_t>(*rows % chunkRows);
    return partial > 0 ? loadPartialChunk(partial) : Result<void>();
}

/// The last chunk goes on where it ended: only the last of a table may be short.
Result<void> SpanWriter::loadPartialChunk(std::uint32_t rows)
{
    for (int i = 0; i < spanColumnCount; ++i) {
        const auto stored = readColumn(m_database, StoredTable::Spans, i, m_control);
        if (!stored)
            return stored.error();
        if (stored->size() != m_chunkIndex + 1 || stored->back().column->rows() != rows)
            return Error{ErrorCode::Store, "the workspace is damaged: a column is incomplete"};
        for (std::uint32_t row = 0; row < rows; ++row)
            m_chunk.columns[static_cast<std::size_t>(i)].push((*stored->back().column)[row]);
    }
    return {};
}

void SpanWriter::beginSource(SourceFile source)
{
    m_ledger.beginFile(source.name);
    m_sources.push_back(std::move(source));
}

void SpanWriter::endSource(std::uint64_t records)
{
    m_sources.back().records = records;
}

std::int64_t SpanWriter::traceIndex(const Id& id)
{
    if (m_lastTraceIndex >= 0 && id == m_lastTrace)
        return m_lastTraceIndex;
    const auto [found, isNew] = m_traceOf.try_emplace(id, static_cast<std::int64_t>(m_traceIds.size()));
    if (isNew)
        m_traceIds.push_back(id);
    m_lastTrace = id;
    m_lastTraceIndex = found->second;
    return m_lastTraceIndex;
}

/// The offset of the record in its block, m_blockId.
std::size_t SpanWriter::placeRecord(std::string_view record)
{
    if (!m_block.fits(record))
        sealBlock();
    return m_block.add(record);
}

void SpanWriter::sealBlock()
{
    if (m_block.empty())
        return;
    UnpackedBytes bytes = m_block.take(m_queue.spare());
    const auto size = static_cast<std::int64_t>(bytes.view().size());
    m_queue.push({std::move(bytes), 0, [this, id = m_blockId, size](std::span<const std::byte> packed) {
                      m_blockBytes += packed.size();
                      return m_putBlock->bind(1, id).bind(2, size).bind(3, packed).run();
                  }});
    ++m_blockId;
}

Row SpanWriter::add(const SpanRecord& span, std::string_view record)
{
    ChunkBuffer& chunk = m_chunk;
    const std::uint32_t row = chunk.rows();
    const auto put = [&](SpanColumn column, std::int64_t value) { chunk[column].push(value); };
    put(SpanColumn::Trace, traceIndex(span.trace));
    put(SpanColumn::SpanForm, static_cast<std::int64_t>(span.span.form));
    put(SpanColumn::SpanHigh, static_cast<std::int64_t>(span.span.high));
    put(SpanColumn::SpanLow, static_cast<std::int64_t>(span.span.low));
    put(SpanColumn::ParentForm, static_cast<std::int64_t>(span.parent.form));
    put(SpanColumn::ParentHigh, static_cast<std::int64_t>(span.parent.high));
    put(SpanColumn::ParentLow, static_cast<std::int64_t>(span.parent.low));
    std::uint32_t flags = span.flags;
    std::int64_t duration = notRecorded;
    if (span.end == noTime) {
        flags |= bit(SpanFlag::Unfinished);
    } else if (span.start != noTime) {
        // A length beyond 292 years does not fit and is not recorded.
        if (__builtin_sub_overflow(span.end, span.start, &duration))
            duration = notRecorded;
        else if (duration < 0) {
            duration = 0;
            flags |= bit(SpanFlag::EndsBeforeStart);
        }
    }
    put(SpanColumn::Start, span.start);
    put(SpanColumn::Duration, duration);
    put(SpanColumn::FirstToken, span.firstToken);
    put(SpanColumn::Kind, static_cast<std::int64_t>(span.kind));
    put(SpanColumn::Status, static_cast<std::int64_t>(span.status));
    put(SpanColumn::Flags, flags);
    put(SpanColumn::Provenance, span.provenance.bits());
    put(SpanColumn::Messages, span.messages);
    put(SpanColumn::CallsAsked, span.callsAsked);
    put(SpanColumn::Cost, span.cost);
    put(SpanColumn::UsageDialect, static_cast<std::int64_t>(span.usageDialect));
    put(SpanColumn::ResponseHash, static_cast<std::int64_t>(span.responseHash));
    put(SpanColumn::StreamEvents, 0);
    put(SpanColumn::Source, static_cast<std::int64_t>(m_sources.size()) - 1);
    put(SpanColumn::SourceByte, span.sourceByte);
    const std::size_t offset = record.empty() ? 0 : placeRecord(record);
    put(SpanColumn::Block, record.empty() ? 0 : m_blockId);
    put(SpanColumn::BlockOffset, static_cast<std::int64_t>(offset));
    put(SpanColumn::BlockLength, static_cast<std::int64_t>(record.size()));
    put(SpanColumn::ParentRow, -1);
    put(SpanColumn::Depth, 0);
    put(SpanColumn::Lane, 0);
    for (std::size_t i = 0; i < span.texts.size(); ++i)
        chunk.columns[static_cast<std::size_t>(SpanColumn::FirstText) + i].push(span.texts[i].value);
    for (std::size_t i = 0; i < span.usage.tokens.size(); ++i)
        chunk.columns[static_cast<std::size_t>(SpanColumn::FirstUsage) + i].push(span.usage.tokens[i]);
    const auto result = static_cast<Row>(m_chunkIndex * chunkRows + row);
    if (row + 1 == chunkRows)
        sealChunk();
    return result;
}

/// The rows become columns here and not on the writing thread: so the memory of one chunk does for all.
void SpanWriter::sealChunk()
{
    if (m_chunk.rows() == 0)
        return;
    auto segment = m_pool.takeNew();
    const std::uint32_t firstString = m_stringsWritten;
    m_stringsWritten = m_pool.size();
    const SpanTable::Chunk chunk = m_chunk.encoded();
    std::size_t bytes = 0;
    for (const ColumnPtr& column : chunk.columns)
        bytes += column->bytes().size();
    m_queue.push({{}, bytes, [this, chunk, index = m_chunkIndex, segment, firstString](std::span<const std::byte>) {
                      return putSealed(chunk, index, segment, firstString);
                  }});
    if (chunk.rows == chunkRows) {
        m_chunk.clear();
        ++m_chunkIndex;
    }
}

/// On the writing thread.
Result<void> SpanWriter::putSealed(const SpanTable::Chunk& chunk, std::size_t index,
                                   const std::shared_ptr<const StringSegment>& segment, std::uint32_t firstString)
{
    for (std::size_t i = 0; i < chunk.columns.size(); ++i) {
        if (auto put = putChunk(*m_putChunk, StoredTable::Spans, static_cast<int>(i), index, *chunk.columns[i]); !put)
            return put;
    }
    if (segment) {
        Packer packer;
        if (auto put = putStrings(m_database, packer, firstString, *segment); !put)
            return put;
    }
    if (onChunk)
        onChunk(chunk, segment);
    m_manyChunks = m_manyChunks || index - m_firstChunk >= mostChunksKept;
    if (m_manyChunks) {
        m_newChunks.clear();
    } else {
        m_newChunks.resize(index - m_firstChunk);
        m_newChunks.push_back(chunk);
    }
    return {};
}

void SpanWriter::applyStreamCount(const StreamCount& count)
{
    const std::size_t chunk = count.row / chunkRows;
    if (chunk != m_chunkIndex) {
        m_lateCounts.push_back(count);
        return;
    }
    const std::uint32_t row = count.row % chunkRows;
    ColumnBuilder& events = m_chunk[SpanColumn::StreamEvents];
    events.change(row, events[row] + count.events);
    ColumnBuilder& flags = m_chunk[SpanColumn::Flags];
    flags.change(row, flags[row] | bit(SpanFlag::Streamed));
}

void SpanWriter::addStream(Row span, PackedStream stream)
{
    if (stream.count == 0)
        return;
    applyStreamCount({span, stream.count});
    appendStream(m_streams, span, stream);
    m_firstStream = std::min(m_firstStream, span);
    m_lastStream = std::max(m_lastStream, span);
    if (m_streams.size() >= streamGroupBytes)
        sealStreams();
}

void SpanWriter::sealStreams()
{
    if (m_streams.empty())
        return;
    m_queue.push({{std::move(m_streams), {}, nullptr},
                  0,
                  [this, first = std::int64_t{m_firstStream},
                   last = std::int64_t{m_lastStream}](std::span<const std::byte> packed) {
                      return m_putStreams->bind(1, first).bind(2, last).bind(3, packed).run();
                  }});
    m_streams = m_queue.spare();
    m_firstStream = noRow;
    m_lastStream = 0;
}

Result<void> SpanWriter::flush()
{
    sealBlock();
    sealStreams();
    if (m_chunk.rows() < chunkRows)
        sealChunk();
    if (auto drained = m_queue.drain(); !drained)
        return drained;
    if (auto segment = m_pool.takeNew()) {
        if (auto put = putStrings(m_database, m_packer, m_stringsWritten, *segment); !put)
            return put;
        m_stringsWritten = m_pool.size();
    }
    constexpr std::size_t idsPerRow = 1'000'000;
    for (; m_traceIdsWritten < m_traceIds.size();) {
        const std::size_t count = std::min(idsPerRow, m_traceIds.size() - m_traceIdsWritten);
        const auto ids = std::span(m_traceIds).subspan(m_traceIdsWritten, count);
        if (auto put = putTraceIds(m_database, m_packer, m_traceIdsWritten, ids); !put)
            return put;
        m_traceIdsWritten += count;
    }
    if (auto put = putSources(); !put)
        return put;
    if (auto put = m_ledger.write(m_database); !put)
        return put;
    return putLateStreamCounts();
}

Result<void> SpanWriter::putSources()
{
    auto insert = m_database.prepare("insert into sources(name, format, bytes, records) values(?,?,?,?)");
    if (!insert)
        return insert.error();
    for (; m_sourcesWritten < m_sources.size(); ++m_sourcesWritten) {
        const SourceFile& source = m_sources[m_sourcesWritten];
        auto put = insert->bind(1, source.name)
                       .bind(2, source.format)
                       .bind(3, static_cast<std::int64_t>(source.bytes))
                       .bind(4, static_cast<std::int64_t>(source.records))
                       .run();
        if (!put)
            return put;
    }
    return {};
}

Result<void> SpanWriter::putLateStreamCounts()
{
    std::map<std::size_t, std::vector<StreamCount>> byChunk;
    for (const StreamCount& count : m_lateCounts)
        byChunk[count.row / chunkRows].push_back(count);
    m_lateCounts.clear();
    if (byChunk.empty())
        return {};
    constexpr std::array columns{SpanColumn::StreamEvents, SpanColumn::Flags};
    auto corpus = this->corpus(columns);
    if (!corpus)
        return corpus.error();
    for (const auto& [chunk, counts] : byChunk) {
        for (const SpanColumn name : columns) {
            const Column& before = corpus->spans.chunks()[chunk][name];
            std::vector<std::int64_t> values(before.rows());
            before.read(0, values);
            for (const StreamCount& count : counts) {
                if (name == SpanColumn::StreamEvents)
                    values[count.row % chunkRows] += count.events;
                else
                    values[count.row % chunkRows] |= bit(SpanFlag::Streamed);
            }
            auto changed = std::make_shared<Column>(encode(values));
            if (auto put = replaceColumn(chunk, name, *changed); !put)
                return put;
            if (chunk >= m_firstChunk && !m_manyChunks)
                m_newChunks[chunk - m_firstChunk].columns[static_cast<std::size_t>(name)] = std::move(changed);
        }
    }
    return {};
}

Result<void> SpanWriter::commit()
{
    if (auto idle = m_queue.drain(); !idle)
        return idle;
    if (auto done = m_database.execute("commit"); !done)
        return done;
    m_committed = true;
    return {};
}

} // namespace arcscope
