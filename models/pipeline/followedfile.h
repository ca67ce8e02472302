// FollowedFile: a file that others write to, looked at from time to time: what came, and whether it is still the same.
#pragma once

#include "contentdigest.h"
#include "control.h"
#include "result.h"

#include <optional>
#include <string>
#include <sys/types.h>

namespace arcscope
{

/// Bytes of a file from `first` up to `last`, behind `lines` line feeds.
struct FilePart {
    std::string path;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t lines = 0;

    bool operator==(const FilePart&) const = default;
};

class FollowedFile
{
public:
    enum class Found : std::uint8_t {
        Nothing,
        Grown,   ///< something came behind what was there; also where a file that begins with it took its place
        Another, ///< another file lies there now (a log was rotated)
        Cut,     ///< it is shorter, or something else stands in it
        Gone,    ///< nothing lies there; it may come back
    };

    explicit FollowedFile(std::string path);

    /// Reads what is new as far as it is complete: to the end of the last whole line, or to the end where the rest is
    /// one whole JSON value. A line that is half written is left for later. After Another and Cut the file counts from
    /// its start. Error: it cannot be read, or is no file; Cancelled.
    Result<Found> look(const Control& control = {});
    /// What the last look added; empty where it added nothing.
    FilePart added() const { return {m_path, m_before, m_complete, m_linesBefore}; }
    /// Everything that is complete.
    FilePart whole() const { return {m_path, 0, m_complete, 0}; }
    const std::string& path() const { return m_path; }

private:
    struct Opened;

    Result<Found> compare(const Opened& file, const Control& control);
    Result<void> readOn(const Opened& file, const Control& control);
    void take(std::string_view bytes);
    void startAgain();

    std::string m_path;
    DigestKey m_key;
    bool m_known = false; ///< it was there at a look
    dev_t m_device = 0;
    ino_t m_inode = 0;
    std::uint64_t m_seen = 0;   ///< its size at the last look
    std::int64_t m_changed = 0; ///< when it was written to last, as the file system has it
    std::uint64_t m_before = 0;
    std::uint64_t m_linesBefore = 0;
    std::uint64_t m_complete = 0;
    std::uint64_t m_lines = 0;
    std::optional<ContentDigest> m_digest; ///< of what is complete
    std::string m_end;                     ///< the last bytes of it
};

/// Whether the text is one whole JSON object or array, with nothing but white space around it.
bool isWholeJson(std::string_view text);

} // namespace arcscope
