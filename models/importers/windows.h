// WindowReader: a moving window over a Source, padded for parsers, that keeps what has not been consumed.
#pragma once

#include "control.h"
#include "result.h"
#include "source.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace arcscope
{

/// Bytes behind every view of the window that may be read (their values mean nothing).
inline constexpr std::size_t windowPadding = 64;
/// What one refill asks for.
inline constexpr std::size_t windowBytes = std::size_t(8) << 20;
/// The longest record that is kept; longer ones are skipped in bounded memory and named in the ledger.
inline constexpr std::size_t maxRecordBytes = std::size_t(64) << 20;

/// Holds at most the unconsumed bytes + one refill. Tells `control` how far the input is and asks it at every refill.
class WindowReader
{
public:
    explicit WindowReader(Source& source, Control control = {}, std::size_t refill = windowBytes);

    /// What is read and not consumed, with windowPadding readable bytes behind it. Valid until more().
    std::string_view bytes() const { return {m_buffer.get() + m_begin, m_end - m_begin}; }
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
    void makeRoom();

    Source& m_source;
    Control m_control;
    std::size_t m_refill;
    std::unique_ptr<char[]> m_buffer;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::uint64_t m_offset = 0;
    std::uint64_t m_toldOnDisk = 0;
};

} // namespace arcscope
