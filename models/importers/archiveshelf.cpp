#include "archiveshelf.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <fstream>

namespace arcscope
{
namespace
{

constexpr std::size_t blockBytes = 65'536;

bool isHidden(std::string_view name)
{
    if (name.starts_with("__MACOSX/"))
        return true;
    while (!name.empty()) {
        const std::size_t slash = name.find('/');
        const std::string_view part = name.substr(0, slash);
        if (part.starts_with('.') && part != "." && part != "..")
            return true;
        name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
    }
    return false;
}

} // namespace

/// An open archive and how far it has been read.
class ArchiveShelf::Cursor
{
public:
    explicit Cursor(const std::string& path)
        : m_archive(archive_read_new())
    {
        archive_read_support_format_zip(m_archive);
        archive_read_support_format_tar(m_archive);
        archive_read_support_filter_gzip(m_archive);
        archive_read_support_filter_zstd(m_archive);
        m_usable = archive_read_open_filename(m_archive, path.c_str(), blockBytes) == ARCHIVE_OK;
    }
    ~Cursor() { archive_read_free(m_archive); }
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;

    bool usable() const { return m_usable; }
    /// The entry whose header comes next.
    std::size_t index() const { return m_next; }
    std::string what() const
    {
        const char* text = archive_error_string(m_archive);
        return text ? text : "damaged archive";
    }
    /// The next entry, or null at the end or where it is damaged (then not usable()).
    archive_entry* next()
    {
        archive_entry* entry = nullptr;
        const int code = archive_read_next_header(m_archive, &entry);
        if (code == ARCHIVE_EOF)
            return nullptr;
        m_usable = code == ARCHIVE_OK || code == ARCHIVE_WARN;
        ++m_next;
        return m_usable ? entry : nullptr;
    }
    la_ssize_t read(std::span<char> into)
    {
        const la_ssize_t got = archive_read_data(m_archive, into.data(), into.size());
        m_usable = got >= 0 || got == ARCHIVE_WARN;
        return got;
    }

private:
    archive* m_archive;
    bool m_usable = false;
    std::size_t m_next = 0;
};

class ArchiveShelf::MemberStream final : public ByteStream
{
public:
    MemberStream(std::shared_ptr<ArchiveShelf> shelf, std::unique_ptr<Cursor> cursor, std::uint64_t bytes,
                 std::uint64_t share)
        : m_shelf(std::move(shelf))
        , m_cursor(std::move(cursor))
        , m_bytes(bytes)
        , m_share(share)
    {
    }
    ~MemberStream() override
    {
        if (!m_cursor->usable())
            return;
        const std::scoped_lock lock(m_shelf->m_mutex);
        m_shelf->m_idle = std::move(m_cursor);
    }
    MemberStream(const MemberStream&) = delete;
    MemberStream& operator=(const MemberStream&) = delete;

    Result<std::size_t> read(std::span<char> into) override
    {
        if (m_ended || into.empty())
            return std::size_t(0);
        const la_ssize_t got = m_cursor->read(into);
        if (got < 0)
            return Error{ErrorCode::Malformed,
                         "byte " + std::to_string(m_read) + " of the member: " + m_cursor->what()};
        m_ended = got == 0;
        m_read += static_cast<std::uint64_t>(got);
        if (m_read > bombFloor && m_share > 0 && m_read / bombRatio > m_shelf->m_diskBytes)
            return Error{ErrorCode::Malformed, "byte " + std::to_string(m_read) +
                                                   " of the member: the archive is taken for a decompression bomb"};
        return static_cast<std::size_t>(got);
    }
    std::uint64_t bytesOnDisk() const override
    {
        if (m_ended)
            return m_share;
        const double part = m_bytes > 0 ? std::min(1.0, static_cast<double>(m_read) / static_cast<double>(m_bytes)) : 0;
        return static_cast<std::uint64_t>(part * static_cast<double>(m_share));
    }

private:
    std::shared_ptr<ArchiveShelf> m_shelf;
    std::unique_ptr<Cursor> m_cursor;
    std::uint64_t m_bytes;
    std::uint64_t m_share;
    std::uint64_t m_read = 0;
    bool m_ended = false;
};

ArchiveShelf::ArchiveShelf(std::string path, std::uint64_t diskBytes)
    : m_path(std::move(path))
    , m_diskBytes(diskBytes)
{
}

ArchiveShelf::~ArchiveShelf() = default;

Result<std::vector<ArchiveShelf::Member>> ArchiveShelf::list(const Control& control, std::string& damage)
{
    std::vector<Member> members;
    Cursor cursor(m_path);
    while (cursor.usable()) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        archive_entry* entry = cursor.next();
        if (!entry)
            break;
        const char* pathname = archive_entry_pathname_utf8(entry);
        if (!pathname)
            pathname = archive_entry_pathname(entry);
        const std::string name = pathname ? pathname : "member " + std::to_string(cursor.index());
        if (archive_entry_filetype(entry) == AE_IFREG && !isHidden(name) && !archive_entry_hardlink(entry))
            members.push_back({name, static_cast<std::uint64_t>(archive_entry_size(entry)), cursor.index() - 1});
    }
    if (!cursor.usable())
        damage = cursor.what();
    return members;
}

bool ArchiveShelf::lacksDirectory() const
{
    constexpr std::size_t shortestEnd = 22;                    // bytes of the end of the directory
    constexpr std::uint64_t longestEnd = shortestEnd + 65'535; // with the longest comment
    std::ifstream in(m_path, std::ios::binary);
    std::string bytes(4, '\0');
    if (!in.read(bytes.data(), 4) || bytes != "PK\x03\x04")
        return false;
    bytes.resize(static_cast<std::size_t>(std::min(m_diskBytes, longestEnd)));
    in.seekg(-static_cast<std::streamoff>(bytes.size()), std::ios::end);
    if (bytes.size() < shortestEnd || !in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        return true;
    return bytes.rfind("PK\x05\x06", bytes.size() - shortestEnd) == std::string::npos;
}

Result<std::unique_ptr<ByteStream>> ArchiveShelf::open(std::size_t index, std::uint64_t share)
{
    std::unique_ptr<Cursor> cursor;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_idle && m_idle->index() <= index)
            cursor = std::move(m_idle);
    }
    if (!cursor)
        cursor = std::make_unique<Cursor>(m_path);
    archive_entry* entry = nullptr;
    while (cursor->usable() && cursor->index() <= index) {
        entry = cursor->next();
        if (!entry)
            break;
    }
    if (!entry)
        return Error{ErrorCode::Unreadable, m_path + ": " + (cursor->usable() ? "the member is gone" : cursor->what())};
    const auto bytes = static_cast<std::uint64_t>(archive_entry_size(entry));
    return std::unique_ptr<ByteStream>(
        std::make_unique<MemberStream>(shared_from_this(), std::move(cursor), bytes, share));
}

} // namespace arcscope
