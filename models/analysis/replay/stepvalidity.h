// How far an aligned step may be believed: whether both models were given the same.
#pragma once

#include "runsteps.h"

#include <vector>

namespace arcscope
{

/// Sets badge and reasons of each step, from what both runs record:
///
/// - Model calls whose recorded inputs are equal (by hash over all messages; ids of calls and reasoning left out) were
///   given the same, whatever was said before. Where no input is recorded the steps before are what was given; where
///   no turn of a user, instructions or documents are among them the badge is partial: input not recorded.
/// - Else what differs in the steps before is the reason: instructions, a user's turn, an answer or a call of the
/// model,
///   the result of an equal call, documents, memory. All calls that one model call asks for were given the same.
/// - Off the rails: a user's turn is the same in both runs behind an answer or call that differs in more than wording:
///   it answers what only one of them said. Likewise a call that differs, where its tool was stubbed or replayed.
/// - Void: an equal call, or a retrieval, that gave something in the base finds it gone in the candidate's run; and all
///   that follows at its level.
/// - Tools offered, parameters and cache reads count where both record them.
///
/// Notes (replayNotes) lower no badge. O(steps).
void judgeValidity(const RunSteps& base, const RunSteps& candidate, std::vector<ReplayStep>& steps);

} // namespace arcscope
