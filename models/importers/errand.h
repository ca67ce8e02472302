// Errand: a thread that does one thing after the other for another thread, which goes on meanwhile.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace arcscope
{

/// Of one thread, which sends it, waits for it and destroys it. Its own thread begins with the first errand: to begin
/// one for each costs more than many a short errand does.
class Errand
{
public:
    Errand() = default;
    /// Waits for what is being done.
    ~Errand()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_quit = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }
    Errand(const Errand&) = delete;
    Errand& operator=(const Errand&) = delete;

    /// False where no thread is to be had; then nothing is done. Never while one is under way.
    bool send(std::function<void()> work)
    {
        try {
            if (!m_thread.joinable())
                m_thread = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            return false;
        }
        {
            const std::lock_guard lock(m_mutex);
            m_work = std::move(work);
            m_underWay = true;
        }
        m_changed.notify_all();
        return true;
    }
    /// Waits until it is done, where one is under way. Throws what it threw.
    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_underWay; });
        if (m_thrown)
            std::rethrow_exception(std::exchange(m_thrown, nullptr));
    }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_changed.wait(lock, [this] { return m_quit || m_work; });
            if (!m_work)
                return;
            const auto work = std::exchange(m_work, {});
            lock.unlock();
            std::exception_ptr thrown;
            try {
                work();
            } catch (...) {
                thrown = std::current_exception();
            }
            lock.lock();
            m_thrown = std::move(thrown);
            m_underWay = false;
            m_changed.notify_all();
        }
    }

    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_changed;
    std::function<void()> m_work;
    std::exception_ptr m_thrown;
    bool m_underWay = false;
    bool m_quit = false;
    std::thread m_thread;
};

} // namespace arcscope
