// BatchBelt: batches that are filled ahead on a thread of their own and handed out in order.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace arcscope
{

/// A few batches go round: what was handed out is filled again once the next one is asked for. next() and start()
/// belong to one thread. Until start() batches are filled when they are asked for.
template <typename Batch>
class BatchBelt
{
public:
    /// `fill` gets each batch as it was left, and says whether another one follows it. It is never called twice at once
    /// and never after it said no, or threw.
    explicit BatchBelt(std::function<bool(Batch&)> fill)
        : m_fill(std::move(fill))
    {
    }
    /// Waits for the batch that is being filled.
    ~BatchBelt()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_quit = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }
    BatchBelt(const BatchBelt&) = delete;
    BatchBelt& operator=(const BatchBelt&) = delete;

    /// From now on batches are filled ahead, where a thread is to be had.
    void start()
    {
        if (m_thread.joinable() || m_ended)
            return;
        try {
            m_thread = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            // they are filled when they are asked for
        }
    }

    /// The next batch, valid until it is called again; null behind the last. Throws what filling it threw.
    Batch* next()
    {
        std::unique_lock lock(m_mutex);
        if (m_out) {
            m_out = false;
            ++m_returned;
            m_changed.notify_all();
        }
        if (m_thread.joinable()) {
            m_changed.wait(lock, [this] { return m_filled > m_returned || m_ended; });
        } else if (!m_ended) {
            fill(lock);
        }
        if (m_filled == m_returned) {
            if (m_thrown)
                std::rethrow_exception(std::exchange(m_thrown, nullptr));
            return nullptr;
        }
        m_out = true;
        return &place(m_returned);
    }

private:
    Batch& place(std::size_t number) { return m_batches[number % m_batches.size()]; }

    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_ended) {
            m_changed.wait(lock, [this] { return m_quit || m_filled - m_returned < m_batches.size(); });
            if (m_quit)
                return;
            fill(lock);
        }
    }

    void fill(std::unique_lock<std::mutex>& lock)
    {
        Batch& batch = place(m_filled);
        lock.unlock();
        bool more = false;
        std::exception_ptr thrown;
        try {
            more = m_fill(batch);
        } catch (...) {
            thrown = std::current_exception();
        }
        lock.lock();
        m_filled += thrown ? 0 : 1;
        m_thrown = thrown;
        m_ended = !more;
        m_changed.notify_all();
    }

    std::function<bool(Batch&)> m_fill;
    std::array<Batch, 4> m_batches;
    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_changed;
    std::size_t m_filled = 0;   ///< batches so far
    std::size_t m_returned = 0; ///< of them those that may be filled again
    bool m_out = false;         ///< one is handed out
    bool m_ended = false;       ///< nothing more will be filled
    bool m_quit = false;
    std::exception_ptr m_thrown;
    std::thread m_thread;
};

} // namespace arcscope
