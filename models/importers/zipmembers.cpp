#include "zipmembers.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace arcscope
{
namespace
{

constexpr std::size_t largestMember = std::size_t{256} << 20;

struct Free {
    void operator()(archive* one) const { archive_free(one); }
    void operator()(archive_entry* one) const { archive_entry_free(one); }
};

la_ssize_t append(archive*, void* into, const void* bytes, size_t count)
{
    static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

} // namespace

Result<std::string> zippedMembers(const std::vector<ArchiveMember>& members)
{
    std::string bytes;
    const std::unique_ptr<archive, Free> zip(archive_write_new());
    const auto failed = [&] {
        const char* const why = archive_error_string(zip.get());
        return Error{ErrorCode::Unreadable, std::string("the archive cannot be written: ") + (why ? why : "unknown")};
    };
    if (archive_write_set_format_zip(zip.get()) != ARCHIVE_OK ||
        archive_write_set_options(zip.get(), "zip:compression=deflate") != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(zip.get(), 1) != ARCHIVE_OK ||
        archive_write_open(zip.get(), &bytes, nullptr, append, nullptr) != ARCHIVE_OK)
        return failed();
    for (const ArchiveMember& member : members) {
        constexpr time_t never = 315'532'800; // 1980, when the times of zip begin
        const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
        archive_entry_set_pathname_utf8(entry.get(), member.name.c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.bytes.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), never, 0);
        if (archive_write_header(zip.get(), entry.get()) != ARCHIVE_OK ||
            archive_write_data(zip.get(), member.bytes.data(), member.bytes.size()) !=
                static_cast<la_ssize_t>(member.bytes.size()))
            return failed();
    }
    if (archive_write_close(zip.get()) != ARCHIVE_OK)
        return failed();
    return bytes;
}

Result<std::optional<std::string>> archiveMember(const std::string& path, std::string_view name)
{
    const std::unique_ptr<archive, Free> zip(archive_read_new());
    archive_read_support_format_zip(zip.get());
    constexpr std::size_t block = 65'536;
    if (archive_read_open_filename(zip.get(), path.c_str(), block) != ARCHIVE_OK)
        return Error{ErrorCode::Unreadable, path + " is no zip archive that can be read"};
    archive_entry* entry = nullptr;
    while (archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK) {
        const char* const found = archive_entry_pathname_utf8(entry);
        if (!found || name != found)
            continue;
        std::string bytes;
        std::string buffer(block, '\0');
        while (bytes.size() <= largestMember) {
            const la_ssize_t count = archive_read_data(zip.get(), buffer.data(), buffer.size());
            if (count < 0)
                return Error{ErrorCode::Unreadable, path + ": " + std::string(name) + " is damaged"};
            if (count == 0)
                return std::optional(std::move(bytes));
            bytes.append(buffer, 0, static_cast<std::size_t>(count));
        }
        return Error{ErrorCode::Unsupported, path + ": " + std::string(name) + " is larger than 256 MB"};
    }
    return std::optional<std::string>();
}

} // namespace arcscope
