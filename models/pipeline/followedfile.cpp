#include "followedfile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace arcscope
{
namespace
{

constexpr std::size_t step = std::size_t(1) << 20;
/// What is compared to see that a file was only added to.
constexpr std::size_t endBytes = 256;
/// A line that is longer is not waited for: no reader takes it.
constexpr std::size_t longestLine = std::size_t(64) << 20;

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

bool isWholeJson(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    if (text.empty() || (text.front() != '{' && text.front() != '['))
        return false;
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 1, text.end(), isBlank);
        }
    }
    return false;
}

struct FollowedFile::Opened {
    int descriptor = -1;
    struct stat status {
    };

    Opened() = default;
    ~Opened()
    {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    std::uint64_t size() const { return static_cast<std::uint64_t>(status.st_size); }
    std::int64_t changed() const { return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec; }

    /// Calls `take(bytes)` with [first, last), as far as it is there.
    template <typename Take>
    Result<void> read(std::uint64_t first, std::uint64_t last, const Control& control, Take take) const
    {
        const auto buffer = std::make_unique_for_overwrite<char[]>(step);
        while (first < last) {
            if (control.stopped())
                return Error{ErrorCode::Cancelled, "cancelled"};
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(step, last - first));
            const ssize_t got = ::pread(descriptor, buffer.get(), wanted, static_cast<off_t>(first));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return Error{ErrorCode::Unreadable, std::strerror(errno)};
            if (got == 0)
                break;
            take(std::string_view(buffer.get(), static_cast<std::size_t>(got)));
            first += static_cast<std::uint64_t>(got);
        }
        return {};
    }
};

FollowedFile::FollowedFile(std::string path)
    : m_path(std::move(path))
    , m_key(DigestKey::random())
{
    startAgain();
}

void FollowedFile::startAgain()
{
    m_seen = 0;
    m_before = 0;
    m_linesBefore = 0;
    m_complete = 0;
    m_lines = 0;
    m_digest.emplace(m_key);
    m_end.clear();
}

/// Whether what was read still stands in the file.
Result<FollowedFile::Found> FollowedFile::compare(const Opened& file, const Control& control)
{
    const bool sameFile = file.status.st_dev == m_device && file.status.st_ino == m_inode;
    const Found otherwise = sameFile ? Found::Cut : Found::Another;
    if (file.size() < m_complete)
        return otherwise;
    if (!sameFile) {
        ContentDigest digest(m_key);
        const auto read = file.read(0, m_complete, control, [&](std::string_view bytes) { digest.add(bytes); });
        if (!read)
            return read.error();
        return digest.bytes() == m_complete && digest.value() == m_digest->value() ? Found::Nothing : otherwise;
    }
    std::string end;
    const auto read =
        file.read(m_complete - m_end.size(), m_complete, control, [&](std::string_view bytes) { end += bytes; });
    if (!read)
        return read.error();
    return end == m_end ? Found::Nothing : otherwise;
}

void FollowedFile::take(std::string_view bytes)
{
    m_digest->add(bytes);
    m_lines += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    m_complete += bytes.size();
    m_end += bytes.substr(bytes.size() - std::min(bytes.size(), endBytes));
    if (m_end.size() > endBytes)
        m_end.erase(0, m_end.size() - endBytes);
}

Result<void> FollowedFile::readOn(const Opened& file, const Control& control)
{
    std::string line; // what is not complete
    const auto read = file.read(m_complete, file.size(), control, [&](std::string_view bytes) {
        const std::size_t lineFeed = bytes.rfind('\n');
        if (lineFeed != std::string_view::npos) {
            take(line);
            take(bytes.substr(0, lineFeed + 1));
            line.clear();
            bytes.remove_prefix(lineFeed + 1);
        }
        line += bytes;
    });
    if (read && (line.size() > longestLine || isWholeJson(line)))
        take(line);
    return read;
}

Result<FollowedFile::Found> FollowedFile::look(const Control& control)
{
    m_before = m_complete;
    m_linesBefore = m_lines;
    Opened file;
    file.descriptor = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file.descriptor < 0 && errno == ENOENT)
        return Found::Gone;
    if (file.descriptor < 0 || ::fstat(file.descriptor, &file.status) != 0)
        return Error{ErrorCode::Unreadable, m_path + ": " + std::strerror(errno)};
    if (!S_ISREG(file.status.st_mode))
        return Error{ErrorCode::Unsupported, m_path + ": only a file can be followed"};
    Found found = Found::Nothing;
    if (m_known) {
        const bool asBefore = file.status.st_dev == m_device && file.status.st_ino == m_inode &&
                              file.size() == m_seen && file.changed() == m_changed;
        if (asBefore)
            return Found::Nothing;
        const auto compared = compare(file, control);
        if (!compared)
            return within(compared.error(), m_path);
        found = *compared;
        if (found != Found::Nothing)
            startAgain();
    }
    if (auto read = readOn(file, control); !read)
        return within(read.error(), m_path);
    m_known = true;
    m_device = file.status.st_dev;
    m_inode = file.status.st_ino;
    m_seen = file.size();
    m_changed = file.changed();
    return found == Found::Nothing && m_complete > m_before ? Found::Grown : found;
}

} // namespace arcscope
