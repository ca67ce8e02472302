// LatestTask: work on another thread of which only the newest counts.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <stop_token>
#include <utility>

namespace arcscope
{

/// Where work is done beside the GUI thread. Not the global pool: painting fills large areas there, and would wait
/// until work lets go of a thread.
QThreadPool& workThreads();

/// start() asks what was running to stop and drops its result; so does destroying the task. `done` is called on the
/// thread of the task, never after it is gone. A stale result has nowhere to arrive: its watcher is retired with it.
template <typename T>
class LatestTask
{
public:
    LatestTask() = default;
    ~LatestTask() { cancel(); }
    LatestTask(const LatestTask&) = delete;
    LatestTask& operator=(const LatestTask&) = delete;

    /// `work(std::stop_token) -> T` runs on a thread of the pool; `done(T)` when it ends, unless something newer was
    /// started.
    template <typename Work, typename Done>
    void start(Work work, Done done)
    {
        cancel();
        const std::stop_source stop;
        m_stop = stop;
        auto* watcher = new QFutureWatcher<T>;
        m_watcher = watcher;
        QObject::connect(watcher, &QFutureWatcher<T>::finished, watcher,
                         [this, watcher, done = std::move(done)]() mutable {
                             m_watcher = nullptr;
                             watcher->deleteLater();
                             done(watcher->future().takeResult());
                         });
        watcher->setFuture(QtConcurrent::run(
            &workThreads(), [work = std::move(work), token = stop.get_token()]() mutable { return work(token); }));
    }

    void cancel()
    {
        m_stop.request_stop();
        if (!m_watcher)
            return;
        m_watcher->disconnect();
        m_watcher->deleteLater();
        m_watcher = nullptr;
    }

    bool running() const { return m_watcher != nullptr; }

private:
    QFutureWatcher<T>* m_watcher = nullptr;
    std::stop_source m_stop;
};

} // namespace arcscope
