// Importing inputs that are listed already, also parts of files.
#pragma once

#include "importer.h"
#include "source.h"

#include <string>
#include <vector>

namespace arcscope
{

struct InputList {
    std::vector<InputFile> files;
    std::vector<ImportIssue> issues; ///< for the ledger, of what could not be listed
    std::vector<std::string> asked;  ///< paths that a person named
};

/// As importInto(). A file that is read from behind its start goes on with the last source of its name.
Result<ImportReport> importInputs(const std::string& workspace, InputList inputs, const Control& control,
                                  const ChunkObserver& observer = {},
                                  const ImportOptions& options = ImportOptions::standard());

} // namespace arcscope
