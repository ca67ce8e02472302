// Which mapping is for a file: by its members, its columns or its name.
#pragma once

#include "mapping.h"
#include "probe.h"

#include <span>
#include <string_view>
#include <vector>

namespace arcscope
{

/// Whether a file that begins like this is one that the mapping is for. `fileName` may have a folder in front.
bool isFor(const Mapping& mapping, const Probe& probe, std::string_view fileName);

/// The first of them that is for the file, or null.
const Mapping* mappingFor(std::span<const Mapping> mappings, const Probe& probe, std::string_view fileName);

/// The same with a wider look than a probe has: members may stand behind long texts. Looks ahead only.
const Mapping* mappingFor(std::span<const Mapping> mappings, Source& source, std::string_view fileName);

/// The columns of a CSV file that begins like this; empty where the text is none.
std::vector<std::string> headerColumns(std::string_view head);

/// The mappings that come with the program, parsed once.
std::span<const Mapping> shippedMappings();

/// A mapping file that comes with the program.
struct MappingText {
    std::string_view name; ///< of the file
    std::string_view text;
};
std::span<const MappingText> shippedMappingTexts();

} // namespace arcscope
