#include "mappingshelf.h"

#include "mapping.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace arcscope
{
namespace
{

/// The specification of base directories lets relative paths count for nothing.
std::string absoluteFolder(const char* variable)
{
    const char* const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nothing here sets variables
    return value && *value == '/' ? value : std::string();
}

} // namespace

std::string userMappingFolder()
{
    if (const std::string data = absoluteFolder("XDG_DATA_HOME"); !data.empty())
        return data + "/arcscope/mappings";
    const std::string home = absoluteFolder("HOME");
    return home.empty() ? std::string() : home + "/.local/share/arcscope/mappings";
}

Result<std::string> saveMapping(const std::string& folder, std::string_view text)
{
    const auto mapping = parseMapping(text, "the mapping");
    if (!mapping)
        return mapping.error();
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (folder.empty() || error)
        return Error{ErrorCode::Store, folder + ": " + (folder.empty() ? "no folder for mappings" : error.message())};
    const std::string path = folder + '/' + mapping->name + ".json";
    const std::string part = path + ".part";
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        file.close();
        if (!file)
            return Error{ErrorCode::Store, part + ": " + std::strerror(errno)};
    }
    std::filesystem::rename(part, path, error); // whoever reads at this time has the old one or the new one
    if (error)
        return Error{ErrorCode::Store, path + ": " + error.message()};
    return path;
}

bool isMappingSaved(const std::string& folder, std::string_view name)
{
    std::error_code ignored;
    return std::filesystem::exists(folder + '/' + std::string(name) + ".json", ignored);
}

} // namespace arcscope
