// What reads an input: the format that recognises it, or a mapping.
#pragma once

#include "format.h"
#include "importer.h"
#include "mapping.h"
#include "probe.h"

#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

/// Mappings that an import may use.
struct ImportMappings {
    std::optional<Mapping> asked; ///< for whatever it can read
    std::vector<Mapping> saved;   ///< for what they match
    std::vector<std::string> problems;
    std::uint64_t mostRecords = 0;
};

/// Error: the mapping that was asked for cannot be read.
Result<ImportMappings> mappingsOf(const ImportOptions& options);

struct InputReading {
    const ImportFormat* format = nullptr;
    const Mapping* mapping = nullptr;

    explicit operator bool() const { return format || mapping; }
    /// As ImportedFile::format.
    std::string name() const;
    std::string title() const { return mapping ? mapping->title : std::string(format->title); }
    std::string_view formatName() const;
    bool linesStandAlone() const { return format && format->linesStandAlone; }
    Result<void> read(ReadJob& job, std::uint64_t mostRecords) const;
};

/// A mapping that was asked for comes before every format, those that are found by what they match after them.
InputReading readingOf(const Probe& probe, Source& source, const std::string& fileName, const ImportMappings& mappings);

} // namespace arcscope
