// Work that went on after another call of its scope had failed, and whose result nobody was given.
#pragma once

#include "calltree.h"

#include <vector>

namespace arcscope
{

struct WastedWork {
    std::uint32_t call = TreeCall::none;
    std::uint32_t failed = TreeCall::none; ///< the call that had failed by then
    TimeRange range;                       ///< of `call`, from that failure on

    bool operator==(const WastedWork&) const = default;
};

/// By call. A failure that was tried again with success decided nothing. That nobody was given a result counts where it
/// would be seen: the call was cancelled, or a result of another call of its scope was given to somebody.
std::vector<WastedWork> wastedWork(const CallTree& tree);

} // namespace arcscope
