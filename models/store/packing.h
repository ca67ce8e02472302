// zstd for the BLOBs of a workspace.
#pragma once

#include "result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace arcscope
{

/// The largest BLOB that is unpacked; a larger one is damaged. A block ends with the record that fills it.
inline constexpr std::size_t maxUnpacked = std::size_t{1} << 30;
/// The longest record that is stored, and the largest packed stream.
inline constexpr std::size_t maxStoredRecord = std::size_t{256} << 20;
inline constexpr std::size_t maxStoredStream = std::size_t{768} << 20;

/// Compresses JSON traces at about 1,000 MB/s to 1/7. Keeps its memory between calls; one thread.
class Packer
{
public:
    Packer();
    /// Valid until the next call.
    std::span<const std::byte> pack(std::string_view bytes);

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> m_context;
    std::unique_ptr<std::byte[]> m_scratch; ///< of the largest packed so far: a fresh buffer costs more than its use
    std::size_t m_capacity = 0;
};

/// The bytes that pack() was given. Error: Store, where they are damaged.
Result<std::string> unpack(std::span<const std::byte> packed);

} // namespace arcscope
