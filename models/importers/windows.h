// WindowReader: a moving window over a Source, padded for parsers, that keeps what has not been consumed.
#pragma once

#include "control.h"
#include "errand.h"
#include "result.h"
#include "source.h"
#include "windowpool.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace arcscope
{

/// Bytes behind every view of the window that may be read (their values mean nothing).
inline constexpr std::size_t windowPadding = 64;
/// What one refill asks for.
inline constexpr std::size_t windowBytes = std::size_t(1) << 20;
/// The longest record that is kept; longer ones are skipped in bounded memory and named in the ledger.
inline constexpr std::size_t maxRecordBytes = std::size_t(64) << 20;

/// Holds at most the unconsumed bytes + two refills, beside buffers that others keep. Tells `control` how far the input
/// is and asks it at every refill. Of a prompt source that is longer than one refill, the next one is read and unpacked
/// on a thread of its own while this one is worked on; nobody else may use the source meanwhile.
class WindowReader
{
public:
    explicit WindowReader(Source& source, Control control = {}, std::size_t refill = windowBytes);
    ~WindowReader() = default; ///< waits for what is being read ahead
    WindowReader(const WindowReader&) = delete;
    WindowReader& operator=(const WindowReader&) = delete;

    /// What is read and not consumed, with windowPadding readable bytes behind it. Valid until more().
    std::string_view bytes() const { return {m_buffer.get() + m_begin, m_end - m_begin}; }
    /// What bytes() lies in. Whoever keeps it, on any thread, keeps these bytes as they are, consumed or not.
    std::shared_ptr<const char[]> buffer()
    {
        m_lent = true;
        return m_buffer;
    }
    /// Whether they lie in this buffer, which buffer() gave.
    bool liesIn(const std::shared_ptr<const char[]>& buffer) const { return buffer == m_buffer; }
    /// Where bytes() begins in the unpacked input.
    std::uint64_t offset() const { return m_offset; }
    /// Lines of the input before the first byte that this window ever held.
    std::uint64_t linesBefore() const { return m_source.linesSkipped(); }
    /// Drops bytes from the front.
    void consume(std::size_t bytes);
    /// Reads more behind what is there, which moves bytes(). False at the end of the input. Error: what read() says, or
    /// Cancelled; the bytes that are there stay.
    Result<bool> more();

private:
    /// What one reading of the source gave.
    struct Refill {
        Result<std::size_t> got = std::size_t(0);
        std::uint64_t onDisk = 0;
    };

    void makeRoom();
    Refill readInto(std::span<char> room);
    Refill takeAhead();
    void startAhead();

    Source& m_source;
    Control m_control;
    std::size_t m_refill;
    WindowPool m_pool; ///< of buffers to read ahead into
    std::shared_ptr<char[]> m_buffer;
    bool m_lent = false; ///< others may keep m_buffer
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::uint64_t m_offset = 0;
    std::uint64_t m_toldOnDisk = 0;
    std::shared_ptr<char[]> m_aheadBuffer; ///< room for what is kept, then the refill, then the padding
    bool m_readsAhead = false;             ///< the source is being read into m_aheadBuffer
    Refill m_refilled;                     ///< what that gave; of m_errand while it is under way
    Errand m_errand;                       ///< last: its thread uses the others
};

} // namespace arcscope
