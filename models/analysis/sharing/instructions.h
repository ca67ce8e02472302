// Instructions of several users in one conversation.
#pragma once

#include "conversation.h"

namespace arcscope
{

/// workspace.instruction_conflict: two users ask for opposite settings of one thing.
void findInstructionConflicts(const Conversation& conversation, std::vector<Finding>& into);

/// workspace.unanswered: an instruction of one user that stands before another user's, of which alone the answers and
/// calls that follow speak. Nothing where none follow: the trace may end there.
void findUnanswered(const Conversation& conversation, std::vector<Finding>& into);

} // namespace arcscope
