#include "readerlibraries.h"

#include <archive.h>
#include <protozero/version.hpp>
#include <simdjson.h>
#include <yaml.h>
#include <zlib.h>
#include <zstd.h>

namespace arcscope
{

std::vector<LibraryVersion> readerLibraries()
{
    const std::string simdjsonVersion = std::to_string(simdjson::SIMDJSON_VERSION_MAJOR) + '.' +
                                        std::to_string(simdjson::SIMDJSON_VERSION_MINOR) + '.' +
                                        std::to_string(simdjson::SIMDJSON_VERSION_REVISION);
    std::string archive = archive_version_string(); // "libarchive 3.6.2"
    if (const auto space = archive.find(' '); space != std::string::npos)
        archive.erase(0, space + 1);
    return {
        {"simdjson", simdjsonVersion}, {"zstd", ZSTD_versionString()},         {"zlib", zlibVersion()},
        {"libarchive", archive},       {"libyaml", yaml_get_version_string()}, {"protozero", PROTOZERO_VERSION_STRING}};
}

} // namespace arcscope
