// What a user works on: a workspace opened, or files imported into a temporary one.
#pragma once

#include "importer.h"
#include "workspace.h"

#include <optional>

namespace arcscope
{

struct Session {
    Workspace workspace;
    Corpus corpus;                      ///< with the columns asked for
    std::optional<ImportReport> import; ///< nothing where an existing workspace was opened
};

/// True where `path` is a workspace file (by content, not by name).
bool isWorkspace(const std::string& path);

/// Shifts the times of the corpus by what calls between services say, and tells it in a sentence for each service that
/// was shifted. Loads the columns that this needs. Error: Cancelled, Store.
Result<std::vector<std::string>> alignByEstimates(Session& session, const Control& control);

/// Opens one workspace, or imports the paths into a temporary one that goes when the Session does.
Result<Session> openSession(const std::vector<std::string>& paths, std::span<const SpanColumn> columns,
                            const Control& control, const ChunkObserver& observer = {},
                            const ImportOptions& options = ImportOptions::standard());

} // namespace arcscope
