#include "windowpool.h"

namespace arcscope
{
namespace
{

/// As many as are under way between reader and writer; more are given back to the system.
constexpr std::size_t mostFree = 24;

} // namespace

std::shared_ptr<char[]> WindowPool::take(std::size_t bytes)
{
    std::unique_ptr<char[]> buffer;
    {
        const std::lock_guard lock(m_free->mutex);
        if (m_free->bytes != bytes) {
            m_free->buffers.clear();
            m_free->bytes = bytes;
        } else if (!m_free->buffers.empty()) {
            buffer = std::move(m_free->buffers.back());
            m_free->buffers.pop_back();
        }
    }
    if (!buffer)
        buffer.reset(new char[bytes]);
    const auto giveBack = [free = m_free, bytes](char* kept) {
        std::unique_ptr<char[]> returned(kept);
        const std::lock_guard lock(free->mutex);
        if (free->bytes == bytes && free->buffers.size() < mostFree)
            free->buffers.push_back(std::move(returned));
    };
    return {buffer.release(), giveBack};
}

} // namespace arcscope
