#include "temporaryfolder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace arcscope
{
namespace
{

namespace fs = std::filesystem;

constexpr std::string_view prefix = "arcscope-tmp-";
constexpr std::string_view lockName = "in-use";

/// Held, or -1. No POSIX lock, which is lost when the process closes the file anywhere.
int lockFile(const std::string& path, int flags)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, S_IRUSR | S_IWUSR);
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    if (file >= 0)
        ::close(file);
    return -1;
}

bool isMine(const fs::path& folder)
{
    struct stat facts {
    };
    return ::lstat(folder.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == ::geteuid();
}

Error failure(const fs::path& where)
{
    return {ErrorCode::Store,
            "no folder can be made in " + where.string() + ": " + std::generic_category().message(errno)};
}

} // namespace

TemporaryFolder::TemporaryFolder(std::string path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
    ::close(m_lock);
}

Result<std::shared_ptr<const TemporaryFolder>> TemporaryFolder::create()
{
    std::error_code problem;
    const fs::path where = fs::temp_directory_path(problem);
    if (problem)
        return Error{ErrorCode::Store, "there is no folder for temporary files: " + problem.message()};
    static std::once_flag swept;
    std::call_once(swept, [&] { removeAbandonedFolders(where.string()); });
    std::string path = (where / (std::string(prefix) + "XXXXXX")).string();
    if (!::mkdtemp(path.data()))
        return failure(where);
    const int lock = lockFile(path + '/' + std::string(lockName), O_CREAT | O_EXCL);
    if (lock < 0)
        return failure(path);
    return std::shared_ptr<const TemporaryFolder>(new TemporaryFolder(std::move(path), lock));
}

int removeAbandonedFolders(const std::string& where)
{
    int removed = 0;
    std::error_code problem;
    for (fs::directory_iterator entry(where, problem), end; !problem && entry != end; entry.increment(problem)) {
        const fs::path folder = entry->path();
        if (!folder.filename().string().starts_with(prefix) || !isMine(folder))
            continue;
        // One that is just being made has no lock file yet, and is left alone.
        const int lock = lockFile((folder / lockName).string(), 0);
        if (lock < 0)
            continue;
        std::error_code ignored;
        fs::remove_all(folder, ignored);
        ::close(lock);
        ++removed;
    }
    return removed;
}

} // namespace arcscope
