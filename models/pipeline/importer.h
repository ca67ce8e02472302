// From files to a workspace: every input sniffed, read, written, and the corpus assembled, as one transaction.
#pragma once

#include "control.h"
#include "issue.h"
#include "result.h"
#include "spantable.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

/// What became of one input.
struct ImportedFile {
    std::string name;
    std::string format; ///< name of the ImportFormat, "mapped/NAME" for a mapping; empty where none recognised it
    std::uint64_t spans = 0;
    bool known = false; ///< its content, or its beginning, was there already: a ledger row says where
};

struct ImportReport {
    std::vector<ImportedFile> files;
    std::uint64_t spans = 0;   ///< records added, before duplicates are merged
    std::uint64_t known = 0;   ///< files whose content was there already, wholly or in part
    std::uint64_t refused = 0; ///< records or files that are not in the workspace (ledger rows of Severity::Error)
};

/// Called on the writing thread each time rows become final, so that they can be shown while the import runs. The chunk
/// has the columns as imported; ParentRow, Depth and Lane are not known yet.
using ChunkObserver = std::function<void(const SpanTable::Chunk&, std::shared_ptr<const StringSegment>)>;

/// How files are read that no format of their own is known for.
struct ImportOptions {
    std::string mappingFile;       ///< reads every JSON, JSON Lines and CSV file by this mapping; empty: none
    std::string mappingText;       ///< the same, where the mapping is no file
    std::string mappingFolder;     ///< mappings that are tried on what no format recognises
    std::uint64_t mostRecords = 0; ///< of each file read by a mapping; 0: all

    /// With the mappings that the user has saved.
    static ImportOptions standard();
};

/// Imports files, folders, archives and "-" into the workspace at `workspace`, which must exist. Inputs that cannot be
/// read are ledger rows; the others are imported. On an Error (Cancelled, Store, NotFound) the workspace is as it was.
Result<ImportReport> importInto(const std::string& workspace, const std::vector<std::string>& paths,
                                const Control& control, const ChunkObserver& observer = {},
                                const ImportOptions& options = ImportOptions::standard());

} // namespace arcscope
