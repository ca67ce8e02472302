#include "writequeue.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Above it the pushing thread packs, so that little is left at the end.
constexpr std::size_t fullBytes = std::size_t{16} << 20;
/// Above it the pushing thread waits.
constexpr std::size_t mostBytes = std::size_t{48} << 20;
/// Strings kept for spare(): as many as a full queue holds.
constexpr std::size_t mostSpare = 16;
constexpr std::size_t smallestSpare = std::size_t{256} << 10;
constexpr std::size_t largestSpare = std::size_t{2} << 20;
constexpr auto stopPoll = std::chrono::milliseconds(50);

} // namespace

WriteQueue::WriteQueue(std::stop_token stop)
    : m_stop(std::move(stop))
    , m_thread([this] { run(); })
{
}

WriteQueue::~WriteQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
        m_queue.clear();
    }
    m_changed.notify_all();
    m_thread.join();
}

void WriteQueue::push(WriteJob job)
{
    Queued queued{std::move(job), std::nullopt};
    bool full = false;
    {
        const std::lock_guard lock(m_mutex);
        full = m_queuedBytes > fullBytes;
    }
    if (full && !queued.job.bytes.view().empty()) {
        const auto packed = m_packer.pack(queued.job.bytes.view());
        queued.packed.emplace(packed.begin(), packed.end());
    }
    std::unique_lock lock(m_mutex);
    if (queued.packed)
        recycle(std::move(queued.job.bytes));
    while (m_queuedBytes > mostBytes && !over())
        m_changed.wait_for(lock, stopPoll);
    if (over())
        return;
    m_queuedBytes += queued.weight();
    m_queue.push_back(std::move(queued));
    m_changed.notify_all();
}

Result<void> WriteQueue::drain()
{
    std::unique_lock lock(m_mutex);
    while ((!m_queue.empty() || m_busy) && !over()) {
        if (!packLast(lock))
            m_changed.wait_for(lock, stopPoll);
    }
    while (m_busy)
        m_changed.wait(lock);
    if (m_error)
        return *m_error;
    if (m_stop.stop_requested())
        return Error{ErrorCode::Cancelled, "cancelled"};
    return {};
}

/// Packs the last job that waits for it, the one that the writing thread comes to last; false where there is none.
bool WriteQueue::packLast(std::unique_lock<std::mutex>& lock)
{
    const auto last = std::find_if(m_queue.rbegin(), m_queue.rend(), [](const Queued& queued) {
        return !queued.packed && !queued.job.bytes.view().empty();
    });
    if (last == m_queue.rend())
        return false;
    Queued& queued = *last; // stays where it is: the writing thread does not take it now, and nobody else does
    queued.beingPacked = true;
    lock.unlock();
    const auto packed = m_packer.pack(queued.job.bytes.view());
    std::vector<std::byte> kept(packed.begin(), packed.end());
    lock.lock();
    m_queuedBytes -= queued.weight();
    queued.packed = std::move(kept);
    m_queuedBytes += queued.weight();
    recycle(std::move(queued.job.bytes));
    queued.beingPacked = false;
    m_changed.notify_all();
    return true;
}

std::string WriteQueue::spare()
{
    const std::lock_guard lock(m_mutex);
    if (m_spare.empty())
        return {};
    std::string bytes = std::move(m_spare.back());
    m_spare.pop_back();
    bytes.clear();
    return bytes;
}

void WriteQueue::recycle(UnpackedBytes&& bytes)
{
    const std::size_t capacity = bytes.own.capacity();
    if (m_spare.size() < mostSpare && capacity >= smallestSpare && capacity <= largestSpare)
        m_spare.push_back(std::move(bytes.own));
    bytes = {};
}

bool WriteQueue::failed() const
{
    const std::lock_guard lock(m_mutex);
    return m_error.has_value();
}

void WriteQueue::run()
{
    Packer packer;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_quit || (!m_queue.empty() && !m_queue.front().beingPacked); });
        if (m_quit)
            return;
        Queued queued = std::move(m_queue.front());
        m_queue.pop_front();
        const std::size_t weight = queued.weight();
        m_busy = true;
        const bool drop = over();
        lock.unlock();
        std::optional<Error> error;
        if (!drop) {
            std::span<const std::byte> packed;
            if (queued.packed)
                packed = *queued.packed;
            else if (!queued.job.bytes.view().empty())
                packed = packer.pack(queued.job.bytes.view());
            const auto written = queued.job.write(packed);
            if (!written)
                error = written.error();
        }
        queued.packed.reset();
        queued.job.write = {};
        lock.lock();
        recycle(std::move(queued.job.bytes));
        m_busy = false;
        m_queuedBytes -= weight;
        if (error && !m_error)
            m_error = std::move(error);
        m_changed.notify_all();
    }
}

} // namespace arcscope
