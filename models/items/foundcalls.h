// FoundCalls: how many calls the traces of one state of what is open have, and how many are worth a look; immutable.
#pragma once

#include "callcounts.h"

#include <memory>
#include <utility>
#include <vector>

namespace arcscope
{

struct FoundCalls {
    std::shared_ptr<const void> in; ///< the state that was open, to be compared with; null: nothing is known yet
    std::vector<std::pair<Row, CallCounts>> traces; ///< each with a span of it, in no order; without calls: none
};

using CallsPtr = std::shared_ptr<const FoundCalls>;

} // namespace arcscope
