// What long work is given: a way to stop it and a place to say how far it is.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>

namespace arcscope
{

/// Counters of one long operation; written by the worker, polled by whoever shows them.
struct Progress {
    std::atomic<std::uint64_t> bytesDone = 0;  ///< of the input as it lies on disk
    std::atomic<std::uint64_t> bytesTotal = 0; ///< 0: not known (standard input)
    std::atomic<std::uint64_t> spans = 0;
    std::atomic<std::uint64_t> issues = 0;
};

/// Passed by value down to every loop that may run longer than 100 ms; such a loop asks `stopped()` at least that
/// often.
struct Control {
    std::stop_token stop;
    Progress* progress = nullptr;

    bool stopped() const { return stop.stop_requested(); }
    void advance(std::uint64_t bytes) const
    {
        if (progress)
            progress->bytesDone.fetch_add(bytes, std::memory_order_relaxed);
    }
};

} // namespace arcscope
