// The thread that compresses and writes while the reader goes on: a queue bounded in bytes.
#pragma once

#include "packing.h"
#include "result.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace arcscope
{

/// What is packed: bytes of its own, or of a buffer that it keeps.
struct UnpackedBytes {
    std::string own;
    std::string_view lent;
    std::shared_ptr<const char[]> buffer; ///< in which `lent` lies

    std::string_view view() const { return buffer ? lent : std::string_view(own); }
};

/// Work for the writing thread. `bytes` is what has to be packed first (may be empty); `write` gets it packed.
struct WriteJob {
    UnpackedBytes bytes;
    std::size_t weight = 0; ///< memory that the job holds beside `bytes`
    std::function<Result<void>(std::span<const std::byte> packed)> write;
};

/// Runs jobs in order on its own thread. Where the queue is full push() packs its job itself, and drain() packs what
/// waits, so that both cores compress. After the first failure, or when stopped, jobs are dropped and failure() says
/// why.
class WriteQueue
{
public:
    explicit WriteQueue(std::stop_token stop);
    ~WriteQueue(); ///< drops what is queued

    void push(WriteJob job);
    /// Waits until everything pushed is written. The first failure, if any.
    Result<void> drain();
    bool failed() const;
    /// An empty string with the memory of one that was packed, if there is any: fresh memory costs more than its use.
    std::string spare();

private:
    struct Queued {
        WriteJob job;
        std::optional<std::vector<std::byte>> packed;
        bool beingPacked = false; ///< by drain()
        std::size_t weight() const { return job.weight + (packed ? packed->size() : job.bytes.view().size()); }
    };

    void run();
    bool packLast(std::unique_lock<std::mutex>& lock);
    void recycle(UnpackedBytes&& bytes); ///< with m_mutex held
    bool over() const { return m_error || m_stop.stop_requested(); }

    std::stop_token m_stop;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Queued> m_queue;
    std::size_t m_queuedBytes = 0;
    std::vector<std::string> m_spare;
    bool m_busy = false;
    bool m_quit = false;
    std::optional<Error> m_error;
    Packer m_packer; ///< of the pushing thread
    std::thread m_thread;
};

} // namespace arcscope
