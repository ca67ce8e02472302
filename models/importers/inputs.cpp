#include "archiveshelf.h"
#include "decompress.h"
#include "notesfile.h"
#include "source.h"
#include "whyunopened.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sys/stat.h>

namespace arcscope
{
namespace
{

/// Enough to see that a stream is a tar archive.
constexpr std::size_t headBytes = 512;

/// Reads the head of the stream and puts it back.
Packing peekPacking(std::unique_ptr<ByteStream>& stream)
{
    std::string head(headBytes, '\0');
    std::unique_ptr<Error> error;
    head.resize(readFully(*stream, head, error));
    const Packing packing = packingOf(head);
    stream = withHead(std::move(head), std::move(stream));
    return packing;
}

class Expansion
{
public:
    Expansion(std::vector<ImportIssue>& issues, const Control& control)
        : m_issues(issues)
        , m_control(control)
    {
    }

    /// False where it was cancelled.
    bool addPath(const std::string& path, bool named = true)
    {
        struct stat status {
        };
        if (path != "-" && ::stat(path.c_str(), &status) != 0)
            report(path, whyUnopened(errno));
        else if (S_ISDIR(status.st_mode))
            addFolder(path, status);
        else if (S_ISREG(status.st_mode))
            addFile(path, static_cast<std::uint64_t>(status.st_size));
        else if (!named)
            report(path, "left out: a pipe, socket or device is read only where it is named itself");
        else
            add({path, path, 0, 0, nullptr});
        return !m_control.stopped();
    }

    /// Adds what a person named, and says so where nothing is there.
    bool addNamed(const std::string& path)
    {
        const std::size_t before = m_files.size() + m_issues.size();
        m_listedBefore = false;
        const bool goesOn = addPath(path);
        std::error_code ignored;
        const bool isFolder = std::filesystem::is_directory(path, ignored);
        if (goesOn && m_files.size() + m_issues.size() == before && !m_full && !m_listedBefore)
            report(path, isFolder ? "the folder has no files to read" : "the archive has no files to read",
                   IssueKind::MissingField, Severity::Warning);
        return goesOn;
    }

    std::vector<InputFile> take() { return std::move(m_files); }

private:
    void add(InputFile file)
    {
        if (m_files.size() < maxInputs)
            m_files.push_back(std::move(file));
        else if (!std::exchange(m_full, true))
            report(file.name, "this and what follows is left out: more than " + std::to_string(maxInputs) + " inputs");
    }

    void report(const std::string& file, std::string message, IssueKind kind = IssueKind::UnreadableFile,
                Severity severity = Severity::Error)
    {
        if (message.starts_with(file + ": ")) // a row of the ledger names the file by itself
            message.erase(0, file.size() + 2);
        ImportIssue issue;
        issue.severity = severity;
        issue.kind = kind;
        issue.file = file;
        issue.message = std::move(message);
        m_issues.push_back(std::move(issue));
    }

    void addFolder(const std::string& path, const struct stat& status)
    {
        if (!m_folders.emplace(status.st_dev, status.st_ino).second) {
            m_listedBefore = true;
            return;
        }
        std::vector<std::string> names;
        std::error_code error;
        for (std::filesystem::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
            std::string name = it->path().filename().string();
            if (!name.starts_with('.') && !name.ends_with(notesFileSuffix))
                names.push_back(std::move(name));
        }
        if (error)
            report(path, whyUnopened(error.value()));
        std::sort(names.begin(), names.end());
        const std::string folder = path.ends_with('/') ? path : path + '/';
        for (const std::string& name : names) {
            if (m_full || !addPath(folder + name, false))
                return;
        }
    }

    void addFile(const std::string& path, std::uint64_t bytes)
    {
        auto stream = openPacked(path, m_control);
        if (!stream) {
            report(path, stream.error().message);
            return;
        }
        Packing packing = peekPacking(*stream);
        if (packing == Packing::Gzip || packing == Packing::Zstd) {
            *stream = unpacked(packing, std::move(*stream));
            packing = peekPacking(*stream);
        }
        const bool archive = packing == Packing::Zip || packing == Packing::Tar;
        if (archive)
            addMembers(path, bytes);
        else
            add({path, path, bytes, 0, nullptr});
    }

    void addMembers(const std::string& path, std::uint64_t bytes)
    {
        const auto shelf = std::make_shared<ArchiveShelf>(path, bytes);
        std::string damage;
        const auto members = shelf->list(m_control, damage);
        if (!members)
            return;
        double total = 0;
        for (const auto& member : *members)
            total += static_cast<double>(member.bytes);
        for (const auto& member : *members) {
            const double share = total > 0 ? static_cast<double>(member.bytes) / total : 0;
            add({path + '!' + member.name, path, static_cast<std::uint64_t>(share * static_cast<double>(bytes)),
                 member.index, shelf});
        }
        if (!damage.empty())
            report(path, damage);
        else if (shelf->lacksDirectory())
            report(path,
                   "the archive is cut off: the directory at its end is missing; its members were read as they come",
                   IssueKind::TruncatedFile);
    }

    std::vector<ImportIssue>& m_issues;
    const Control& m_control;
    std::vector<InputFile> m_files;
    std::set<std::pair<dev_t, ino_t>> m_folders;
    bool m_full = false;
    bool m_listedBefore = false; ///< a folder was met again
};

} // namespace

Result<std::vector<InputFile>> expandInputs(std::span<const std::string> paths, std::vector<ImportIssue>& issues,
                                            const Control& control)
{
    Expansion expansion(issues, control);
    for (const std::string& path : paths) {
        struct stat status {
        };
        if (path != "-" && ::lstat(path.c_str(), &status) != 0)
            return Error{ErrorCode::NotFound, path + ": " + whyUnopened(errno)};
        if (!expansion.addNamed(path))
            return Error{ErrorCode::Cancelled, "cancelled"};
    }
    return expansion.take();
}

} // namespace arcscope
