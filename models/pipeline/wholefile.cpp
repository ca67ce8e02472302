#include "wholefile.h"

#include "source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace arcscope
{
namespace
{

namespace fs = std::filesystem;

Error notWritten(const std::string& path, int reason)
{
    return {ErrorCode::Unreadable, path + " cannot be written: " + std::strerror(reason)};
}

/// 0, or why not.
int writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

/// A new file beside another, for writing; its path is put into `made`. -1, with errno, where there can be none.
int newFileBeside(const fs::path& target, std::string& made)
{
    constexpr int mostTried = 100;
    constexpr mode_t rights = 0666; // as far as the user lets
    for (int number = 0; number < mostTried; ++number) {
        const std::string name = "." + target.filename().string().substr(0, 200) + "." + std::to_string(::getpid()) +
                                 "-" + std::to_string(number) + ".part";
        made = (target.parent_path() / name).string();
        const int file = ::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

Result<void> writeInto(const std::string& path, std::string_view bytes)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return notWritten(path, errno);
    int failed = writeAll(file, bytes);
    if (::close(file) != 0 && failed == 0)
        failed = errno;
    return failed == 0 ? Result<void>() : Result<void>(notWritten(path, failed));
}

} // namespace

Result<void> writeWhole(const std::string& path, std::string_view bytes)
{
    std::error_code ignored;
    const bool isThere = fs::exists(path, ignored);
    if (isThere && fs::is_directory(path, ignored))
        return notWritten(path, EISDIR);
    if (isThere && !fs::is_regular_file(path, ignored))
        return writeInto(path, bytes);
    const fs::path target = isThere ? fs::canonical(path, ignored) : fs::path(path);
    std::string begun;
    const int file = newFileBeside(target, begun);
    if (file < 0)
        return notWritten(path, errno);
    int failed = writeAll(file, bytes);
    struct stat there = {};
    if (failed == 0 && isThere && ::stat(target.c_str(), &there) == 0 && ::fchmod(file, there.st_mode & 0777) != 0)
        failed = errno;
    if (failed == 0 && ::fsync(file) != 0 && errno != EINVAL)
        failed = errno;
    if (::close(file) != 0 && failed == 0)
        failed = errno;
    if (failed == 0 && ::rename(begun.c_str(), target.c_str()) != 0)
        failed = errno;
    if (failed == 0)
        return {};
    ::unlink(begun.c_str());
    return notWritten(path, failed);
}

Result<void> writesNoneOf(const std::vector<std::string>& read, const std::string& written)
{
    std::error_code ignored;
    if (written.empty() || !fs::is_regular_file(written, ignored))
        return {};
    std::vector<ImportIssue> issues;
    const auto inputs = expandInputs(read, issues);
    if (!inputs)
        return {};
    const bool isRead = std::any_of(inputs->begin(), inputs->end(), [&](const InputFile& input) {
        return input.path != "-" && fs::equivalent(input.path, written, ignored);
    });
    return isRead
               ? Result<void>(Error{ErrorCode::Usage, written + " is one of the files that are read: choose another"})
               : Result<void>();
}

} // namespace arcscope
