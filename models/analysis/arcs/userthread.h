// The conversation that the user of a trace has: not the prompts that agents and tools write to each other.
#pragma once

#include "conversation.h"
#include "turnacts.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// A turn of a user: its parts, told as one.
struct UserTurn {
    std::size_t at = 0; ///< position of the first part in the thread
    TextRange written;  ///< of that turn's text
};

struct UserThread {
    Thread turns; ///< empty: nobody says anything
    std::vector<UserTurn> users;
};

/// The thread with most turns that a person wrote, among those nearest to the user: not within a tool call or an agent
/// that another one started; of equals the first. Turns of agents within it are left out.
UserThread userThreadOf(const TraceReading& trace, const Conversation& conversation);

} // namespace arcscope
