// WindowPool: memory for windows, taken on one thread and given back on any.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace arcscope
{

/// Buffers come back when nobody keeps them and are given out again: new memory costs more than what is read into it.
class WindowPool
{
public:
    /// At least so many bytes; their values mean nothing.
    std::shared_ptr<char[]> take(std::size_t bytes);

private:
    struct Free {
        std::mutex mutex;
        std::vector<std::unique_ptr<char[]>> buffers; ///< all of `bytes`
        std::size_t bytes = 0;
    };

    std::shared_ptr<Free> m_free = std::make_shared<Free>(); ///< outlives the pool while buffers are kept
};

} // namespace arcscope
