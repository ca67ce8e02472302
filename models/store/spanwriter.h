// The writing side of a workspace: one import, one transaction.
#pragma once

#include "blockbuilder.h"
#include "chunkbuffer.h"
#include "contentmarks.h"
#include "ledger.h"
#include "recordkeeper.h"
#include "spanrecord.h"
#include "spantable.h"
#include "streamgroupfile.h"
#include "workspace.h"
#include "writequeue.h"

#include <functional>
#include <unordered_map>

namespace arcscope
{

/// Takes what a reader finds (one thread) and writes it on a thread of its own: records into blocks of about 1 MB,
/// spans into column chunks. Memory is bounded by a chunk and the queue, about 100 MB whatever the size of the
/// input, and the column chunks that were written, about 50 bytes a span: the spans are assembled out of them.
///
///     begin → { beginSource, add…, endSource }… → flush → corpus, replaceColumn, putTraces, putOrder → commit
///
/// Destroying it without commit() leaves the workspace as it was.
class SpanWriter : public SpanSink, public RecordKeeper
{
public:
    static Result<std::unique_ptr<SpanWriter>> begin(const std::string& workspace, const Control& control);
    ~SpanWriter() override;

    /// Called on the writing thread with each chunk that is final, and its strings; set before the first add().
    std::function<void(const SpanTable::Chunk&, std::shared_ptr<const StringSegment>)> onChunk;

    /// The marks of the sources that are there; before the first add().
    Result<ContentMarks> contentMarks() { return readContentMarks(m_database); }
    void beginSource(SourceFile source);
    void endSource(std::uint64_t records);

    StringId intern(std::string_view text) override { return m_pool.intern(text); }
    Row add(const SpanRecord& span, std::string_view record) override;
    void addStream(Row span, PackedStream stream) override;
    void report(ImportIssue issue) override { m_ledger.report(std::move(issue)); }
    void lend(std::string_view text, const std::shared_ptr<const char[]>& buffer) override
    {
        m_block.lend(text, buffer);
    }

    /// Waits until everything is in the transaction. Afterwards only what follows may be called.
    Result<void> flush();
    /// The disk takes what was written while the caller does something else; what reads waits for it.
    void settle();
    /// The spans of the workspace, old and new, with these columns; traces and order are empty.
    Result<Corpus> corpus(std::span<const SpanColumn> columns);
    /// Adds columns to such spans; those they have are not loaded again. An empty table gets all rows.
    Result<void> load(SpanTable& spans, std::span<const SpanColumn> columns);
    Result<StringTable> strings();
    /// As Workspace::record.
    Result<std::string> record(const SpanTable& spans, Row row);
    /// As Workspace::stream.
    Result<PackedStream> stream(Row row)
    {
        const auto idle = m_queue.drain();
        return idle ? readStream(m_database, row) : idle.error();
    }
    /// More of a stream, see writeStream().
    Result<void> continueStream(Row row, const PackedStream& stream)
    {
        const auto idle = m_queue.drain();
        return idle ? writeStream(m_database, m_packer, row, stream) : idle;
    }
    Result<void> putContentMarks(const DigestKey& key, const std::vector<SourceMark>& marks);
    /// What the values of SpanColumn::Trace stand for.
    std::span<const Id> traceIds() const { return m_traceIds; }
    const std::vector<SourceFile>& sources() const { return m_sources; }
    // These three write behind: what fails is told by what follows, commit() at the latest.
    Result<void> replaceColumn(std::size_t chunk, SpanColumn column, Column values);
    Result<void> putTraces(const TraceTable& traces);
    Result<void> putOrder(const OrderTable& order);
    /// Replaces the ledger rows of earlier assemblies.
    Result<void> putAssemblyIssues(const std::vector<ImportIssue>& issues);
    Result<void> commit();

private:
    struct StreamCount {
        Row row;
        std::uint32_t events;
    };

    SpanWriter(Database database, const Control& control);
    Result<void> load();
    Result<void> loadPartialChunk(std::uint32_t rows);
    std::int64_t traceIndex(const Id& id);
    std::size_t placeRecord(std::string_view record);
    void sealBlock();
    void sealChunk();
    Result<void> putSealed(const SpanTable::Chunk& chunk, std::size_t index,
                           const std::shared_ptr<const StringSegment>& segment, std::uint32_t firstString);
    void sealStreams();
    void applyStreamCount(const StreamCount& count);
    Result<void> putLateStreamCounts();
    Result<void> putSources();
    template <typename Table>
    Result<void> putTable(StoredTable name, const Table& table);

    Database m_database;
    bool m_log = false; ///< changes go to a write-ahead log
    Control m_control;
    Packer m_packer; ///< of this thread, when the queue is idle
    std::unique_ptr<Statement> m_putChunk;
    std::unique_ptr<Statement> m_putBlock;
    std::unique_ptr<Statement> m_putStreams;

    StringPool m_pool;
    std::uint32_t m_stringsWritten = 1;
    std::unordered_map<Id, std::int64_t> m_traceOf;
    std::vector<Id> m_traceIds;
    std::size_t m_traceIdsWritten = 0;
    Id m_lastTrace;
    std::int64_t m_lastTraceIndex = -1;
    std::vector<SourceFile> m_sources;
    std::size_t m_sourcesWritten = 0;
    LedgerBuilder m_ledger;
    RecordBlocks m_blocks;

    ChunkBuffer m_chunk;
    std::size_t m_chunkIndex = 0;
    std::size_t m_firstChunk = 0; ///< that this import fills
    /// From m_firstChunk on; of the writing thread until it is drained. Empty where there are many.
    std::vector<SpanTable::Chunk> m_newChunks;
    bool m_manyChunks = false; ///< m_newChunks has not all
    BlockBuilder m_block;
    std::int64_t m_blockId = 1;
    std::size_t m_blockBytes = 0; ///< packed blocks that were written; of the writing thread until it is drained
    std::string m_streams;
    Row m_firstStream = noRow;
    Row m_lastStream = 0;
    std::vector<StreamCount> m_lateCounts; ///< of spans whose chunk is sealed
    bool m_committed = false;
    WriteQueue m_queue; ///< last: its thread uses the others
};

} // namespace arcscope
