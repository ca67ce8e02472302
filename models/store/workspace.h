// A workspace: one SQLite file that holds a corpus as column chunks, its untouched records, and what people write about
// it.
#pragma once

#include "columnstore.h"
#include "issue.h"
#include "recordblocks.h"
#include "stream.h"
#include "temporaryfolder.h"

#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

/// One input of an import.
struct SourceFile {
    std::string name;          ///< as given by the user; "archive.zip!member" for a member
    std::string format;        ///< name of the ImportFormat; empty: none recognised it
    std::uint64_t bytes = 0;   ///< on disk
    std::uint64_t records = 0; ///< spans it gave, before duplicates were merged
};

/// The reading side. One connection, one thread at a time; another thread opens its own.
class Workspace
{
public:
    /// Makes a new file; an existing one is not touched.
    static Result<Workspace> create(const std::string& path);
    /// A new file in a folder that only the user can look into; both go with the last Workspace moved from this one.
    static Result<Workspace> createTemporary();
    static Result<Workspace> open(const std::string& path);
    /// A copy as it is now, in a file as of createTemporary(). Opens the file anew: another thread may be using this.
    Result<Workspace> copyToTemporary() const;

    const std::string& path() const { return m_path; }
    bool isTemporary() const { return m_temporary != nullptr; }

    /// Traces, order and strings, and of the spans the columns asked for. What `begun`, an earlier loading of all
    /// spans, has is not loaded again. Error: Cancelled, Store.
    Result<Corpus> loadCorpus(std::span<const SpanColumn> columns, const Control& control, Corpus begun = {});
    /// The spans of the first chunks with their strings, without traces and order: what can be shown at once.
    Result<Corpus> loadSpans(std::span<const SpanColumn> columns, std::size_t chunks, const Control& control);
    /// Adds span columns to a corpus of this workspace; those it has are not loaded again.
    Result<void> loadColumns(Corpus& corpus, std::span<const SpanColumn> columns, const Control& control);

    /// The untouched record of a span; empty for synthetic spans. Needs Block, BlockOffset and BlockLength.
    Result<std::string> record(const SpanTable& spans, Row row);
    /// The stream events of a span; empty where none are recorded.
    Result<PackedStream> stream(Row row);

    Result<std::vector<SourceFile>> sources();
    /// Ledger rows, most severe first.
    Result<std::vector<ImportIssue>> issues(std::uint64_t first, std::uint64_t count);
    Result<std::uint64_t> issueRows();

    Database& database() { return m_database; }

private:
    Workspace(std::string path, Database database);
    Result<void> loadStrings(Corpus& corpus);
    template <typename Load>
    Result<void> inOneState(const Control& control, Load load);

    std::shared_ptr<const TemporaryFolder> m_temporary;
    std::string m_path;
    Database m_database;
    RecordBlocks m_blocks;
};

Result<std::vector<SourceFile>> readSources(Database& database);

} // namespace arcscope
