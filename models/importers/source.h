// Source: the bytes of one input in order, unpacked; and the list of inputs that paths given by a person stand for.
#pragma once

#include "contentdigest.h"
#include "control.h"
#include "issue.h"
#include "result.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class ArchiveShelf;

/// Layers of compression that are followed (an archive counts as one): "logs.zip!trace.json.gz" has two.
inline constexpr int maxCompressionLayers = 3;
/// A decompression bomb is refused: more than bombRatio bytes out of each byte on disk, counted from bombFloor bytes
/// on. Reading is bounded in memory anyway; this bounds time. Traces compress 5 to 100 times.
inline constexpr std::uint64_t bombRatio = 1'000;
inline constexpr std::uint64_t bombFloor = std::uint64_t(1) << 30;
/// Inputs that one call of expandInputs() lists at most; what lies behind is named in the ledger.
inline constexpr std::size_t maxInputs = 1'000'000;

/// One input: a file, standard input, or a member of an archive. Nothing is ever unpacked to disk.
struct InputFile {
    std::string name;              ///< for people and the ledger: the path, "-", or "archive.zip!member"
    std::string path;              ///< what to open; "-" for standard input
    std::uint64_t bytesOnDisk = 0; ///< as it lies there; of a member its share of the archive; 0: not known
    std::size_t member = 0;        ///< position in the archive, where `archive` is set
    std::shared_ptr<ArchiveShelf> archive;
    /// The part of a plain file that is read, for one that grows: from firstByte, at most to lastByte.
    std::uint64_t firstByte = 0;
    std::uint64_t lastByte = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t linesBefore = 0; ///< line feeds before firstByte
};

/// Bytes as they come. Used by Source; implemented for files, memory, decompressors and archive members.
class ByteStream
{
public:
    virtual ~ByteStream() = default;
    /// Fills from the front; fewer bytes than asked for are no end, 0 is. Bytes before damage come first, then the
    /// Error that names where it is.
    virtual Result<std::size_t> read(std::span<char> into) = 0;
    /// Bytes taken from disk so far.
    virtual std::uint64_t bytesOnDisk() const = 0;
};

/// The unpacked bytes of one input, read once from front to back, with a look ahead.
class Source
{
public:
    /// `position` and `lines`: what lies before the first byte of the stream, where it is a part of something.
    explicit Source(std::unique_ptr<ByteStream> stream, std::uint64_t position = 0, std::uint64_t lines = 0);

    /// As ByteStream::read.
    Result<std::size_t> read(std::span<char> into);
    /// Up to `bytes` bytes ahead; fewer only at the end or before damage (which read() then reports). Valid until the
    /// next call.
    std::string_view peek(std::size_t bytes);
    /// Passes over leading white space, `most` bytes at the most; false where more may follow.
    bool skipBlank(std::uint64_t most);
    /// Passes over `bytes` bytes, or what there is of them. Error: as read(), or Cancelled.
    Result<void> skip(std::uint64_t bytes, const Control& control);
    /// From now on a digest of all bytes is kept, of which none may have been read or looked at.
    void watch(const DigestKey& key) { m_digest.emplace(key); }
    /// What was watched, once everything is read; nothing before, and where reading ended with an error.
    std::optional<ContentMark> mark() const;
    /// Where the next byte lies in the unpacked input.
    std::uint64_t position() const { return m_position; }
    /// Line feeds among the bytes passed over.
    std::uint64_t linesSkipped() const { return m_linesSkipped; }
    std::uint64_t bytesOnDisk() const { return m_stream->bytesOnDisk(); }
    /// Whether read() waits for nobody, as for a file on disk: it may be called ahead of need.
    bool prompt() const { return m_prompt; }
    void setPrompt(bool prompt) { m_prompt = prompt; }

private:
    std::unique_ptr<ByteStream> m_stream;
    bool m_prompt = false;
    std::string m_ahead;
    std::size_t m_aheadAt = 0;
    std::uint64_t m_position = 0;
    std::uint64_t m_linesSkipped = 0;
    bool m_ended = false;
    std::unique_ptr<Error> m_error;
    std::optional<ContentDigest> m_digest;
};

/// Lists the inputs behind `paths`: folders are walked in byte order of their names (hidden entries and files of notes
/// left out, every real folder once), zip and tar archives (also compressed) are listed member by member. What cannot
/// be listed is one row in `issues`. Error: a path that does not exist, or Cancelled.
Result<std::vector<InputFile>> expandInputs(std::span<const std::string> paths, std::vector<ImportIssue>& issues,
                                            const Control& control = {});

/// Opens an input at its first byte. Compression (gzip, zstd) is recognised by content, never by name.
/// Waiting for a pipe or a terminal ends with Cancelled where `control` is stopped, here and in read().
Result<std::unique_ptr<Source>> openSource(const InputFile& file, const Control& control = {});

/// A source over bytes in memory, as they are.
std::unique_ptr<Source> memorySource(std::string bytes);

} // namespace arcscope
