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

/// The largest BLOB that is unpacked: a block with one record of the largest size. A larger one is damaged.
inline constexpr std::size_t maxUnpacked = std::size_t{80} << 20;

/// Compresses with level 1: 700 MB/s of JSON, to 1/8. Keeps its memory between calls; one thread.
class Packer
{
public:
    Packer();
    std::vector<std::byte> pack(std::string_view bytes);

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
