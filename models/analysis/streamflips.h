// Statements of one streamed answer that its own later text takes back without withdrawing them.
#pragma once

#include "streamfindings.h"

#include <vector>

namespace arcscope
{

/// Looks at the first 64 KiB that stay of each text of the answer (reasoning may change its mind): "Yes." against
/// "Wait, the answer is no.", and statements that cannot both hold, behind a word like "actually" or without one.
/// O(text up to that bound); at most one for each later sentence.
std::vector<StreamFinding> flipsOf(const StreamModel& model);

} // namespace arcscope
