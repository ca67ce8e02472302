// Holds back all work beside the GUI thread, so that a test sees what a window shows meanwhile.
#pragma once

#include "latesttask.h"

#include <QSemaphore>

namespace arcscope::testing
{

class HeldPool
{
public:
    /// Returns when every thread of the pool is held.
    HeldPool()
    {
        QThreadPool& pool = workThreads();
        pool.waitForDone();
        m_threads = pool.maxThreadCount();
        for (int i = 0; i < m_threads; ++i)
            pool.start([this] {
                m_held.release();
                m_let.acquire();
                m_gone.release();
            });
        m_held.acquire(m_threads);
    }
    ~HeldPool() { release(); }
    HeldPool(const HeldPool&) = delete;
    HeldPool& operator=(const HeldPool&) = delete;

    void release()
    {
        m_let.release(m_threads);
        m_gone.acquire(m_threads);
        m_threads = 0;
    }

private:
    int m_threads = 0;
    QSemaphore m_held, m_let, m_gone;
};

} // namespace arcscope::testing
