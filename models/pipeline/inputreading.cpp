#include "inputreading.h"

#include "mappedreader.h"
#include "mappingmatch.h"

#include <new>

namespace arcscope
{

Result<ImportMappings> mappingsOf(const ImportOptions& options)
{
    ImportMappings mappings;
    mappings.mostRecords = options.mostRecords;
    if (!options.mappingFile.empty() || !options.mappingText.empty()) {
        auto read = options.mappingFile.empty() ? parseMapping(options.mappingText, "the mapping")
                                                : readMappingFile(options.mappingFile);
        if (!read)
            return read.error();
        mappings.asked = std::move(*read);
    }
    if (!options.mappingFolder.empty())
        mappings.saved = readMappingFolder(options.mappingFolder, mappings.problems);
    return mappings;
}

std::string InputReading::name() const
{
    if (mapping)
        return std::string(mappedFormatName) + '/' + mapping->name;
    return format ? std::string(format->name) : std::string();
}

std::string_view InputReading::formatName() const
{
    return mapping ? mappedFormatName : format->name;
}

/// Running out of memory on a hostile record is a refused file, not a crash.
Result<void> InputReading::read(ReadJob& job, std::uint64_t mostRecords) const
{
    try {
        return mapping ? readMapped(job, *mapping, {mostRecords}) : format->read(job);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::Unreadable, "not enough memory for this file"};
    }
}

InputReading readingOf(const Probe& probe, Source& source, const std::string& fileName, const ImportMappings& mappings)
{
    const bool mappable = probe.kind() == ProbeKind::Json || probe.kind() == ProbeKind::Text;
    if (mappings.asked && mappable)
        return {nullptr, &*mappings.asked};
    const ImportFormat* const format = sniff(probe);
    if (format && format->name != mappedFormatName)
        return {format, nullptr};
    if (const Mapping* mapping = mappingFor(mappings.saved, source, fileName))
        return {nullptr, mapping};
    return {nullptr, mappingFor(shippedMappings(), source, fileName)};
}

} // namespace arcscope
