#include "source.h"

#include "archiveshelf.h"
#include "decompress.h"
#include "jsonbytes.h"
#include "whyunopened.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace arcscope
{
namespace
{

class DescriptorStream final : public ByteStream
{
public:
    DescriptorStream(int descriptor, bool owned, Control control,
                     std::uint64_t most = std::numeric_limits<std::uint64_t>::max())
        : m_descriptor(descriptor)
        , m_owned(owned)
        , m_control(std::move(control))
        , m_most(most)
    {
        struct stat status {
        };
        m_waits = ::fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
    }
    ~DescriptorStream() override
    {
        if (m_owned)
            ::close(m_descriptor);
    }
    DescriptorStream(const DescriptorStream&) = delete;
    DescriptorStream& operator=(const DescriptorStream&) = delete;

    Result<std::size_t> read(std::span<char> into) override
    {
        ssize_t got = 0;
        into = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), m_most - m_read)));
        do {
            if (m_waits && !waitForBytes())
                return Error{ErrorCode::Cancelled, "cancelled"};
            got = ::read(m_descriptor, into.data(), into.size());
        } while (got < 0 && (errno == EINTR || errno == EAGAIN));
        if (got < 0)
            return Error{ErrorCode::Unreadable, "byte " + std::to_string(m_read) + ": " + std::strerror(errno)};
        m_read += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }
    std::uint64_t bytesOnDisk() const override { return m_read; }

private:
    /// False where it was cancelled. A pipe may stay silent for ever, so nobody blocks in read().
    bool waitForBytes() const
    {
        constexpr int pollMilliseconds = 50;
        pollfd wait{m_descriptor, POLLIN, 0};
        while (!m_control.stopped()) {
            const int ready = ::poll(&wait, 1, pollMilliseconds);
            if (ready > 0 || (ready < 0 && errno != EINTR))
                return true;
        }
        return false;
    }

    int m_descriptor;
    bool m_owned;
    bool m_waits;
    Control m_control;
    std::uint64_t m_most;
    std::uint64_t m_read = 0;
};

class MemoryStream final : public ByteStream
{
public:
    explicit MemoryStream(std::string bytes)
        : m_bytes(std::move(bytes))
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t count = m_bytes.copy(into.data(), into.size(), m_at);
        m_at += count;
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return m_at; }

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

} // namespace

Result<std::unique_ptr<ByteStream>> openPacked(const std::string& path, const Control& control)
{
    return openPackedPart(path, 0, std::numeric_limits<std::uint64_t>::max(), control);
}

Result<std::unique_ptr<ByteStream>> openPackedPart(const std::string& path, std::uint64_t first, std::uint64_t last,
                                                   const Control& control)
{
    if (path == "-")
        return std::unique_ptr<ByteStream>(std::make_unique<DescriptorStream>(STDIN_FILENO, false, control));
    // O_NONBLOCK: opening a named pipe does not wait for its writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable;
        return Error{code, path + ": " + whyUnopened(errno)};
    }
    auto stream = std::make_unique<DescriptorStream>(descriptor, true, control, last - std::min(first, last));
    if (first > 0 && ::lseek(descriptor, static_cast<off_t>(first), SEEK_SET) < 0)
        return Error{ErrorCode::Unreadable, path + ": " + std::strerror(errno)};
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return std::unique_ptr<ByteStream>(std::move(stream));
}

Source::Source(std::unique_ptr<ByteStream> stream, std::uint64_t position, std::uint64_t lines)
    : m_stream(std::move(stream))
    , m_position(position)
    , m_linesSkipped(lines)
{
}

Result<std::size_t> Source::read(std::span<char> into)
{
    if (m_aheadAt < m_ahead.size()) {
        const std::size_t count = m_ahead.copy(into.data(), into.size(), m_aheadAt);
        m_aheadAt += count;
        m_position += count;
        return count;
    }
    if (m_error)
        return *m_error;
    if (m_ended || into.empty())
        return std::size_t(0);
    auto got = m_stream->read(into);
    if (!got)
        m_error = std::make_unique<Error>(got.error());
    else if (*got == 0)
        m_ended = true;
    else {
        m_position += *got;
        if (m_digest)
            m_digest->add({into.data(), *got});
    }
    return got;
}

std::string_view Source::peek(std::size_t bytes)
{
    m_ahead.erase(0, m_aheadAt);
    m_aheadAt = 0;
    if (m_ahead.size() < bytes && !m_ended && !m_error) {
        const std::size_t had = m_ahead.size();
        m_ahead.resize(bytes);
        const std::size_t got = readFully(*m_stream, std::span(m_ahead).subspan(had), m_error);
        m_ended = !m_error && had + got < bytes;
        m_ahead.resize(had + got);
        if (m_digest)
            m_digest->add(std::string_view(m_ahead).substr(had));
    }
    return std::string_view(m_ahead).substr(0, bytes);
}

bool Source::skipBlank(std::uint64_t most)
{
    constexpr std::size_t step = 65'536;
    for (std::uint64_t skipped = 0; skipped < most;) {
        const std::string_view ahead = peek(step);
        const auto* const text = std::find_if_not(ahead.begin(), ahead.end(), isSpace);
        const auto count = static_cast<std::size_t>(text - ahead.begin());
        m_linesSkipped += static_cast<std::uint64_t>(std::count(ahead.begin(), text, '\n'));
        m_aheadAt = count;
        m_position += count;
        skipped += count;
        if (count < step)
            return true;
    }
    return false;
}

Result<void> Source::skip(std::uint64_t bytes, const Control& control)
{
    constexpr std::size_t step = std::size_t(1) << 18;
    std::string passed(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, step)), '\0');
    while (bytes > 0) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        const auto got = read({passed.data(), static_cast<std::size_t>(std::min<std::uint64_t>(bytes, passed.size()))});
        if (!got)
            return got.error();
        if (*got == 0)
            break;
        const auto end = passed.begin() + static_cast<std::ptrdiff_t>(*got);
        m_linesSkipped += static_cast<std::uint64_t>(std::count(passed.begin(), end, '\n'));
        bytes -= *got;
    }
    return {};
}

std::optional<ContentMark> Source::mark() const
{
    const bool all = m_ended && !m_error && m_aheadAt >= m_ahead.size();
    return all && m_digest ? std::optional(m_digest->mark()) : std::nullopt;
}

namespace
{

/// Opens a part of a plain file.
Result<std::unique_ptr<Source>> openPart(const InputFile& file, const Control& control)
{
    auto raw = openPackedPart(file.path, file.firstByte, file.lastByte, control);
    if (!raw)
        return std::move(raw).error();
    return std::make_unique<Source>(std::move(*raw), file.firstByte, file.linesBefore);
}

} // namespace

Result<std::unique_ptr<Source>> openSource(const InputFile& file, const Control& control)
{
    if (!file.archive && (file.firstByte > 0 || file.lastByte != std::numeric_limits<std::uint64_t>::max()))
        return openPart(file, control);
    auto raw = file.archive ? file.archive->open(file.member, file.bytesOnDisk) : openPacked(file.path, control);
    if (!raw)
        return std::move(raw).error();
    auto stream = fullyUnpacked(std::move(*raw), file.archive ? 1 : 0);
    if (!stream)
        return within(std::move(stream).error(), file.name);
    struct stat status {
    };
    const bool onDisk = !file.archive && ::stat(file.path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    auto source = std::make_unique<Source>(std::move(*stream));
    source->setPrompt(onDisk);
    return source;
}

std::unique_ptr<Source> memorySource(std::string bytes)
{
    return std::make_unique<Source>(std::make_unique<MemoryStream>(std::move(bytes)));
}

} // namespace arcscope
