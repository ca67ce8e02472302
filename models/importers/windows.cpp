#include "windows.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace arcscope
{
namespace
{

/// Room in front of what is read ahead for bytes that are not consumed by then: mostly part of a record.
std::size_t keptRoom(std::size_t refill)
{
    return refill / 4;
}

std::shared_ptr<char[]> newBuffer(std::size_t bytes)
{
    return std::shared_ptr<char[]>(new char[bytes + windowPadding]);
}

} // namespace

WindowReader::WindowReader(Source& source, Control control, std::size_t refill)
    : m_source(source)
    , m_control(std::move(control))
    , m_refill(std::max<std::size_t>(refill, 1))
    , m_buffer(newBuffer(0))
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
    if (m_capacity < needed || tooLarge || m_lent) {
        // Half of what is kept in reserve, so that a record of many windows is copied a few times only.
        const std::size_t capacity = needed + std::max(kept / 2, m_refill / 4);
        auto other = newBuffer(capacity);
        std::memcpy(other.get(), m_buffer.get() + m_begin, kept);
        m_buffer = std::move(other);
        m_lent = false;
        m_capacity = capacity;
    } else if (m_capacity - m_end < m_refill) {
        std::memmove(m_buffer.get(), m_buffer.get() + m_begin, kept);
    } else {
        return;
    }
    m_begin = 0;
    m_end = kept;
}

/// A prompt source fills all of the room; of others what is there now is taken.
WindowReader::Refill WindowReader::readInto(std::span<char> room)
{
    Refill refill;
    do {
        const auto got = m_source.read(room);
        if (!got && *refill.got == 0)
            refill.got = got.error(); // where bytes came before it, the next reading tells it again
        if (!got || *got == 0)
            break;
        refill.got = *refill.got + *got;
        room = room.subspan(*got);
    } while (m_source.prompt() && !room.empty());
    refill.onDisk = m_source.bytesOnDisk();
    return refill;
}

/// Puts what was read ahead behind what is kept.
WindowReader::Refill WindowReader::takeAhead()
{
    m_readsAhead = false;
    m_errand.wait();
    Refill refill = std::move(m_refilled);
    const std::size_t kept = m_end - m_begin;
    const std::size_t got = refill.got ? *refill.got : 0;
    if (kept <= keptRoom(m_refill)) {
        char* const front = m_aheadBuffer.get() + keptRoom(m_refill) - kept;
        std::memcpy(front, m_buffer.get() + m_begin, kept);
        m_buffer = std::move(m_aheadBuffer);
        m_lent = false;
        m_begin = keptRoom(m_refill) - kept;
        m_end = m_begin + kept;
        m_capacity = keptRoom(m_refill) + m_refill;
    } else {
        makeRoom();
        std::memcpy(m_buffer.get() + m_end, m_aheadBuffer.get() + keptRoom(m_refill), got);
    }
    return refill;
}

void WindowReader::startAhead()
{
    if (!m_aheadBuffer)
        m_aheadBuffer = m_pool.take(keptRoom(m_refill) + m_refill + windowPadding);
    const std::span room(m_aheadBuffer.get() + keptRoom(m_refill), m_refill);
    // where no thread is to be had the bytes are read when they are needed
    m_readsAhead = m_errand.send([this, room] { m_refilled = readInto(room); });
}

Result<bool> WindowReader::more()
{
    if (m_control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    Refill refill;
    if (m_readsAhead) {
        refill = takeAhead();
    } else {
        makeRoom();
        refill = readInto({m_buffer.get() + m_end, m_refill});
    }
    m_control.advance(refill.onDisk - m_toldOnDisk);
    m_toldOnDisk = refill.onDisk;
    if (refill.got)
        m_end += *refill.got;
    std::memset(m_buffer.get() + m_end, 0, windowPadding);
    if (!refill.got)
        return refill.got.error();
    const bool ended = *refill.got == 0;
    if (!ended && m_source.prompt() && m_offset + (m_end - m_begin) >= m_refill)
        startAhead();
    return !ended;
}

} // namespace arcscope
