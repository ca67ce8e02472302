// What an export says of where it came from: files with their digests, filter, range of time, version.
#pragma once

#include "result.h"
#include "spantable.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

struct ExportProvenance {
    struct File {
        std::string name;   ///< without its folders
        std::string sha256; ///< of its bytes on disk; empty: not known (standard input, a file that has gone)
        std::uint64_t bytes = 0;
    };
    std::vector<File> files;
    std::string filter; ///< empty: everything
    TimeRange range;    ///< from the first start to the last end; empty: not recorded
    std::uint64_t spans = 0;
    std::uint64_t traces = 0;
    std::string version; ///< of the program
    bool redacted = false;
};

/// Of files, folders (every file in them) and workspaces; of a bundle those that it was made of. Reads them once. Needs
/// Trace, Start and Duration. Error: NotFound, Cancelled.
Result<ExportProvenance> provenanceOf(const std::vector<std::string>& paths, const Corpus& corpus,
                                      std::span<const Row> rows);

/// One member of a JSON object for each fact, schema arcscope.provenance/1; no line feed.
std::string provenanceJson(const ExportProvenance& provenance);

/// One line for the foot of a picture or a sheet, parts apart by " · ", with the first digits of digests.
std::string provenanceLine(const ExportProvenance& provenance);

/// Lines for people.
std::vector<std::string> provenanceLines(const ExportProvenance& provenance);

} // namespace arcscope
