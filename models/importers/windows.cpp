#include "windows.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace arcscope
{

WindowReader::WindowReader(Source& source, Control control, std::size_t refill)
    : m_source(source)
    , m_control(std::move(control))
    , m_refill(std::max<std::size_t>(refill, 1))
    , m_buffer(std::make_unique<char[]>(windowPadding))
    , m_offset(source.position())
{
}

void WindowReader::consume(std::size_t bytes)
{
    assert(bytes <= m_end - m_begin);
    m_begin += bytes;
    m_offset += bytes;
}

void WindowReader::makeRoom()
{
    const std::size_t kept = m_end - m_begin;
    const std::size_t needed = kept + m_refill;
    const bool tooLarge = m_capacity / 4 > needed;
    if (m_capacity < needed || tooLarge) {
        // Half of what is kept in reserve, so that a record of many windows is copied a few times only.
        const std::size_t capacity = needed + std::max(kept / 2, m_refill / 4);
        auto larger = std::make_unique_for_overwrite<char[]>(capacity + windowPadding);
        std::memcpy(larger.get(), m_buffer.get() + m_begin, kept);
        m_buffer = std::move(larger);
        m_capacity = capacity;
    } else if (m_capacity - m_end < m_refill) {
        std::memmove(m_buffer.get(), m_buffer.get() + m_begin, kept);
    } else {
        return;
    }
    m_begin = 0;
    m_end = kept;
}

Result<bool> WindowReader::more()
{
    if (m_control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    makeRoom();
    const auto got = m_source.read({m_buffer.get() + m_end, m_refill});
    const std::uint64_t onDisk = m_source.bytesOnDisk();
    m_control.advance(onDisk - m_toldOnDisk);
    m_toldOnDisk = onDisk;
    if (got)
        m_end += *got;
    std::memset(m_buffer.get() + m_end, 0, windowPadding);
    if (!got)
        return got.error();
    return *got > 0;
}

} // namespace arcscope
