// ArchiveShelf: one zip or tar archive (compressed or not), whose members are listed and read in place.
#pragma once

#include "source.h"

#include <mutex>

namespace arcscope
{

/// Any thread may open members; members opened in the order of the list cost one pass over the archive.
class ArchiveShelf : public std::enable_shared_from_this<ArchiveShelf>
{
public:
    struct Member {
        std::string name; ///< as the archive has it; only shown, never used as a path
        std::uint64_t bytes = 0;
        std::size_t index = 0;
    };

    ArchiveShelf(std::string path, std::uint64_t diskBytes);
    ~ArchiveShelf();
    ArchiveShelf(const ArchiveShelf&) = delete;
    ArchiveShelf& operator=(const ArchiveShelf&) = delete;

    /// Files in the order of the archive, without hidden ones. What a damaged archive still tells comes before
    /// `damage`.
    Result<std::vector<Member>> list(const Control& control, std::string& damage);
    /// Whether this is a zip file without the directory that ends one. Its members can be read as they come, but
    /// nothing says how many there were.
    bool lacksDirectory() const;
    /// The bytes of a member; `share` of the archive's bytes on disk are counted for it.
    Result<std::unique_ptr<ByteStream>> open(std::size_t index, std::uint64_t share);

private:
    class Cursor;
    class MemberStream;

    const std::string m_path;
    const std::uint64_t m_diskBytes;
    std::mutex m_mutex;
    std::unique_ptr<Cursor> m_idle; ///< stands where the last member ended
};

} // namespace arcscope
