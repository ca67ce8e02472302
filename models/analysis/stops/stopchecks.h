// The rules of stops, a function for each group: all that hold for a call.
#pragma once

#include "stopcall.h"

namespace arcscope
{

void checkExternalStop(const StoppedCall& call, StopHits& into);
void checkLoop(const StoppedCall& call, StopHits& into);
void checkDeclined(const StoppedCall& call, StopHits& into);
void checkBudget(const StoppedCall& call, StopHits& into);
void checkHandoff(const StoppedCall& call, StopHits& into);
/// Only of what ended by itself: else a cut is no secret.
void checkTruncation(const StoppedCall& call, StopHits& into);
void checkFalseCompletion(const StoppedCall& call, StopHits& into);
/// What holds where no other rule does; always one.
StopHit remaining(const StoppedCall& call);

/// What the end of a text shows that is cut off.
struct CutEnd {
    StopRuleId rule = StopRuleId::MidSentence; ///< OpenCode, OpenJson, OpenStructure or MidSentence
    std::int64_t from = 0;                     ///< what is open, or the last word
    std::int64_t to = 0;
};
std::optional<CutEnd> cutEnd(std::string_view text);

/// An error that says it took too long.
bool saysTimeout(std::string_view error);
/// An error that says that a limit of the run was reached: turns, money, quota.
bool saysRunLimit(std::string_view error);

} // namespace arcscope
