#include "notesfile.h"

#include "sha256.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

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

std::string notesFolder()
{
    if (const std::string data = absoluteFolder("XDG_DATA_HOME"); !data.empty())
        return data + "/arcscope/notes";
    const std::string home = absoluteFolder("HOME");
    return home.empty() ? std::string() : home + "/.local/share/arcscope/notes";
}

std::string notesFileOf(const std::string& path)
{
    constexpr std::size_t digits = 16; // of the digest: files of one name in several folders
    const std::string beside = path + std::string(notesFileSuffix);
    const std::filesystem::path whole(path);
    std::error_code error;
    const std::string folder = notesFolder();
    if (folder.empty() || std::filesystem::exists(beside, error) ||
        ::faccessat(AT_FDCWD, whole.parent_path().c_str(), W_OK, AT_EACCESS) == 0)
        return beside;
    return folder + '/' + whole.filename().string() + '.' + sha256Of(path).substr(0, digits) +
           std::string(notesFileSuffix);
}

} // namespace arcscope
