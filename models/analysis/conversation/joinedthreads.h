// Threads of joined traces that go on with each other.
#pragma once

#include "conversation.h"

namespace arcscope
{

/// Puts a thread behind the one that an earlier trace ended with, if it is of the same kind (begun below a root of the
/// same name, the same system prompt but for digits), the only one of it in its trace, begun after that ended, by a
/// user, and with no other past in its input. Of each that is left behind the system prompt stays.
void joinThreads(const Corpus& corpus, Conversation& conversation);

} // namespace arcscope
