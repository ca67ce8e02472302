#include "storedsettings.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace arcscope
{
namespace
{

constexpr std::uintmax_t mostBytes = 1U << 20U;

/// The specification of base directories lets relative paths count for nothing.
std::string absoluteFolder(const char* variable)
{
    const char* const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nothing here sets variables
    return value && *value == '/' ? value : std::string();
}

} // namespace

std::string settingsFile()
{
    if (const std::string folder = absoluteFolder("XDG_CONFIG_HOME"); !folder.empty())
        return folder + "/arcscope/detectors.conf";
    const std::string home = absoluteFolder("HOME");
    return home.empty() ? std::string() : home + "/.config/arcscope/detectors.conf";
}

Result<DetectorSettings> storedSettings(const std::string& path)
{
    DetectorSettings settings;
    std::error_code error;
    if (path.empty() || !std::filesystem::exists(path, error))
        return settings;
    if (std::filesystem::file_size(path, error) > mostBytes || error)
        return Error{ErrorCode::Unreadable, path + ": " + (error ? error.message() : "too long for settings")};
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file)
        return Error{ErrorCode::Unreadable, path + ": " + std::strerror(errno)};
    if (auto read = readSettings(text, settings); !read)
        return within(read.error(), path);
    return settings;
}

} // namespace arcscope
